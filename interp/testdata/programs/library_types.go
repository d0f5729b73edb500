package main

import (
	"bytes"
	"encoding/gob"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log"
	"math"
	"net/url"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing/fstest"
	ttemplate "text/template"
	"time"
	"unsafe"
)

type vec struct{ X, Y, Z float64 }

func (v vec) Add(o vec) vec       { return vec{v.X + o.X, v.Y + o.Y, v.Z + o.Z} }
func (v vec) Scale(s float64) vec { return vec{v.X * s, v.Y * s, v.Z * s} }
func (v *vec) Normalise()         { n := math.Sqrt(v.X*v.X + v.Y*v.Y + v.Z*v.Z); *v = v.Scale(1 / n) }
func (v vec) String() string      { return fmt.Sprintf("<%.2g %.2g %.2g>", v.X, v.Y, v.Z) }
func (v vec) Format2() (s string) { defer func() { s += "!" }(); return v.String() }

type Number interface{ ~int | ~float64 }
type Tree[K any, V any] struct {
	root *tnode[K, V]
	cmp  func(a, b K) int
}
type tnode[K, V any] struct {
	k    K
	v    V
	l, r *tnode[K, V]
}

func NewTree[K, V any](cmp func(a, b K) int) *Tree[K, V] { return &Tree[K, V]{cmp: cmp} }
func (t *Tree[K, V]) Put(k K, v V) bool {
	p := &t.root
	for *p != nil {
		switch c := t.cmp(k, (*p).k); {
		case c < 0:
			p = &(*p).l
		case c > 0:
			p = &(*p).r
		default:
			(*p).v = v
			return false
		}
	}
	*p = &tnode[K, V]{k: k, v: v}
	return true
}
func (t *Tree[K, V]) All() func(func(K, V) bool) {
	var walk func(n *tnode[K, V], y func(K, V) bool) bool
	walk = func(n *tnode[K, V], y func(K, V) bool) bool {
		return n == nil || walk(n.l, y) && y(n.k, n.v) && walk(n.r, y)
	}
	return func(y func(K, V) bool) { walk(t.root, y) }
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v ...T) Set[T] {
	for _, x := range v {
		s[x] = struct{}{}
	}
	return s
}
func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}
func Ptr[T any](v T) *T { return &v }

type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }
func (o Opt[T]) OrElse(d T) T {
	if o.ok {
		return o.v
	}
	return d
}
func (o Opt[T]) String() string {
	if !o.ok {
		return "None"
	}
	return fmt.Sprintf("Some(%v)", o.v)
}

type logger struct {
	strings.Builder
	prefix string
}

func (l *logger) Log(format string, a ...any) { fmt.Fprintf(l, l.prefix+format+"\n", a...) }

type handler interface{ Handle(string) (string, error) }
type handlerFunc func(string) (string, error)

func (f handlerFunc) Handle(s string) (string, error) { return f(s) }

type mw func(handler) handler

func chain(h handler, ms ...mw) handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

var ErrA = errors.New("A")

type codeErr int

func (c codeErr) Error() string        { return fmt.Sprintf("code %d", int(c)) }
func (c codeErr) Is(target error) bool { return target == ErrA && c == 1 }

type sm struct {
	state string
	trans map[string]map[string]string
}

var table = map[string]map[string]string{"a": {"x": "b"}, "b": {"y": "a"}}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func multi() (int, string, error)          { return 1, "x", nil }
func take(i int, s string, e error) string { return fmt.Sprint(i, s, e) }
func variadic(pre string, xs ...any) int   { return len(pre) + len(xs) }

const (
	KB = 1 << (10 * (iota + 1))
	MB
)
const (
	_  = iota
	c1 = "s"
	c2
	c3 = iota * 1.5
)

type Celsius float64
type Temp interface{ ~float64 }

func avg[T Temp](ts ...T) T {
	var s T
	for _, t := range ts {
		s += t
	}
	return s / T(len(ts))
}

