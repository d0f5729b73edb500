package main

import (
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
)

type (
	A struct{ x int }
	B struct{ x, y int }
	C struct {
		A
		*B
		y string
	}
)

func (a A) Who() string { return fmt.Sprint("A", a.x) }
func (b *B) Inc()       { b.y++ }
func (b B) Val() int    { return b.y }
func (c C) Who() string { return "C>" + c.A.Who() }

type (
	Logger interface{ Log(string) }
	Svc    struct {
		Logger
		name string
		opts map[string]any
	}
)
type L1 struct{ lines *[]string }

func (l L1) Log(s string) { *l.lines = append(*l.lines, s) }
func (s *Svc) Run()       { s.Log(s.name + " run") }

type Anim interface {
	Sound() string
	Namer
}
type (
	Namer interface{ Name() string }
	Dog   struct{ n string }
)

func (d *Dog) Sound() string { return "woof" }
func (d *Dog) Name() string  { return d.n }

type Loud struct{ Anim }

func (l Loud) Sound() string { return strings.ToUpper(l.Anim.Sound()) }

type RW struct {
	io.Reader
	*bytes.Buffer
	n int
}

func (r RW) Read(p []byte) (int, error) { return r.Reader.Read(p) }

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type Timed struct {
	time.Time
	label string
}
type Matrix [2][2]float64

func (m *Matrix) Scale(k float64) {
	for i := range m {
		for j := range m[i] {
			m[i][j] *= k
		}
	}
}
func (m Matrix) T() Matrix { return Matrix{{m[0][0], m[1][0]}, {m[0][1], m[1][1]}} }

type (
	Visitor struct{ f func(depth int, n *Node) any }
	Node    struct {
		val  int
		kids []*Node
	}
)

func (n *Node) Walk(v *Visitor, d int) {
	if v, _ = v.f(d, n).(*Visitor); v == nil {
		return
	}
	for _, k := range n.kids {
		k.Walk(v, d+1)
	}
}

type State int

const (
	Idle State = iota
	Busy
	Done
)

var names = map[State]string{Idle: "idle", Busy: "busy", Done: "done"}

func (s State) String() string { return names[s] }
func (s *State) Next()         { *s = (*s + 1) % 3 }

type Option func(*Svc)

func WithName(n string) Option { return func(s *Svc) { s.name = n } }
func With(k string, v any) Option {
	return func(s *Svc) {
		if s.opts == nil {
			s.opts = map[string]any{}
		}
		s.opts[k] = v
	}
}

func NewSvc(l Logger, opts ...Option) *Svc {
	s := &Svc{Logger: l}
	for _, o := range opts {
		o(s)
	}
	return s
}

type Expr interface {
	Eval(env map[string]float64) float64
}
type (
	Num float64
	Var string
	Bin struct {
		op   byte
		l, r Expr
	}
)

func (n Num) Eval(map[string]float64) float64     { return float64(n) }
func (v Var) Eval(env map[string]float64) float64 { return env[string(v)] }
func (b Bin) Eval(env map[string]float64) float64 {
	l, r := b.l.Eval(env), b.r.Eval(env)
	switch b.op {
	case '+':
		return l + r
	case '*':
		return l * r
	}
	panic("op " + string(b.op))
}
func (b *Bin) String() string { return fmt.Sprintf("(%v %c %v)", b.l, b.op, b.r) }

type IntHeap []int

