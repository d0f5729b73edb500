package main

import (
	"container/list"
	"container/ring"
	"context"
	"fmt"
	"math"
	"time"
)

type box struct{ v any }

func (b *box) set(v any) any { b.v = v; return b.v }

type kind int

func (k kind) String() string { return fmt.Sprint("kind ", int(k)) }

var global any

func negative(i int) any           { return -i }
func shifted(i int) (any, any)     { return ^i, i << 3 }
func named(i int) (v any, e error) { v = i % 2; return v, nil }
func sent(i int) chan any {
	c := make(chan any, 1)
	c <- i << 2
	return c
}

// Results of operators go into interfaces of every place.
func main() {
	i, j, u, b, f, s, z, d := 3, 2, uint(1), true, 2.5, "abc", 1+2i, 3*time.Second
	fmt.Println(negative(i), <-sent(i), func() any { return -f }())
	fmt.Println(shifted(i))
	fmt.Println(named(i))
	var y any
	p := &y
	for _, set := range []func(){
		func() { y = -i }, func() { y = i << 2 }, func() { y = ^i }, func() { y = -(i + j) }, func() { y = i &^ j },
		func() { y = -f }, func() { y = -z }, func() { y = -d }, func() { y = -kind(i) }, func() { y = kind(i) << 1 },
		func() { y = u << 3 }, func() { y = uint8(i) << 7 }, func() { y = !b }, func() { y = i == j && b },
		func() { *p = i % j }, func() { global = s + "d"; y = global }, func() { global = i; global = -i; y = global },
	} {
		set()
		fmt.Printf("%v %T; ", y, y)
	}
	fmt.Println()
	r, l, w := ring.New(1), list.New(), box{}
	e := l.PushBack(-i)
	fmt.Print(e.Value, " ")
	for _, v := range []func(){
		func() { r.Value = i * i; w.v = i * i }, func() { r.Value = -i; w.v = -i }, func() { r.Value = s + "!"; w.v = s + "!" },
		func() { r.Value = b && !b; w.v = b && !b }, func() { r.Value = f / 2; w.v = math.Pi * f }, func() { r.Value = d / 3; w.v = d * 2 },
	} {
		v()
		e.Value = i + 1
		fmt.Print(r.Value, " ", w.v, " ", e.Value, "; ")
	}
	m := map[any]any{-i: i << 1}
	m[i<<4] = -j
	fmt.Println(m[-3], m[48], []any{-i, i << 2}, box{-i}, (&box{}).set(-i), append([]any{}, -f)[0])
	fmt.Println(context.WithValue(context.Background(), kind(1), -i).Value(kind(i - 2)))
	func() {
		defer func() { fmt.Println(recover()) }()
		panic(-i)
	}()
	switch v := any(-i).(type) {
	case int:
		fmt.Println(v, any(i-6) == any(-i))
	}
}
