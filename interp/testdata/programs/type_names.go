package main

import "fmt"

type (
	Shape interface{ Name() string }
	Str   string
	Fn    func(int) int
	Deg   float64
)

func (s Str) Name() string   { return string(s) }
func (f Fn) Name() string    { return "fn" }
func (d Deg) String() string { return fmt.Sprintf("%.0f°", float64(d)) }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}
type (
	Stack[T any] []T
	Num[T ~int]  struct{ v T }
)

func (n Num[T]) Get() T { return n.v }

type E struct{ code int }

func (e *E) Error() string { return "E" }

type Code int

func (c Code) Error() string { return fmt.Sprint("code ", int(c)) }

func show[T any](x T) { fmt.Printf("%T|%v|%+v\n", x, x, x) }

func main() {
	var s Shape = Str("x")
	fmt.Printf("%T %v\n", s, s)
	s = Fn(nil)
	fmt.Printf("%T\n", s)
	shapes := []Shape{Str("a"), Fn(nil)}
	for _, s := range shapes {
		fmt.Printf("%T ", s)
	}
	fmt.Println()
	var st fmt.Stringer = Deg(3)
	fmt.Printf("%T %v %s\n", st, st, st)
	var err error = &E{1}
	fmt.Printf("%T %v\n", err, err)
	err = Code(4)
	fmt.Printf("%T %v %d\n", err, err, err)
	fmt.Printf("%T %T %T %T\n", Pair[string, int]{}, &Pair[Str, []Deg]{}, Stack[int]{1}, Num[int]{3})
	fmt.Printf("%T %T\n", []Pair[string, Num[int]]{}, map[string]Stack[Pair[int, int]]{})
	fmt.Printf("%#v %#v %#v\n", Pair[string, int]{"a", 1}, Stack[int]{1}, Num[int]{3})
	fmt.Printf("%v %+v\n", Pair[string, Deg]{"a", 1}, &Pair[string, Deg]{"a", 1})
	show(Pair[string, Str]{"q", "r"})
	show([]Shape{Str("z")})
	show(map[Str]Deg{"a": 2})
	var x any = Stack[Str]{"a"}
	switch v := x.(type) {
	case Stack[string]:
		fmt.Println("wrong", v)
	case Stack[Str]:
		fmt.Println("right", v, len(v))
	}
	_, ok := x.(Stack[int])
	fmt.Println(ok)
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = x.(Stack[int])
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var y any = Pair[int, int]{}
		_ = y.(Pair[int, string])
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = shapes[0].(Fn)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var e error = &E{}
		_ = e.(Code)
	}()
	type local struct{ a int }
	fmt.Printf("%T %v %T\n", local{1}, local{1}, []local{})
	var f func(Str) Deg
	fmt.Printf("%T %T %T %T\n", f, struct{ A Str }{}, [2]Deg{}, make(chan Str))
	fmt.Printf("%v %d %5.1f %x %q %T\n", Deg(1), Code(5), Deg(2), Str("hi"), Str("hi"), Code(1))
}
