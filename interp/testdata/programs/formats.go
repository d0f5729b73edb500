package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

type (
	S struct{ a int }
	V struct {
		X, Y int
		name string
	}
)

type N struct {
	V
	P *V
	L []V
	M map[string]*V
	F func()
	E error
	A any
	C chan int
}
type (
	St   struct{ s string }
	G    struct{ x int }
	F    struct{ x int }
	Deg  float64
	Strs []string
)

func (s St) String() string                { return "St(" + s.s + ")" }
func (g G) GoString() string               { return "G!" }
func (f F) Format(st fmt.State, verb rune) { fmt.Fprintf(st, "F<%c %d>", verb, f.x) }
func (d Deg) String() string               { return fmt.Sprintf("%.1fd", float64(d)) }
func (s Strs) String() string              { return strings.Join(s, "+") }

type PS struct{ n int }

func (p *PS) String() string { return fmt.Sprint("PS", p.n) }

type Err struct{ n int }

func (e Err) Error() string { return fmt.Sprint("err", e.n) }

func main() {
	v := V{1, 2, "n"}
	fmt.Printf("%v %+v %#v %T %d\n", v, v, v, v, v)
	fmt.Printf("%v %+v\n", &v, &v)
	n := N{V: v, L: []V{v}, M: map[string]*V{}, E: errors.New("x"), A: v}
	fmt.Printf("%v\n%+v\n", n, n)
	fmt.Println(St{"a"}, &St{"b"}, []St{{"c"}}, map[string]St{"k": {"d"}}, struct{ S St }{St{"e"}}, []any{St{"f"}, 1}, [1]St{{"g"}}, []*St{nil})
	fmt.Printf("%v %s %+v %#v %d\n", St{"a"}, St{"a"}, St{"a"}, St{"a"}, S{3})
	fmt.Printf("%#v %#v %v\n", G{1}, []G{{2}}, G{3})
	fmt.Printf("%v %s %d %+v|%v\n", F{1}, F{2}, F{3}, F{4}, []F{{5}})
	fmt.Println(F{6}, []F{{7}}, map[int]F{1: {8}}, struct{ F F }{F{9}})
	fmt.Println(Deg(1), []Deg{2}, map[Deg]Deg{3: 4}, [2]Deg{}, struct{ D Deg }{5}, &struct{ D Deg }{6})
	fmt.Println(Strs{"a", "b"}, []Strs{{"c"}})
	ps := &PS{1}
	fmt.Println(ps, []*PS{ps}[0], PS{2}, struct{ P PS }{PS{3}}, map[string]*PS{}, len(fmt.Sprint([]*PS{ps})) > 3)
	fmt.Printf("%s %v\n", ps, *ps)
	fmt.Println(Err{1}, &Err{2}, []error{Err{3}, nil}, []Err{{4}}, struct{ E error }{Err{5}}, map[string]error{"a": Err{6}})
	fmt.Printf("%v|%5v|%-8v|%08.3f|%x|%X|%q|%c|%U\n", v, 1, "ab", 3.14159, "hi", []byte("hi"), []string{"a b", "c"}, 'x', 'x')
	fmt.Printf("%5t|%v|%p|%t\n", true, nil, nil, false)
	fmt.Printf("%d %s\n", "str", 5)
	fmt.Printf("%!|%z %d\n", 1)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%[2]d %[1]d %*d|%.*f\n", 1, 2, 5, 3, 2, 1.2345)
	fmt.Printf("%6.2f|%-10s|%+d|% d|%#x|%#o|%b|%e|%G\n", 1.0, "s", 1, 2, 255, 8, 5, 1234.5, 1e-10)
	fmt.Printf("%v %v %v\n", []byte("ab"), [2]byte{1, 2}, []rune("a"))
	fmt.Printf("%s %x %q\n", []byte("ab"), [2]byte{1, 2}, 'a')
	fmt.Printf("%v %+v\n", struct {
		a int
		B string
	}{1, "x"}, struct{ c *int }{nil})
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0), fmt.Sprintln("x", 1), fmt.Sprint(St{"q"}, St{"r"}), fmt.Sprint(Deg(1), Deg(2)), fmt.Sprint("s", Strs{"t"}, "u"))
	var ip *int
	var e error
	var m map[string]int
	var sl []int
	var f func()
	var a any
	fmt.Println(ip, e, m, sl, f == nil, a)
	fmt.Printf("%v %+v %#v %#v %#v\n", ip, m, m, sl, a)
	fmt.Printf("%#v %#v %#v %#v %#v %#v\n", 1, "s", 1.5, []string{"a"}, map[string]int{"a": 1}, struct{ A any }{1})
	fmt.Printf("%#v %#v\n", []any{1, "a", nil, v}, &v)
	fmt.Printf("%T %T %T %T %T %T\n", 1, "s", 1.5, 'a', nil, e)
	fmt.Printf("%T %T %T %T\n", main, []any{}, struct{}{}, func(int, ...string) (bool, error) { return false, nil })
	err := fmt.Errorf("ctx: %w", Err{7})
	var ee Err
	fmt.Println(err, errors.As(err, &ee), ee.n, errors.Unwrap(err) == Err{7})
	fmt.Fprintln(os.Stdout, "done", v, &n.V)
	fmt.Printf("%v %v\n", &[]int{1}, &map[string]int{"a": 1})
	fmt.Printf("%v %s\n", &[]V{v}, []any{"a", St{"b"}, Err{1}})
	fmt.Printf("%6v|%-6v|%06d\n", Deg(1), St{"x"}, -42)
	fmt.Printf("%v %d\n", [3]bool{true}, []int8{-1})
	fmt.Printf("%x %X % x %#x\n", "hello", "hello", "hello", "hello")
	fmt.Printf("%t %v\n", 1, complex(1, -2))
	fmt.Printf("%s|%v|%d\n", error(nil), error(nil), []any{1, "a"})
	type inner struct{ St }
	fmt.Println(inner{St{"emb"}}, []inner{{St{"emb2"}}})
	fmt.Printf("%v %+v\n", inner{St{"emb"}}, struct {
		St
		n int
	}{St{"z"}, 1})
}
