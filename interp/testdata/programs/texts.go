package main

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

type Color uint8

const (
	Red Color = iota + 1
	Green
	Blue
)

var names = [...]string{Red: "red", Green: "green", Blue: "blue"}

func (c Color) String() string               { return names[c] }
func (c Color) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
func (c *Color) UnmarshalText(b []byte) error {
	for i, n := range names {
		if n == string(b) {
			*c = Color(i)
			return nil
		}
	}
	return fmt.Errorf("no color %q", b)
}

var _ encoding.TextUnmarshaler = (*Color)(nil)

type Temp float64

func (t Temp) Format(f fmt.State, verb rune) {
	w, ok := f.Width()
	fmt.Fprintf(f, "[%c %d %t %t %.1f]", verb, w, ok, f.Flag('+'), float64(t))
}

type Money struct {
	units int64
	cur   string
}

func (m Money) GoString() string { return fmt.Sprintf("Money(%d%s)", m.units, m.cur) }
func (m *Money) Error() string   { return "money error" }

type Graph struct {
	edges map[string][]string
	state map[string]int
}

func (g *Graph) Sort() (out []string, err error) {
	g.state = map[string]int{}
	var visit func(string) error
	visit = func(n string) error {
		switch g.state[n] {
		case 1:
			return fmt.Errorf("cycle at %s", n)
		case 2:
			return nil
		}
		g.state[n] = 1
		for _, e := range g.edges[n] {
			if err := visit(e); err != nil {
				return fmt.Errorf("%s -> %w", n, err)
			}
		}
		g.state[n]++
		out = append(out, n)
		return nil
	}
	nodes := make([]string, 0)
	for n := range g.edges {
		nodes = append(nodes, n)
	}
	sort.Strings(nodes)
	for _, n := range nodes {
		if err = visit(n); err != nil {
			return nil, err
		}
	}
	return
}

type Event struct {
	At   time.Duration
	What string
	Next func(*Sim) error
}
type Sim struct {
	queue []*Event
	now   time.Duration
	log   []string
}

func (s *Sim) Len() int           { return len(s.queue) }
func (s *Sim) Less(i, j int) bool { return s.queue[i].At < s.queue[j].At }
func (s *Sim) Swap(i, j int)      { s.queue[i], s.queue[j] = s.queue[j], s.queue[i] }
func (s *Sim) After(d time.Duration, what string, next func(*Sim) error) *Sim {
	s.queue = append(s.queue, &Event{s.now + d, what, next})
	sort.Stable(s)
	return s
}
func (s *Sim) Run() error {
	for len(s.queue) > 0 {
		e := s.queue[0]
		s.queue = s.queue[1:]
		s.now = e.At
		s.log = append(s.log, fmt.Sprint(e.At, ":", e.What))
		if e.Next == nil {
			continue
		}
		if err := e.Next(s); err != nil {
			return fmt.Errorf("%v: %w", s.now, err)
		}
	}
	return nil
}

var ErrStop = errors.New("stop")

type Visitor interface {
	Num(float64) string
	Bin(op byte, l, r Expr) string
}
type Expr interface{ Accept(Visitor) string }
type Num float64
type Bin struct {
	Op   byte
	L, R Expr
}

func (n Num) Accept(v Visitor) string  { return v.Num(float64(n)) }
func (b *Bin) Accept(v Visitor) string { return v.Bin(b.Op, b.L, b.R) }

type printer struct{ depth int }

func (p *printer) Num(f float64) string { return fmt.Sprint(f) }
func (p *printer) Bin(op byte, l, r Expr) string {
	p.depth++
	defer func() { p.depth-- }()
	s := fmt.Sprintf("(%s %c%d %s)", l.Accept(p), op, p.depth, r.Accept(p))
	return s
}

type rpn struct{}

func (rpn) Num(f float64) string { return fmt.Sprintf("%g", f) }
func (v rpn) Bin(op byte, l, r Expr) string {
	return l.Accept(v) + " " + r.Accept(v) + " " + string(op)
}

type Cache[K comparable, V any] struct {
	sync.RWMutex
	data         map[K]V
	make         func(K) (V, error)
	Hits, Misses int
}