func main() {
	c := C{A{1}, &B{2, 3}, "y"}
	c.Inc()
	fmt.Println(c.Who(), c.A.Who(), c.y, c.B.y, c.Val(), c.B.x, c.A.x)
	c2 := c
	c2.Inc()
	c2.A.x = 9
	fmt.Println(c.Val(), c2.Val(), c.A.x, c2.A.x)
	var lines []string
	s := NewSvc(L1{&lines}, WithName("svc"), With("k", 1))
	s.Run()
	s.Log("direct")
	f := s.Log
	f("mv")
	fmt.Println(lines, s.opts)
	var an Anim = Loud{&Dog{"rex"}}
	fmt.Println(an.Sound(), an.Name(), an.(Loud).Anim.Sound())
	var nm Namer = an
	_, ok := nm.(Anim)
	fmt.Println(nm.Name(), ok)
	rw := RW{strings.NewReader("in"), &bytes.Buffer{}, 1}
	rw.WriteString("out")
	b := make([]byte, 5)
	n, _ := rw.Read(b)
	fmt.Println(n, string(b[:n]), rw.String(), rw.Len())
	bl := byLen{"ccc", "a", "bb"}
	sort.Sort(bl)
	fmt.Println(bl, sort.IsSorted(bl))
	t := Timed{time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), "leap"}
	fmt.Println(t.Year(), t.Weekday(), t.AddDate(1, 0, 0).Format("2006-01-02"), t.label)
	m := Matrix{{1, 2}, {3, 4}}
	m.Scale(2)
	mt := m.T()
	mt[0][0] = -1
	fmt.Println(m, mt, m == mt, m[1][0])
	root := &Node{1, []*Node{{2, nil}, {3, []*Node{{4, nil}}}}}
	v := &Visitor{}
	v.f = func(d int, n *Node) any {
		fmt.Print(strings.Repeat("-", d), n.val, " ")
		if n.val == 3 {
			return nil
		}
		return v
	}
	root.Walk(v, 0)
	fmt.Println()
	st := Done
	st.Next()
	fmt.Println(st, []State{Busy, Done}, map[State]int{Busy: 1}, fmt.Sprintf("%d %s %v %q", st, st, st, st))
	e := Bin{'+', Num(1), Bin{'*', Var("x"), Num(3)}}
	fmt.Println(e.Eval(map[string]float64{"x": 2}), &e)
	func() {
		defer func() { fmt.Println(recover()) }()
		Bin{'?', Num(1), Num(2)}.Eval(nil)
	}()
	fs := []func(float64) float64{func(x float64) float64 { return x * 2 }, func(x float64) float64 { return x + 1 }}
	compose := func(fs ...func(float64) float64) func(float64) float64 {
		return func(x float64) float64 {
			for _, f := range fs {
				x = f(x)
			}
			return x
		}
	}
	fmt.Println(compose(fs...)(3), compose()(3))
	type point struct{ X, Y int }
	seen := map[point]struct{}{}
	for _, p := range []point{{1, 2}, {1, 2}, {2, 1}} {
		seen[p] = struct{}{}
	}
	fmt.Println(len(seen))
	grid := [3][3]rune{}
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = '.'
		}
	}
	grid[1][1] = 'X'
	for _, row := range grid {
		fmt.Print(string(row[:]), " ")
	}
	fmt.Println()
	memo := map[int]int{}
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		memo[n] = fib(n-1) + fib(n-2)
		return memo[n]
	}
	fmt.Println(fib(80))
	var iface interface{ Who() string } = &c
	if w, ok := iface.(interface{ Val() int }); ok {
		fmt.Println("val", w.Val())
	}
	x, y := 1, 2
	px, py := &x, &y
	*px, *py = *py, *px
	px, py = py, px
	fmt.Println(x, y, *px, *py)
	pp := &px
	**pp = 42
	fmt.Println(x, y)
	arr := []struct {
		n string
		f func() string
	}{{"a", func() string { return "fa" }}, {"b", nil}}
	for _, a := range arr {
		if a.f != nil {
			fmt.Println(a.n, a.f())
		}
	}
	anon := struct {
		sync func()
		A
	}{func() { fmt.Println("sync") }, A{5}}
	anon.sync()
	fmt.Println(anon.Who(), anon.x)
	var r io.Reader = strings.NewReader("abc")
	if rs, ok := r.(io.ReadSeeker); ok {
		rs.Seek(1, io.SeekStart)
		rest, _ := io.ReadAll(rs)
		fmt.Println(string(rest))
	}
	h := IntHeap{3, 1}
	h = append(h, 2)
	hp := &h
	*hp = append(*hp, 9)
	(*hp)[0] = 100
	fmt.Println(h, len(*hp))
}
