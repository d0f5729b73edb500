package main

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64
}
type (
	ID                        int
	Pair[K comparable, V any] struct {
		Key K
		Val V
	}
)

type List[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	v    T
	next *node[T]
}
type (
	Set[T comparable] map[T]struct{}
	Opt[T any]        func(*T)
	Stack[T any]      []T
	Num[T Number]     struct{ v T }
)

func (p Pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.Key, p.Val) }
func (l *List[T]) Push(v T)         { l.head = &node[T]{v, l.head}; l.n++ }
func (l *List[T]) Each(f func(T)) {
	for n := l.head; n != nil; n = n.next {
		f(n.v)
	}
}
func (s Set[T]) Add(v T)      { s[v] = struct{}{} }
func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }
func (s *Stack[T]) Push(v T)  { *s = append(*s, v) }
func (s *Stack[T]) Pop() (T, bool) {
	var zero T
	if len(*s) == 0 {
		return zero, false
	}
	v := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return v, true
}
func (n Num[T]) Add(o Num[T]) Num[T] { return Num[T]{n.v + o.v} }

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Reduce[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	var ks []K
	for k := range m {
		ks = append(ks, k)
	}
	sort.Slice(ks, func(i, j int) bool { return ks[i] < ks[j] })
	return ks
}

func MaxOf[T cmp.Ordered](a T, rest ...T) T {
	for _, x := range rest {
		if x > a {
			a = x
		}
	}
	return a
}
func Ptr[T any](v T) *T  { return &v }
func Zero[T any]() (z T) { return }
func TypeName[T any](x T) string {
	switch any(x).(type) {
	case int:
		return "int"
	case ID:
		return "ID"
	case string:
		return "string"
	case []T:
		return "slice of T"
	case fmt.Stringer:
		return "stringer"
	}
	return fmt.Sprintf("%T", x)
}
func Is[T any](x any) bool { _, ok := x.(T); return ok }

type (
	Cloner[T any] interface{ Clone() T }
	Doc           struct{ s string }
)

func (d Doc) Clone() Doc               { return Doc{d.s + "'"} }
func CloneAll[T Cloner[T]](xs []T) []T { return Map(xs, func(x T) T { return x.Clone() }) }

type Setter[T any] interface {
	*T
	Set(string)
}
type Conf struct{ v string }

func (c *Conf) Set(s string) { c.v = s }
func Build[T any, P Setter[T]](s string) T {
	var t T
	P(&t).Set(s)
	return t
}

func Filter[S ~[]E, E any](s S, f func(E) bool) S {
	var out S
	for _, e := range s {
		if f(e) {
			out = append(out, e)
		}
	}
	return out
}

type Cache[K comparable, V any] struct {
	m    map[K]V
	miss func(K) (V, error)
}

func NewCache[K comparable, V any](f func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{m: map[K]V{}, miss: f}
}

func (c *Cache[K, V]) Get(k K) (V, error) {
	if v, ok := c.m[k]; ok {
		return v, nil
	}
	v, err := c.miss(k)
	if err != nil {
		var z V
		return z, fmt.Errorf("get %v: %w", k, err)
	}
	c.m[k] = v
	return v, nil
}

type Embed[T any] struct {
	List[T]
	name string
}
type (
	Strs          = List[string]
	GAlias[T any] = Pair[string, T]
	IDs           []ID
)

var ErrNo = errors.New("no")

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[ID](1, 2), Sum[float64]())
	fmt.Println(Map([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }), Reduce([]string{"a", "b"}, 0, func(n int, s string) int { return n + len(s) }))
	fmt.Println(Keys(map[string]int{"b": 1, "a": 2}), MaxOf("a", "c", "b"), MaxOf(1.5), *Ptr(3), Zero[string]() == "", Zero[*int]() == nil)
	p := Pair[string, int]{"a", 1}
	fmt.Println(p, &p, []Pair[string, int]{p}, map[string]Pair[string, int]{"k": p})
	var l List[Pair[string, int]]
	l.Push(p)
	l.Push(Pair[string, int]{"b", 2})
	l.Each(func(p Pair[string, int]) { fmt.Print(p, " ") })
	fmt.Println(l.n)
	s := Set[string]{}
	s.Add("x")
	fmt.Println(s.Has("x"), s.Has("y"), len(s), s)
	var st Stack[int]
	st.Push(1)
	st.Push(2)
	a, ok := st.Pop()
	fmt.Println(a, ok, st, len(st))
	st.Pop()
	fmt.Println(st.Pop())
	fmt.Println(TypeName(1), TypeName(ID(1)), TypeName("s"), TypeName(p), TypeName([]int{}), TypeName(2.5))
	fmt.Println(Is[int](1), Is[string](1), Is[fmt.Stringer](p), Is[ID](1), Is[ID](ID(1)), Is[error](ErrNo))
	fmt.Println(CloneAll([]Doc{{"a"}, {"b"}}), Build[Conf]("v").v)
	fmt.Println(Filter(IDs{1, 2, 3}, func(i ID) bool { return i > 1 }))
	c := NewCache(func(k string) (int, error) {
		if k == "bad" {
			return 0, ErrNo
		}
		return len(k), nil
	})
	fmt.Println(c.Get("abc"))
	_, err := c.Get("bad")
	fmt.Println(err, errors.Is(err, ErrNo))
	e := Embed[int]{name: "n"}
	e.Push(5)
	e.Each(func(i int) { fmt.Println("e", i, e.n) })
	var ss Strs
	ss.Push("q")
	fmt.Println(ss.head.v, GAlias[int]{"g", 2})
	fmt.Println(Num[int]{1}.Add(Num[int]{2}), Num[float64]{1.5})
	f := Sum[int]
	g := Map[int, int]
	fmt.Println(f(1, 2), g([]int{1}, func(i int) int { return -i }))
	fmt.Printf("%T %T %T %T %T\n", p, l, s, st, c)
	fmt.Printf("%v %+v %T\n", e.name, Num[int]{3}, Num[ID]{3})
	opt := Opt[Conf](func(c *Conf) { c.v = "opt" })
	var cf Conf
	opt(&cf)
	fmt.Println(cf)
	type local[T any] struct{ x T }
	fmt.Println(local[int]{1}, local[string]{"s"})
}
