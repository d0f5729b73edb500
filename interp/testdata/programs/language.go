package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

type shape interface {
	area() float64
	perimeter() float64
}
type named interface{ name() string }
type namedShape interface {
	shape
	named
}
type rect struct{ w, h float64 }
type square struct {
	rect
	label string
}

func (r rect) area() float64        { return r.w * r.h }
func (r *rect) scale(f float64)     { r.w *= f; r.h *= f }
func (r rect) perimeter() float64   { return 2 * (r.w + r.h) }
func (s square) name() string       { return "square " + s.label }
func (s square) perimeter() float64 { return 4 * s.w }

type node struct {
	val         int
	left, right *node
}

func (n *node) insert(v int) *node {
	if n == nil {
		return &node{val: v}
	}
	if v < n.val {
		n.left = n.left.insert(v)
	} else {
		n.right = n.right.insert(v)
	}
	return n
}
func (n *node) walk(f func(int) bool) bool {
	return n == nil || n.left.walk(f) && f(n.val) && n.right.walk(f)
}

type visitor func(depth int, n *node) visitor

type option func(*config)
type config struct {
	Host    string         `json:"host"`
	Port    int            `json:"port,omitempty"`
	Tags    []string       `json:"tags"`
	Extra   map[string]any `json:"extra,omitempty"`
	Timeout time.Duration  `json:"timeout"`
	inner   int
}

func withPort(p int) option { return func(c *config) { c.Port = p } }
func newConfig(opts ...option) *config {
	c := &config{Host: "localhost", inner: 3}
	for _, o := range opts {
		o(c)
	}
	return c
}

func divide(a, b int) (q int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			if re, ok := r.(runtime.Error); ok {
				err = fmt.Errorf("%w (runtime: %s)", err, re.Error())
			}
		}
	}()
	return a / b, nil
}

func deferOrder() (s string) {
	for i := range 3 {
		defer func() { s += fmt.Sprint(i) }()
	}
	defer func(x string) { s += x }("x" + s)
	return "r"
}

type state int

const (
	idle state = iota + 1
	running
	_
	stopped
	mask = 1<<iota - 1
)

type temp struct{ a, b [2]int }

type list[T any] struct {
	head *elem[T]
	n    int
}
type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *list[T]) add(v T) *list[T] { l.head = &elem[T]{v, l.head}; l.n++; return l }
func (l list[T]) each(f func(T)) {
	for e := l.head; e != nil; e = e.next {
		f(e.v)
	}
}

type pair[A, B any] struct {
	First  A
	Second B
}

func zip[A, B any](a []A, b []B) []pair[A, B] {
	var out []pair[A, B]
	for i := range min(len(a), len(b)) {
		out = append(out, pair[A, B]{a[i], b[i]})
	}
	return out
}

func reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}

func main() {
	sq := square{rect{2, 2}, "s"}
	sq.scale(1.5)
	var ns namedShape = sq
	fmt.Println(ns.area(), ns.perimeter(), ns.name(), sq.rect.perimeter())
	for _, s := range []shape{rect{1, 2}, sq, &rect{3, 4}} {
		switch v := s.(type) {
		case rect:
			fmt.Println("rect", v.w)
		case named:
			fmt.Println("named", v.name())
		case *rect:
			v.scale(2)
			fmt.Println("*rect", v.area(), s.area())
		}
	}
	f := (*rect).scale
	g := rect.area
	rr := rect{1, 1}
	f(&rr, 3)
	hh := rr.area
	rr.w = 100
	fmt.Println(g(rr), hh())
	var root *node
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.insert(v)
	}
	root.walk(func(v int) bool { fmt.Print(v, " "); return v < 8 })
	fmt.Println()
	c := newConfig(withPort(80), func(c *config) { c.Tags = append(c.Tags, "x") })
	c.Timeout = 1500 * time.Millisecond
	j, _ := json.MarshalIndent(c, "", " ")
	fmt.Println(string(j))
	var back config
	fmt.Println(json.Unmarshal([]byte(`{"host":"h","extra":{"a":[1,"x",null,true],"b":{"c":1.5}},"port":"bad"}`), &back), back.Host)
	var ute *json.UnmarshalTypeError
	fmt.Println(errors.As(json.Unmarshal([]byte(`{"port":"bad"}`), &back), &ute), ute.Field, ute.Value)
	fmt.Println(json.Unmarshal([]byte(`{"extra":{"a":[1,"x",null,true]}}`), &back), back.Extra, back)
	fmt.Println(divide(1, 0))
	fmt.Println(divide(7, 2))
	fmt.Println(deferOrder())
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded))
	case <-time.After(5 * time.Second):
		fmt.Println("late")
	}
	fmt.Println(idle, running, stopped, mask)
	m := map[temp]string{{[2]int{1, 2}, [2]int{3, 4}}: "k"}
	fmt.Println(m[temp{[2]int{1, 2}, [2]int{3, 4}}], len(m[temp{}]), m)
	var l list[string]
	l.add("a").add("b").each(func(s string) { fmt.Print(s) })
	fmt.Println(l.n)
	fmt.Printf("%v %+v %T\n", zip([]int{1, 2}, []string{"a", "b"}), zip([]int{1}, []bool{true}), 1.5)
	fmt.Println(reduce([]int{1, 2, 3}, "", func(a string, x int) string { return a + strings.Repeat("*", x) + "|" }))
