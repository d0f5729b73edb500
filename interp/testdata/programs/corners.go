package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
)

var (
	a     = b + 1
	b     = f()
	c, d  = pair()
	table = map[string]int{"a": a, "b": b, "c": c}
)

func f() int              { return len(order) + 10 }
func pair() (int, string) { return a * 2, fmt.Sprint(b) }

var order = []string{"x", "y"}

func init() { order = append(order, "init1") }
func init() { order = append(order, "init2") }

type Comparable[T any] interface{ Compare(T) int }

type Version struct{ major, minor int }

func (v Version) Compare(o Version) int {
	if v.major != o.major {
		return v.major - o.major
	}
	return v.minor - o.minor
}

func Largest[T Comparable[T]](xs ...T) (best T) {
	for i, x := range xs {
		if i == 0 || x.Compare(best) > 0 {
			best = x
		}
	}
	return
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v ...T) Set[T] {
	for _, x := range v {
		s[x] = struct{}{}
	}
	return s
}
func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }

type Pair[A, B any] struct {
	First  A
	Second B
}

func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.Second, p.First} }
func MakePair[A, B any](a A, b B) Pair[A, B] {
	return Pair[A, B]{a, b}
}

type Vec[T ~float32 | ~float64] []T

func (v Vec[T]) Dot(o Vec[T]) (s T) {
	for i, x := range v {
		s += x * o[i]
	}
	return
}

type Logger struct {
	io.Writer
	prefix string
}

func (l Logger) Write(p []byte) (int, error) { return l.Writer.Write(append([]byte(l.prefix), p...)) }

type Animal interface{ Sound() string }
type Dog struct{}

func (Dog) Sound() string { return "wuff" }

type Loud struct{ Animal }

func (l Loud) Sound() string { return strings.ToUpper(l.Animal.Sound()) }

type Puppy struct {
	Loud
	Name string
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("done", n)
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func find(n, m int) (i, j int, err error) {
	defer func() { err = errors.Join(err, errors.New("deferred")) }()
	for i = range count(n) {
		for j := range count(m) {
			defer fmt.Println("defer", i, j)
			if i*j == 2 {
				return i, j, nil
			}
		}
	}
	return -1, -1, errors.New("none")
}

func labels() (s []string) {
outer:
	for i := range count(4) {
		for j := range count(4) {
			switch {
			case j > i:
				continue outer
			case i == 3:
				break outer
			}
			s = append(s, fmt.Sprint(i, j))
		}
	}
	return
}

func try(f func()) (what string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
			what = "fine"
		case runtime.Error:
			what = "runtime: " + r.Error()
		case error:
			what = "error: " + r.Error()
		default:
			what = fmt.Sprintf("%T: %v", r, r)
		}
	}()
	f()
	return "end"
}

func nested() (s string) {
	defer func() { s += fmt.Sprint(" outer:", recover()) }()
	defer func() {
		defer func() { s += fmt.Sprint(" inner:", recover()) }()
		panic("second")
	}()
	panic("first")
}

func main() {
	fmt.Println(a, b, c, d, table, order)
	fmt.Println(Largest(Version{1, 2}, Version{1, 10}, Version{0, 99}))
	s := Set[Pair[int, string]]{}
	s.Add(MakePair(1, "a"), Pair[int, string]{1, "a"}, Pair[int, string]{2, "b"})
	fmt.Println(len(s), s.Has(MakePair("b", 2).Swap()), s.Has(Pair[int, string]{}))
	fmt.Printf("%v %+v %T\n", MakePair(1.5, 'x'), MakePair("k", []int{1}), MakePair[any, error](nil, nil))
	fmt.Println(Vec[float32]{1, 2}.Dot(Vec[float32]{3, 4}))
	var sb strings.Builder
	fmt.Fprintf(Logger{Logger{&sb, "a:"}, "b:"}, "%d", 5)
	fmt.Println(sb.String())
	p := Puppy{Loud{Dog{}}, "rex"}
	var an Animal = p
	snd := an.Sound
	an = Dog{}
	fmt.Println(p.Sound(), snd(), an.Sound(), p.Animal.Sound(), Loud.Sound(p.Loud), Animal.Sound(p))
	fmt.Println(find(3, 3))
	fmt.Println(labels())
	next, stop := iter.Pull(count(3))
	v1, ok1 := next()
	v2, ok2 := next()
	stop()
	v3, ok3 := next()
	fmt.Println(v1, ok1, v2, ok2, v3, ok3)

	var m map[string]int
	var np *Version
	var arr [3]int
	zero, idx := 0, 5
	var an2 Animal
	var e any = "str"
	ch := make(chan int)
	close(ch)
	for _, t := range []func(){
		func() { m["a"] = 1 },
		func() { fmt.Println(np.major) },
		func() { fmt.Println(arr[idx]) },
		func() { fmt.Println(1 / zero) },
		func() { an2.Sound() },
		func() { fmt.Println(e.(int)) },
		func() { fmt.Println(e.(Animal)) },
		func() { close(ch) },
		func() { ch <- 1 },
		func() { panic(fmt.Errorf("own %w", io.EOF)) },
		func() { panic(Version{1, 2}) },
		func() { _ = arr[:][2:idx] },
		func() { _ = make([]int, zero-1) },
		func() { _ = [2]int(arr[:1]) },
		func() { _ = map[any]int{[]int{1}: 2} },
		func() { var x, y any = []int{1}, []int{1}; fmt.Println(x == y) },
	} {
		fmt.Println(try(t))
	}
	fmt.Println(nested())

	sl := []int{1, 2, 3, 4, 5}
	t := sl[1:3:4]
	t = append(t, 40)
	t = append(t, 50)
	t[0] = 20
	fmt.Println(sl, t, len(t), cap(sl[1:3:4]))
	copy(sl[1:], sl)
	fmt.Println(sl, [2]int(sl[:2]), *(*[2]int)(sl[3:]))
	sl = slices.Insert(slices.Delete(sl, 0, 2), 1, 7, 8)
	fmt.Println(sl, slices.Index(sl, 8), min("b", "a", "c"), max(2, 3.5))
	clear(sl[:2])
	fmt.Println(sl)
	keys := map[any]string{1: "int", "1": "string", 1.0: "float", [2]int{1, 2}: "array", Version{1, 1}: "struct", nil: "nil", 'a': "rune"}
	fmt.Println(keys[1], keys[1.0], keys[[2]int{1, 2}], keys[Version{1, 1}], keys[nil], keys[int32(97)], keys[int64(1)] == "")
	i := 0
	xs := []int{10, 20, 30}
	i, xs[i] = 2, 99
	fmt.Println(i, xs)
	xs[0], xs[2] = xs[2], xs[0]
	fmt.Println(xs)
	const big = 1 << 100
	const typed float32 = big >> 98
	fmt.Println(typed, big>>98, 'a'+1, string(rune('a'+1)), len("héllo"), 5.0/2, 5/2, 1e3, uint8(255)&^0xf)
	type T1 struct {
		A int `x:"1"`
	}
	type T2 struct{ A int }
	fmt.Println(T2(T1{5}), struct{ A int }(T1{6}) == T2{6})
	n := 0
	goto test
loop:
	n++
test:
	if n < 3 {
		goto loop
	}
	fmt.Println(n)
}
