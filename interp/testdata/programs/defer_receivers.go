package main

import (
	"fmt"
	"strings"
)

type T struct{ n int }

func (t T) P()         { fmt.Println("P", t.n) }
func (t *T) Q()        { fmt.Println("Q", t.n) }
func (t T) A(s string) { fmt.Println("A", t.n, s) }

type (
	I interface{ P() }
	F func(int)
)

func (f F) Do(i int) { f(i) }

type N int

func (n N) P() { fmt.Println("N", n) }

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "panic:", e)
		}
	}()
	f()
}

func get(s string, t T) T { fmt.Println("get", s); return t }

func main() {
	func() {
		x := T{1}
		defer x.P()
		x = T{2}
	}()
	func() {
		x := &T{1}
		defer x.Q()
		x = &T{2}
	}()
	func() {
		x := &T{1}
		defer x.P()
		x.n = 7
	}()
	func() {
		var i I = T{3}
		defer i.P()
		i = N(4)
	}()
	func() {
		for i := 0; i < 3; i++ {
			defer N(i).P()
		}
	}()
	func() {
		xs := []T{{1}, {2}}
		for _, x := range xs {
			defer x.A("d")
			defer x.P()
		}
		xs[0].n = 9
	}()
	func() {
		f := F(func(i int) { fmt.Println("f1", i) })
		defer f.Do(1)
		f = func(i int) { fmt.Println("f2", i) }
	}()
	func() {
		m := map[string]func(){"a": func() { fmt.Println("a1") }}
		defer m["a"]()
		m["a"] = func() { fmt.Println("a2") }
	}()
	func() {
		s := struct{ f func() }{func() { fmt.Println("s1") }}
		defer s.f()
		s.f = func() { fmt.Println("s2") }
	}()
	func() {
		defer get("x", T{5}).P()
		fmt.Println("body")
	}()
	func() {
		var sb strings.Builder
		defer func() { fmt.Println(sb.String()) }()
		defer sb.WriteString("b")
		sb.WriteString("a")
	}()
	try("nil iface", func() {
		var i I
		defer fmt.Println("not run?")
		defer i.P()
		fmt.Println("unreached")
	})
	try("nil ptr in iface", func() {
		var p *T
		var i I = p
		defer i.P()
		fmt.Println("reached")
	})
	try("nil ptr", func() {
		var p *T
		defer p.P()
		fmt.Println("unreached")
	})
	try("nil ptr meth", func() {
		var p *T
		defer p.Q()
		fmt.Println("reached")
	})
	try("nil func", func() {
		var f func()
		defer f()
		fmt.Println("reached")
	})
	try("nil func2", func() {
		defer (func())(nil)()
		fmt.Println("reached")
	})
	try("go nil", func() {
		var mm map[int]func()
		defer mm[1]()
		fmt.Println("reached")
	})
	func() {
		g := func() func() { fmt.Println("g"); return func() { fmt.Println("gg") } }
		defer g()()
		fmt.Println("after g")
	}()
	func() {
		x := T{1}
		f := x.P
		defer f()
		x.n = 2
		defer T.P(x)
		x.n = 3
		defer (*T).Q(&x)
		x.n = 4
	}()
}
