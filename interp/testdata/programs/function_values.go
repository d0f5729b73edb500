package main

import (
	"fmt"
	"sort"
	"strings"
)

// Functions declared further down are values inside function literals.
func main() {
	unnamedParameters()
	func() {
		fmt.Println(strings.Map(next, "abc"))
	}()
	func() {
		l := []func(rune) rune{next}
		fmt.Println(l[0]('a'))
	}()
	func() {
		m := map[string]func(rune) rune{"a": next}
		fmt.Println(m["a"]('a'))
	}()
	func() {
		g := next
		fmt.Println(g('a'))
	}()
	func() {
		var g func(rune) rune = next
		fmt.Println(g('a'))
	}()
	func() {
		var g func(rune) rune
		g = next
		fmt.Println(g('a'))
	}()
	func() {
		type F func(rune) rune
		fmt.Println(F(next)('a'))
	}()
	func() {
		s := struct{ f func(rune) rune }{next}
		fmt.Println(s.f('a'))
	}()
	func() {
		var x any = next
		fmt.Println(x.(func(rune) rune)('a'))
	}()
	func() {
		c := make(chan func(rune) rune, 1)
		c <- next
		fmt.Println((<-c)('a'))
	}()
	func() {
		fmt.Println(apply(next))
	}()
	func() {
		defer farewell(3)
		x := []int{3, 1, 2}
		sort.Slice(x, func(i, j int) bool { return x[i] < x[j] })
		fmt.Println(x, func() func(rune) rune { return next }()('a'))
	}()
}

type pair struct{ a, b string }

func unnamed(int, string) pair { return pair{"x", "y"} }

// unnamedParameters have no place beside the variables of a function.
func unnamedParameters() {
	f := func(int) pair { return pair{"a", "b"} }
	g := func(int, string) string { s := fmt.Sprint("q", 1); return s + "r" }
	h := unnamed
	k := func(_ int, _ string) []int { return []int{1} }
	fmt.Println(f(1), g(1, "z"), h(1, "z"), unnamed(2, "w"), k(1, "z"))
}

func apply(f func(rune) rune) rune { return f('a') }
func farewell(n int)               { fmt.Println("next", n) }
func next(r rune) rune             { return r + 1 }