func main() {
	v := vec{3, 4, 0}
	v.Normalise()
	fmt.Println(v, &v, []vec{v}, map[string]*vec{}, v.Add(v).Scale(2), v.Format2())
	fmt.Printf("%v %+v %s %T %d\n", v, struct{ V vec }{v}, v, v, []int{1})
	t := NewTree[string, int](strings.Compare)
	for i, w := range strings.Fields("the cat sat on the mat") {
		t.Put(w, i)
	}
	for k, v := range t.All() {
		if k == "sat" {
			break
		}
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println()
	s := Set[int]{}.Add(1, 2, 2)
	fmt.Println(len(s), s, Map([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }), *Ptr(3), *Ptr("s"))
	fmt.Println(Some(3), Opt[string]{}, Some(vec{}).OrElse(v), Opt[int]{}.OrElse(7))
	fmt.Printf("%T %T %v\n", Some(3), s, []Opt[int]{Some(1), {}})
	l := &logger{prefix: "> "}
	l.Log("%d %s", 1, "a")
	l.WriteString("raw")
	fmt.Printf("%q %d\n", l.String(), l.Len())
	h := chain(handlerFunc(func(s string) (string, error) { return strings.ToUpper(s), nil }),
		func(n handler) handler {
			return handlerFunc(func(s string) (string, error) { r, err := n.Handle(s + "1"); return "[" + r + "]", err })
		},
		func(n handler) handler {
			return handlerFunc(func(s string) (string, error) {
				if s == "" {
					return "", fmt.Errorf("empty: %w", codeErr(1))
				}
				return n.Handle(s)
			})
		})
	fmt.Println(h.Handle("abc"))
	_, err := chain(h, func(n handler) handler {
		return handlerFunc(func(s string) (string, error) { return "", fmt.Errorf("e: %w", codeErr(1)) })
	}).Handle("")
	var ce codeErr
	fmt.Println(err, errors.Is(err, ErrA), errors.As(err, &ce), ce, int(ce))
	f := fib()
	for range 10 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	fmt.Println(take(multi()), variadic("a", 1, nil, "x"), variadic("ab"), variadic("a", []any{1, 2}...), variadic("a", []any{1, 2}))
	fmt.Println(KB, MB, c1, c2, c3, avg(Celsius(1), 2.5), unsafe.Sizeof(int32(0)))
	rt := reflect.TypeOf(v)
	fmt.Println(rt.Kind(), rt.NumField(), rt.Field(1).Name, reflect.ValueOf(v).Field(0).Float(), reflect.DeepEqual([]vec{v}, []vec{v}))
	u, _ := url.Parse("http://a.b/c?d=e&f=g#h")
	fmt.Println(u.Host, u.Query().Get("f"), u.Fragment)
	fsys := fstest.MapFS{"a/b.txt": {Data: []byte("hi")}}
	fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error { fmt.Print(p, d.IsDir(), " "); return nil })
	b, _ := fs.ReadFile(fsys, "a/b.txt")
	fmt.Println(string(b))
	lg := log.New(os.Stdout, "log: ", log.Lmsgprefix)
	lg.Printf("x=%v", v)
	tm := ttemplate.Must(ttemplate.New("t").Funcs(ttemplate.FuncMap{"up": strings.ToUpper}).Parse(`{{range $i, $e := .Items}}{{$i}}:{{$e.Name | up}} {{end}}{{with .Missing}}x{{else}}none{{end}}{{printf "%.2f" .Pi}}` + "\n"))
	type it struct{ Name string }
	err = tm.Execute(os.Stdout, map[string]any{"Items": []it{{"a"}, {"b"}}, "Pi": math.Pi})
	if err != nil {
		fmt.Println(err)
	}
	template.Must(template.New("h").Parse("<a href='{{.}}'>{{.}}</a>\n")).Execute(os.Stdout, "x<y&'")
	var once sync.Once
	pool := sync.Pool{New: func() any { once.Do(func() { fmt.Println("made") }); return new(bytes.Buffer) }}
	bb := pool.Get().(*bytes.Buffer)
	bb.WriteString("p")
	fmt.Println(bb)
	pr, pw := io.Pipe()
	go func() { fmt.Fprint(pw, "piped"); pw.Close() }()
	all, _ := io.ReadAll(pr)
	fmt.Println(string(all))
	var m sync.Map
	m.Store("k", v)
	x, ok := m.Load("k")
	fmt.Println(x, ok)
	c := sync.NewCond(&sync.Mutex{})
	ready := false
	go func() { c.L.Lock(); ready = true; c.L.Unlock(); c.Broadcast() }()
	c.L.Lock()
	for !ready {
		c.Wait()
	}
	c.L.Unlock()
	tk := time.NewTicker(time.Millisecond)
	n := 0
	for range tk.C {
		if n++; n == 3 {
			tk.Stop()
			break
		}
	}
	fmt.Println(n)
	var _ = gob.NewEncoder
	var _ = xml.Marshal
	func() {
		defer func() {
			r := recover()
			fmt.Println(r, errors.Is(r.(error), ErrA))
		}()
		defer func() {
			if r := recover(); r != nil {
				panic(fmt.Errorf("again: %w", r.(error)))
			}
		}()
		panic(ErrA)
	}()
	var arr [3][2]int
	for i := range arr {
		for j := range arr[i] {
			arr[i][j] = i * j
		}
	}
	brr := arr
	brr[2][1] = -1
	fmt.Println(arr, brr, arr == brr, len(arr), cap(arr[0][:1]))
	type key struct {
		a int
		b string
	}
	km := map[key][]int{{1, "a"}: {1}, {2, "b"}: nil}
	km[key{1, "a"}] = append(km[key{1, "a"}], 2)
	fmt.Println(km, km[key{}] == nil)
	var ip *int
	fmt.Println(ip == nil, any(ip) == nil, fmt.Sprint(ip))
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	for v := range ch {
		fmt.Print(v)
	}
	v2, ok2 := <-ch
	fmt.Println(v2, ok2, len(ch), cap(ch))
	sw := func(x any) string {
		switch y := x.(type) {
		case nil:
			return "nil"
		case int, int8:
			return fmt.Sprintf("int-ish %v", y)
		case func() int:
			return fmt.Sprint("func ", y())
		case error:
			return "err " + y.Error()
		case []any:
			return fmt.Sprint("list ", len(y))
		case fmt.Stringer:
			return "str " + y.String()
		default:
			return fmt.Sprintf("other %T", y)
		}
	}
	for _, x := range []any{nil, 1, int8(2), func() int { return 5 }, io.EOF, []any{1}, v, &v, 2.5, map[string]int{}, struct{}{}} {
		fmt.Print(sw(x), "; ")
	}
	fmt.Println()
}