func NewCache[K comparable, V any](f func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{data: make(map[K]V), make: f}
}
func (c *Cache[K, V]) Get(k K) (V, error) {
	c.RLock()
	v, ok := c.data[k]
	c.RUnlock()
	if ok {
		c.Hits++
		return v, nil
	}
	c.Lock()
	defer c.Unlock()
	c.Misses++
	v, err := c.make(k)
	if err == nil {
		c.data[k] = v
	}
	return v, err
}

func main() {
	type doc struct {
		C  Color              `json:"c"`
		M  map[Color]int      `json:"m"`
		P  *Color             `json:"p,omitempty"`
		In struct{ X, Y int } `json:"in"`
	}
	b, err := json.MarshalIndent(doc{C: Blue, M: map[Color]int{Red: 1, Green: 2}}, "", " ")
	fmt.Println(string(b), err)
	var d doc
	err = json.Unmarshal([]byte(`{"c":"green","m":{"blue":3},"p":"red","in":{"X":1}}`), &d)
	fmt.Println(d.C, d.M, *d.P, d.In, err)
	err = json.Unmarshal([]byte(`{"c":"pink"}`), &d)
	fmt.Println(err)
	fmt.Printf("%v %d %s %x %08b|%-7v|%7v|\n", Blue, Blue, Green, Red, Blue, Green, Red)
	fmt.Printf("%v %+6.2f %s\n", Temp(1.25), Temp(2), []Temp{1})
	m := Money{5, "EUR"}
	fmt.Printf("%#v %v %v %+v\n", m, m, &m, []Money{m})
	var err2 error = &m
	var target *Money
	fmt.Println(err2, errors.As(fmt.Errorf("w: %w", err2), &target), target == &m)
	g := &Graph{edges: map[string][]string{"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": nil}}
	fmt.Println(g.Sort())
	g.edges["d"] = append(g.edges["d"], "a")
	fmt.Println(g.Sort())
	s := &Sim{}
	ticks := 0
	var tick func(*Sim) error
	tick = func(s *Sim) error {
		if ticks++; ticks == 3 {
			return ErrStop
		}
		s.After(time.Second, fmt.Sprint("tick", ticks), tick)
		return nil
	}
	err = s.After(5*time.Millisecond, "first", tick).After(time.Millisecond, "early", nil).Run()
	fmt.Println(s.log, err, errors.Is(err, ErrStop))
	e := &Bin{'+', Num(1), &Bin{'*', Num(2.5), &Bin{'-', Num(3), Num(4)}}}
	for _, v := range []Visitor{&printer{}, rpn{}} {
		fmt.Printf("%T %s\n", v, e.Accept(v))
	}
	c := NewCache(func(n int) (string, error) {
		if n < 0 {
			return "bad", errors.New("negative")
		}
		return strings.Repeat("*", n), nil
	})
	for _, n := range []int{3, 3, -1, -1, 2} {
		v, err := c.Get(n)
		fmt.Print(v, " ", err, "; ")
	}
	fmt.Println(c.Hits, c.Misses, len(c.data))
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	get := sync.OnceValue(func() int { ticks *= 2; return ticks })
	fmt.Println(get(), get())
	results := make(chan [2]int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		sum := [2]int{}
		for r := range results {
			sum[0] += r[0]
			sum[1] += r[1]
		}
		fmt.Println("sum", sum)
	}()
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			for i := id; i < 20; i += 4 {
				results <- [2]int{i, i * i}
			}
		}(w)
	}
	wg.Wait()
	close(results)
	<-done
	fmt.Println(math.Inf(1), -math.Inf(1), math.NaN(), math.MaxInt64, float32(1)/3, 1e21, 1e20, 123456789.0, 1e-7, float32(16777217))
	fmt.Printf("%6.2f|%-8s|%+d|%q|%U|%t|%p|%v|%03d|%x|%X|%o|%b\n", math.Pi, "go", 5, 'x', '⌘', true, nil, []byte("hi"), 7, "hi", 255, 8, 5)
	fmt.Printf("%v %v %+v %#v\n", struct {
		A any
		B []error
	}{nil, []error{nil, errors.New("e")}}, [2]bool{true}, &struct{ X *int }{}, []any{1, "a", nil, 2.0, Red})
	fmt.Printf("%!|%d|%s|%z\n", "str", 5, 1)
	fmt.Fprintln(os.Stdout, []string(nil) == nil, map[string]int(nil), (*int)(nil), error(nil), [0]int{}, struct{}{})
}