outer:
	for i := range 5 {
		for j := range 5 {
			switch {
			case j == 3:
				continue outer
			case i == 3:
				break outer
			case i == j:
				fallthrough
			case false:
				fmt.Print("(", i, j, ")")
			default:
			}
		}
	}
	fmt.Println()
	i := 0
loop:
	if i < 3 {
		fmt.Print(i)
		i++
		goto loop
	}
	fmt.Println()
	a := [...]string{2: "c", 0: "a"}
	b := a
	b[1] = "z"
	p := &a
	p[0] = "P"
	fmt.Println(a, b, len(p), a == b)
	s := []int{1, 2, 3, 4, 5}
	s2 := s[1:3:4]
	s2 = append(s2, 10)
	s2 = append(s2, 11)
	s2[0] = 99
	fmt.Println(s, s2, len(s2), cap(s[1:3:4]))
	copy(s[1:], s)
	fmt.Println(s, [3]int(s[:3]), *(*[2]int)(s))
	for i, r := range "aé\xff日" {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println([]byte("é"), []rune("é"), string([]rune{26085}), string(rune(65)))
	funcs := []func() int{}
	for i := 0; i < 3; i++ {
		funcs = append(funcs, func() int { i *= 10; return i })
	}
	for _, f := range funcs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	mm := map[string][]int{}
	mm["a"] = append(mm["a"], 1, 2)
	mm["b"] = nil
	delete(mm, "zz")
	_, ok := mm["b"]
	fmt.Println(mm, ok, len(mm["q"]))
	type local struct {
		X, Y int
		s    string
	}
	fmt.Printf("%v %+v\n", local{1, 2, "s"}, &local{Y: 3})
	var np *local
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		fmt.Println(np.X)
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		var mp map[string]int
		mp["a"] = 1
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		var e any = "str"
		_ = e.(int)
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		var e any
		_ = e.(fmt.Stringer)
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		var ch chan int
		close(ch)
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		_ = make([]int, -len(s))
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		x := []any{func() {}}
		fmt.Println(x[0] == x[0])
	}()
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		panic(fmt.Errorf("wrapped %w", os.ErrClosed))
	}()
	var u8 uint8 = 250
	u8 += 10
	var i8 int8 = -128
	i8 = -i8
	fmt.Println(u8, i8, 7&^2, -7/2, -7%3, 1<<3|1, 0x1p-2, 1_000, 'a'+1, "s"+"t")
	var x uint32 = 1 << 31
	fmt.Println(x<<1, x>>31, int32(x), ^x, -5>>1, uint8(300&0xff))
	fmt.Println(time.Duration(1.5*float64(time.Second)), min(3, 1, 2), max(2.5, 1), len("日本"))
	clear(mm)
	fmt.Println(len(mm), cap(make([]int, 2, 7)))
}
