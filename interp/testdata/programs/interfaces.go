package main

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Name() string
}
type (
	Sq    struct{ s float64 }
	Ci    struct{ r float64 }
	Named struct{ Shape }
	Base  struct{ id int }
	Mid   struct{ Base }
	Top   struct {
		*Mid
		name string
	}
)

func (s Sq) Area() float64   { return s.s * s.s }
func (s Sq) Name() string    { return "sq" }
func (c *Ci) Area() float64  { return 3 * c.r * c.r }
func (c *Ci) Name() string   { return "ci" }
func (n Named) Name() string { return "named " + n.Shape.Name() }
func (b Base) ID() int       { return b.id }
func (b *Base) SetID(i int)  { b.id = i }
func (m Mid) Desc() string   { return fmt.Sprint("mid ", m.ID()) }

type IDer interface {
	ID() int
	SetID(int)
}
type (
	Str  string
	Fn   func(int) int
	List []int
	M    map[string]int
)

func (s Str) Area() float64       { return float64(len(s)) }
func (s Str) Name() string        { return string(s) }
func (f Fn) Area() float64        { return float64(f(2)) }
func (f Fn) Name() string         { return "fn" }
func (l List) Len() int           { return len(l) }
func (l List) Less(i, j int) bool { return l[i] > l[j] }
func (l List) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (m M) Area() float64         { return float64(len(m)) }
func (m M) Name() string          { return "m" }

type MyErr struct{ code int }

func (e *MyErr) Error() string { return fmt.Sprintf("myerr %d", e.code) }
func (e *MyErr) Is(t error) bool {
	return t == io.EOF && e != nil && e.code == 1
}

type ValErr struct{ s string }

func (e ValErr) Error() string { return e.s }

type Temp interface{ Temporary() bool }

func (e ValErr) Temporary() bool { return true }

func mayFail(k int) error {
	var e *MyErr
	switch k {
	case 0:
		return nil
	case 1:
		return &MyErr{1}
	case 2:
		return fmt.Errorf("wrap: %w", &MyErr{2})
	case 3:
		return e
	case 4:
		return ValErr{"val"}
	case 5:
		return errors.Join(ValErr{"j1"}, &MyErr{5}, nil)
	}
	return errors.New("other")
}

func describe(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int8:
		return fmt.Sprintf("int-ish %v", v)
	case Str:
		return "Str " + string(v)
	case string:
		return "string " + v
	case []int:
		return fmt.Sprint("ints ", len(v))
	case List:
		return fmt.Sprint("List ", len(v))
	case Fn:
		return "Fn"
	case func(int) int:
		return "func"
	case M:
		return "M"
	case map[string]int:
		return "map"
	case error:
		return "error " + v.Error()
	case Shape:
		return "shape " + v.Name()
	case fmt.Stringer:
		return "stringer " + v.String()
	case *int:
		return "ptr"
	case chan int:
		return "chan"
	case <-chan int:
		return "rchan"
	case struct{ X int }:
		return fmt.Sprint("anon ", v.X)
	case [2]int:
		return "arr2"
	default:
		return fmt.Sprintf("other %T", v)
	}
}

type upper struct{ io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	copy(p, strings.ToUpper(string(p[:n])))
	return n, err
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) { c.n += len(p); return len(p), nil }

func main() {
	shapes := []Shape{Sq{2}, &Ci{1}, Named{Sq{3}}, &Named{&Ci{2}}, Str("abc"), Fn(func(i int) int { return i * 21 }), M{"a": 1}}
	for _, s := range shapes {
		fmt.Printf("%s %.1f %T\n", s.Name(), s.Area(), s)
	}
	sort.Slice(shapes, func(i, j int) bool { return shapes[i].Area() < shapes[j].Area() })
	for _, s := range shapes {
		fmt.Print(s.Name(), " ")
	}
	fmt.Println()
	t := Top{&Mid{Base{7}}, "t"}
	t.SetID(8)
	fmt.Println(t.ID(), t.Desc(), t.id, t.Mid.Base.id)
	var ider IDer = t
	ider.SetID(9)
	fmt.Println(ider.ID(), t.ID())
	b := Base{1}
	f, g, h := b.ID, b.SetID, (*Base).SetID
	g(5)
	h(&b, b.id+1)
	fmt.Println(f(), b.ID(), Base.ID(b), (*Base).ID(&b))
	for i := range 7 {
		err := mayFail(i)
		var me *MyErr
		var ve ValErr
		var te Temp
		fmt.Println(i, err == nil, errors.Is(err, io.EOF), errors.As(err, &me), errors.As(err, &ve), errors.As(err, &te))
		if me != nil {
			fmt.Println(me.code)
		}
	}
	fmt.Println(errors.Unwrap(mayFail(2)), mayFail(5))
	p := 1
	for _, x := range []any{nil, 1, int8(2), Str("s"), "s", []int{1}, List{1, 2}, Fn(nil), func(int) int { return 1 }, M{}, map[string]int{}, mayFail(1), ValErr{"v"}, Sq{1}, &Ci{1}, Ci{1}, &p, make(chan int), (<-chan int)(make(chan int)), struct{ X int }{3}, struct{ Y int }{3}, [2]int{}, [3]int{}, 2.5, 'x', true, int64(4)} {
		fmt.Println(describe(x))
	}
	l := List{3, 1, 2}
	sort.Sort(l)
	fmt.Println(l)
	sort.Sort(sort.Reverse(l))
	fmt.Println(l)
	bs, _ := io.ReadAll(upper{strings.NewReader("hello")})
	fmt.Println(string(bs))
	c := &counter{}
	fmt.Fprintf(c, "%d-%s", 42, "xyz")
	io.Copy(io.MultiWriter(c, io.Discard), strings.NewReader("12345"))
	fmt.Println(c.n)
	var s Shape
	var np *Ci
	fmt.Println(s == nil, np == nil)
	s = np
	fmt.Println(s == nil, s.(*Ci) == nil, s.Name())
	if _, ok := s.(Sq); !ok {
		fmt.Println("not Sq")
	}
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		_ = s.(Sq)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var x any = "str"
		_ = x.(int)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var x any = Str("str")
		_ = x.(fmt.Stringer)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var x any
		_ = x.(Shape)
	}()
	var e1, e2 any = Sq{1}, Sq{1}
	fmt.Println(e1 == e2, e1 == any(Sq{2}), any(Str("a")) == any("a"), any(1) == any(1.0), any(&p) == any(&p))
	var sh1, sh2 Shape = Sq{1}, Str("x")
	fmt.Println(sh1 == Sq{1}, sh1 != sh2, sh2 == Str("x"))
	mk := map[Shape]int{Sq{1}: 1, Str("x"): 2}
	mk[Sq{1}]++
	fmt.Println(mk[Sq{1}], mk[Str("x")], len(mk), mk[Str("y")])
	ma := map[any]string{1: "int", "1": "string", 1.0: "float", Str("1"): "Str", [2]int{1, 2}: "arr", Sq{1}: "sq", nil: "nil"}
	fmt.Println(ma[1], ma["1"], ma[1.0], ma[Str("1")], ma[[2]int{1, 2}], ma[Sq{1}], ma[nil], len(ma), ma[int8(1)])
}
