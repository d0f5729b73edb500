package main

import (
	"fmt"
	"math"
	"sort"
)

// Every way that a value can travel keeps the sign of a negative zero.

func sign(what string, values ...float64) {
	for _, v := range values {
		fmt.Println(what, math.Signbit(v), v == 0)
	}
}

type celsius float64

type vec struct{ x, y float64 }

type body struct {
	name string
	at   vec
	mass float32
	on   bool
	next *body
}

type grid [2][2]float64

func (v vec) first() float64            { return v.x }
func (v vec) plus(w vec) vec            { return vec{v.x + w.x, v.y + w.y} }
func (v vec) scaled(by float64) vec     { return vec{v.x * by, v.y * by} }
func (v *vec) set(x float64)            { v.x = x }
func (c celsius) sign() bool            { return math.Signbit(float64(c)) }
func (c celsius) over(d celsius) bool   { return math.Signbit(float64(c / d)) }
func (b body) all() (float64, float32)  { return b.at.x, b.mass }
func (g grid) at(i, j int) float64      { return g[i][j] }
func (v vec) many(list ...float64) bool { return math.Signbit(v.x) && math.Signbit(list[0]) }

type signer interface{ sign() bool }

type firster interface{ first() float64 }

type setter interface{ set(x float64) }

type scaler interface{ scaled(by float64) vec }

func same(x float64) float64                       { return x }
func same32(x float32) float32                     { return x }
func inverse(x float64) float64                    { return 1 / x }
func second(n int, x float64) float64              { return x }
func named(x float64) (y float64)                  { y = x; return }
func ignored(_ float64, x float64) float64         { return x }
func pair(x, y float64) (float64, float64)         { return x, y }
func swapped(x, y float64) (a, b float64)          { return pair(y, x) }
func degrees(c celsius) celsius                    { return c }
func whole(c complex128) complex128                { return c }
func half(c complex64) complex64                   { return c }
func ofVec(v vec) vec                              { return v }
func ofBody(b body) body                           { return b }
func ofGrid(g grid) grid                           { return g }
func ofArray(a [3]float64) [3]float64              { return a }
func ofAnonymous(s struct{ a, b float64 }) float64 { return s.b }
func ofBlank(s struct{ _, b float64 }) float64     { return s.b }
func rest(x float64, list ...float64) float64      { return x * float64(len(list)) }
func onlyRest(list ...float64) []float64           { return list }
func ofAny(x any) float64                          { return x.(float64) }
func void(x float64)                               { sign("void", x) }
func after(n int, x float64) float64 {
	if n == 0 {
		return x
	}
	return after(n-1, x)
}
func ofFunc(f func(float64) float64, x float64) float64 { return f(x) }
func returned() func(float64) float64                   { return same }
func generic[T any](x T) T                              { return x }
func genericPair[K comparable, V any](k K, v V) V       { return v }

type box[T any] struct{ v T }

func (b box[T]) get() T   { return b.v }
func (b *box[T]) put(v T) { b.v = v }

var z = 0.0

func negative() float64 { return -z }

func literals() {
	n := negative()
	sign("same", same(n), same(-z), same(z*-1), second(1, n), named(n), ignored(n, n), after(3, n))
	sign("constant", same(-0.0), same(0), inverse(-1e-300*1e-300), same(n+0), same(0-z), same(n-0))
	sign("same32", float64(same32(float32(n))))
	a, b := pair(n, z)
	sign("pair", a, b)
	a, b = pair(z, n)
	sign("pair", a, b)
	a, b = swapped(n, z)
	sign("swapped", a, b)
	a, b = pair(pair(n, n))
	sign("pair of pair", a, b)
	sign("degrees", float64(degrees(celsius(n))), float64(degrees(-celsius(z))))
	c := whole(complex(n, n))
	sign("whole", real(c), imag(c))
	c = whole(complex(n, z))
	sign("whole", real(c), imag(c))
	h := half(complex(float32(n), float32(n)))
	sign("half", float64(real(h)), float64(imag(h)))
	void(n)
	void(-z)
	sign("nested", same(same(n)), same(second(2, same(-z))), same(inverse(inverse(n))))
}

