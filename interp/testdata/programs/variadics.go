package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

type list []any
type nested [][]any
type T struct{ n int }

func (t T) count(xs ...any) int        { return len(xs) }
func (t *T) add(pre int, xs ...any) *T { t.n += pre * len(xs); return t }
func count(xs ...any) int              { return len(xs) }
func lens(xs ...[]int) (n []int) {
	for _, x := range xs {
		n = append(n, len(x))
	}
	return
}
func deep(xs ...[]any) (n []int) {
	for _, x := range xs {
		n = append(n, len(x))
	}
	return
}
func gcount[E any](xs ...E) int          { return len(xs) }
func typed(xs ...list) int               { return len(xs) }
func stringers(xs ...fmt.Stringer) int   { return len(xs) }
func named(pre string, xs ...any) string { return fmt.Sprint(pre, len(xs), xs) }
func nothing(xs ...any) bool             { return xs == nil }
func change(xs ...any)                   { xs[0] = "changed" }

type counter interface{ count(xs ...any) int }

func main() {
	a := []any{1, 2, 3}
	var l list = a
	fmt.Println(count(a), count(a...), count(l), count(l...), count([]any{}), count([]any(nil)), count(nil), count(nil, a), count(a, a), count())
	fmt.Println(T{}.count(a), T{}.count(a...), new(T).add(2, a).n, new(T).add(2, a...).n)
	f := count
	g := func(xs ...any) int { return len(xs) }
	h := T{}.count
	k := T.count
	var c counter = T{}
	fmt.Println(f(a), f(a...), g(a), g(a...), h(a), h(a...), k(T{}, a), k(T{}, a...), c.count(a), c.count(a...))
	fmt.Println(func(xs ...any) int { return len(xs) }(a), func(xs ...any) int { return len(xs) }(a...))
	fmt.Println(lens([]int{1, 2}), lens([][]int{{1}, {2, 3}}...), deep(a), deep([][]any{a, a}...), deep(a, l), typed(l), typed(a), typed([]list{l, l}...))
	fmt.Println(gcount(a), gcount(a...), gcount[any](a), gcount[[]any](a), gcount(l), gcount(1, 2))
	fmt.Println(named("x", a), named("x", a...), nothing(), nothing(nil...), nothing(nil), nothing([]any(nil)...), stringers(), stringers(nil))
	fmt.Println(a, l, []any{a})
	fmt.Print(a, "\n")
	fmt.Println(fmt.Sprint(a), fmt.Sprintf("%v %v", a, l), fmt.Sprintln(a) == "[1 2 3]\n", fmt.Sprint(a...))
	var x any = a
	fmt.Println(count(x), g(x), named("y", x))
	change(a...)
	change(a)
	fmt.Println(a)
	defer func(xs ...any) { fmt.Println("deferred", len(xs)) }(a)
	defer fmt.Println("deferred", count(a), a)
	defer named("d", a)
	done := make(chan int)
	go func(xs ...any) { done <- len(xs) }(a)
	fmt.Println(<-done)
	m := map[string]func(...any) int{"f": count}
	fmt.Println(m["f"](a), m["f"](a...))
	s := struct{ f func(...any) int }{count}
	fmt.Println(s.f(a), s.f(a...))
	fmt.Println(filepath.Join([]string{"a", "b"}...), slices.Insert([]any{1}, 0, any(a)), append([]any{}, a), len(append([]any{}, a...)), append([][]any{}, a), strings.Join([]string{"a"}, ","))
	fmt.Println(len(slices.Concat(a, a)), len(slices.Concat([][]any{a, a}...)), fmt.Errorf("e %v", a))
	var e error
	fmt.Println(count(e), count(error(nil)), count([]error{e}))
}
