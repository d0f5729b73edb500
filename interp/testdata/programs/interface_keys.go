package main

import (
	"errors"
	"fmt"
	"io"
	"time"
)

type (
	Shape interface{ Name() string }
	Sq    struct{ s float64 }
	Str   string
	P     struct{ x int }
)

func (s Sq) Name() string  { return "sq" }
func (s Str) Name() string { return string(s) }
func (p *P) Name() string  { return fmt.Sprint("p", p.x) }

type E struct{ c int }

func (e E) Error() string { return fmt.Sprint("e", e.c) }

type Graph struct {
	edges map[Shape][]Shape
	seen  map[Shape]bool
}

func (g *Graph) Add(a, b Shape) { g.edges[a] = append(g.edges[a], b) }
func (g *Graph) Walk(s Shape, f func(Shape)) {
	if g.seen[s] {
		return
	}
	g.seen[s] = true
	f(s)
	for _, n := range g.edges[s] {
		g.Walk(n, f)
	}
}

func count[K comparable](ks ...K) map[K]int {
	m := map[K]int{}
	for _, k := range ks {
		m[k]++
	}
	return m
}

func main() {
	p := &P{1}
	mk := map[Shape]int{Sq{1}: 1, Str("x"): 2, p: 3}
	mk[Sq{1}]++
	fmt.Println(mk[Sq{1}], mk[Str("x")], len(mk), mk[Str("y")], mk[p], mk[&P{1}])
	v, ok := mk[Sq{2}]
	fmt.Println(v, ok)
	if n, ok := mk[p]; ok {
		fmt.Println(n)
	}
	delete(mk, Sq{1})
	fmt.Println(len(mk))
	sum := 0
	for k, n := range mk {
		sum += n + len(k.Name())
		if s, ok := k.(Str); ok {
			fmt.Println("Str", s)
		}
	}
	fmt.Println(sum)
	g := &Graph{map[Shape][]Shape{}, map[Shape]bool{}}
	g.Add(Str("a"), Str("b"))
	g.Add(Str("b"), p)
	g.Add(p, Str("a"))
	g.Walk(Str("a"), func(s Shape) { fmt.Print(s.Name(), " ") })
	fmt.Println()
	me := map[error]string{io.EOF: "eof", E{1}: "e1"}
	me[E{2}] = "e2"
	var err error = E{2}
	fmt.Println(me[io.EOF], me[E{1}], me[err], me[errors.New("x")] == "", len(me))
	for k := range me {
		if _, ok := k.(E); ok {
			fmt.Print("E ")
		}
	}
	fmt.Println()
	ms := map[fmt.Stringer]int{time.Second: 1, time.March: 2}
	ms[time.Second]++
	fmt.Println(ms[time.Second], ms[time.March], ms[time.April])
	c := count[Shape](Sq{1}, Sq{1}, Str("q"))
	fmt.Println(c[Sq{1}], c[Str("q")], len(c))
	var nilk Shape
	mk[nilk] = 9
	fmt.Println(mk[nil], len(mk))
	clear(mk)
	fmt.Println(len(mk))
	mi := map[interface{ Name() string }]int{Sq{3}: 1}
	mi[Sq{3}] += 4
	fmt.Println(mi[Sq{3}])
	mm := make(map[Shape]map[Shape]int, 3)
	mm[Sq{1}] = map[Shape]int{Str("i"): 1}
	mm[Sq{1}][Str("i")]++
	fmt.Println(mm[Sq{1}][Str("i")])
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		type bad struct{ s []int }
		var x any = bad{}
		ma := map[any]int{}
		ma[x] = 1
	}()
	for k, n := range map[Shape]int{Sq{7}: 7} {
		f := func() string { return fmt.Sprint(k.Name(), n) }
		fmt.Println(f())
	}
	var k Shape
	for k = range map[Shape]int{Sq{8}: 8} {
	}
	fmt.Println(k == Sq{8}, k.Name())
}