func structs() {
	n := negative()
	v := ofVec(vec{0, n})
	sign("vec", v.x, v.y)
	b := ofBody(body{at: vec{x: n}})
	sign("body", b.at.x, b.at.y, float64(b.mass))
	b = ofBody(body{name: "b", at: vec{x: n}, next: &b})
	sign("body", b.at.x, b.at.y)
	x, m := body{at: vec{n, n}, mass: float32(n)}.all()
	sign("all", x, float64(m))
	g := ofGrid(grid{1: {1: n}})
	sign("grid", g[0][0], g[1][1], g.at(1, 1), grid{{n}}.at(0, 0))
	a := ofArray([3]float64{0, 0, n})
	sign("array", a[0], a[2])
	sign("anonymous", ofAnonymous(struct{ a, b float64 }{0, n}))
	s := struct{ _, b float64 }{b: n}
	sign("blank", ofBlank(s))
	w := vec{n, n}
	sign("method", w.first(), vec{n, 0}.first(), w.plus(w).x, w.plus(vec{}).x, w.scaled(1).x, vec{1, 1}.scaled(n).y)
	p := &w
	sign("pointer", p.first(), (*p).first(), p.plus(*p).y)
	p.set(n)
	w.set(n)
	sign("set", w.x, p.x)
	fmt.Println("celsius", celsius(n).sign(), (-celsius(z)).sign(), celsius(1).over(celsius(n)), celsius(n).over(1))
	fmt.Println("many", w.many(n), w.many(n, 1), vec{}.many(n), w.many([]float64{n}...))
}

func values() {
	n := negative()
	f := same
	sign("value", f(n), ofFunc(same, n), ofFunc(f, n), returned()(n))
	g := func(x float64) float64 { return x }
	sign("literal", g(n), func(x float64) float64 { return x }(n), ofFunc(g, n))
	w := vec{n, n}
	m := w.first
	k := vec.first
	q := (*vec).first
	r := w.scaled
	t := vec.scaled
	sign("method value", m(), k(w), q(&w), r(1).x, t(w, 1).x, t(vec{1, 1}, n).x)
	set := w.set
	set(n)
	(*vec).set(&w, n)
	sign("set", w.x)
	var s signer = celsius(n)
	fmt.Println("interface", s.sign())
	var fs firster = w
	sign("interface", fs.first(), firster(vec{n, 1}).first())
	var sc scaler = vec{1, 1}
	sign("interface", sc.scaled(n).x)
	sc = &w
	sign("interface", sc.scaled(1).x)
	var st setter = &w
	st.set(z)
	st.set(n)
	sign("interface", w.x)
	u := fs.first
	o := sc.scaled
	sign("interface value", u(), o(n).x)
	list := []func(float64) float64{same, g}
	byName := map[string]func(float64) float64{"same": same}
	holder := struct{ f func(float64) float64 }{same}
	sign("stored", list[0](n), list[1](n), byName["same"](n), holder.f(n))
	sign("generic", generic(n), generic(vec{n, n}).x, genericPair("a", n), genericPair(n, n), box[float64]{n}.get())
	var b box[float64]
	b.put(n)
	sign("box", b.v, b.get())
	sign("any", ofAny(n), any(n).(float64))
	sign("rest", rest(n, 1, 2), rest(n), rest(1, n), onlyRest(n)[0], onlyRest(1, n)[1], onlyRest([]float64{n}...)[0])
}

func places() {
	n := negative()
	ch := make(chan float64, 3)
	ch <- n
	ch <- same(n)
	cv := make(chan vec, 1)
	cv <- vec{n, n}
	sign("channel", <-ch, <-ch, (<-cv).x)
	m := map[string]float64{"a": n}
	m["b"] = n
	m["c"] += n
	keys := map[float64]string{n: "zero"}
	keys[z] = "zero"
	for k, v := range keys {
		sign("key "+v, k)
	}
	pairs := map[vec]float64{{n, n}: n}
	for k, v := range pairs {
		sign("key", k.x, v)
	}
	sign("map", m["a"], m["b"], m["c"])
	list := []float64{n, same(n)}
	list = append(list, n, same(-z))
	for i, x := range list {
		sign("list", x, list[i])
	}
	for _, v := range [2]vec{{n, n}} {
		sign("vec", v.x)
	}
	two := [2]float64{1: n}
	three := two
	sign("array", two[1], three[1])
	copied := make([]float64, 2)
	copy(copied, list)
	sign("copy", copied...)
	p := &n
	q := new(float64)
	*q = *p
	sign("pointer", *p, *q, same(*p))
	var e any = n
	switch x := e.(type) {
	case float64:
		sign("switch", x, same(x))
	}
	x, y := n, z
	x, y = y, x
	sign("swap", x, y)
	sort.Float64s(list)
	sign("sorted", list...)
	var sum float64
	sum += same(n)
	prod := 1.0
	prod *= same(n)
	sign("sum", sum, prod)
	sign("min", min(z, n), max(n, n), min(same(n), z))
}

func control() {
	n := negative()
	if math.Signbit(same(n)) {
		fmt.Println("if")
	}
	if x := same(n); math.Signbit(x) && math.Signbit(same(x)) {
		fmt.Println("if and")
	} else if math.Signbit(same(z)) || math.Signbit(same(n)) {
		fmt.Println("else if")
	}
	if z > 1 || math.Signbit(same(n)) && !math.Signbit(same(z)) {
		fmt.Println("or")
	}
	count := 0
	for x := same(n); math.Signbit(same(x)); x = 1 + same(x) {
		count++
	}
	fmt.Println("for", count)
	switch {
	case math.Signbit(same(z)):
		fmt.Println("wrong")
	case math.Signbit(same(n)):
		fmt.Println("case")
	}
	switch math.Signbit(same(n)) {
	case true:
		fmt.Println("switch")
	}
	switch 1 / same(n) {
	case math.Inf(-1):
		fmt.Println("switch -Inf")
	}
	for i, x := range onlyRest(same(n), same(z)) {
		sign(fmt.Sprint("range ", i), x)
	}
	done := make(chan float64)
	go func(x float64) { done <- same(x) }(n)
	sign("go", <-done)
	go send(done, n)
	sign("go", <-done)
	defer sign("defer", n, same(n))
	defer void(n)
	defer func(x float64) { sign("deferred literal", x, same(x)) }(n)
	w := vec{n, n}
	defer w.show()
	func() {
		defer func() {
			sign("recovered", recover().(float64))
		}()
		panic(same(n))
	}()
	x := same(n) + same(n)*same(z)
	y := same(second(0, n)) * rest(same(n), 1)
	sign("terms", x, y)
	l := []float64{same(n), 1, same(-n)}
	o := map[float64]float64{same(n): same(n)}
	s := body{at: vec{same(n), same(n)}, mass: same32(float32(n))}
	sign("literals", l[0], l[2], o[0], s.at.x, float64(s.mass))
	l[2], l[0] = same(n), same(z)
	sign("assigned", l...)
	var a, b = pair(same(n), same(z))
	sign("declared", a, b)
	var i any = same(n)
	sign("any", i.(float64))
	fmt.Println("printed", same(n), inverse(n), ofVec(w), ofBody(body{mass: float32(n)}).mass)
	for range 2 {
		s := same(n)
		defer func() { sign("captured", s) }()
	}
}

func send(c chan float64, x float64) { c <- same(x) }

func (v vec) show() { sign("shown", v.x, v.first()) }

func results() (x float64, v vec) {
	n := negative()
	defer func() { x = same(-x) }()
	return same(z), ofVec(vec{n, n})
}

// trace is called in the order of the language.
func trace(name string, x float64) float64 {
	fmt.Print(name, " ")
	return x
}

func number(name string, n int) int {
	fmt.Print(name, " ")
	return n
}

func order() {
	n := negative()
	sign("order", trace("a", n)+trace("b", n), float64(number("c", 1))*trace("d", n), trace("e", float64(number("f", 0))*-1))
	list := []float64{0, 0, 0}
	list[number("g", 1)] = trace("h", n)
	list[number("i", 2)], list[number("j", 0)] = trace("k", n), trace("l", n)
	sign("order", list...)
	if number("m", 1) == 1 && math.Signbit(trace("n", n)) || math.Signbit(trace("o", n)) {
		fmt.Println("p")
	}
	fmt.Println(number("q", 1), trace("r", n), number("s", 2), len([]float64{trace("t", n)}))
	v := vec{trace("u", n), trace("v", n)}.plus(vec{trace("w", n), trace("x", n)})
	sign("order", v.x, v.y)
	x := n
	change := func() float64 { x = 1; return n }
	sign("order", same(x), change(), same(x))
}

func main() {
	literals()
	structs()
	values()
	places()
	control()
	x, v := results()
	sign("results", x, v.x, v.y)
	order()
	n := negative()
	sign("top", same(n), vec{n, n}.first(), ofVec(vec{n, n}).y)
}
