package main

import "fmt"

type point struct{ x, y int }

func (p point) add(n int) int { return p.x + n }

func double(i int) int { return 2 * i }

var global any

// What function literals put into variables outside of them arrives there.
func received() {
	ints, lists, errs := make(chan int, 9), make(chan []int, 1), make(chan error, 1)
	for i := range cap(ints) {
		ints <- i + 10
	}
	lists <- []int{1}
	errs <- fmt.Errorf("sent")
	var a int
	var b any
	var c []int
	var d error
	func() { a = <-ints }()
	func() { func() { b = <-ints }() }()
	func() { c, d = <-lists, <-errs }()
	fmt.Println(a, b, c, d)
	done := make(chan bool)
	go func() { a = <-ints; done <- true }()
	<-done
	e := <-ints
	func() { e++ }()
	var f = <-ints
	p := &f
	*p *= 2
	var g any = <-ints
	func() { g = fmt.Sprint(g, <-ints) }()
	global = <-ints
	global = "set again"
	fmt.Println(a, e, f, g, global)
	out := make(chan int, 1)
	select {
	case out <- <-ints:
	}
	func() {
		select {
		case a = <-out:
		}
	}()
	fmt.Println(a)
}

func literals() {
	var s struct{ x, y int }
	func() { s = struct{ x, y int }{1, 2} }()
	var p point
	func() { defer func() { p = point{s.y, s.x} }() }()
	var list []struct{ n string }
	func() { list = append(list, struct{ n string }{"a"}) }()
	fmt.Println(s, p, list)
}

// A variable that holds a declared function is no other name of it.
func functions() {
	f := double
	g, h := double, func(i int) int { return i }
	var k = double
	if q := double; true {
		fmt.Println(q(1))
	}
	list := []func(int) int{double, f, g, h, k, (double)}
	f, h = h, f
	for _, x := range append(list, f, h) {
		fmt.Print(x(3), " ")
	}
	fmt.Println(double(3))
}

func parentheses() (n int) {
	p := point{1, 2}
	defer (func() { n += 100 })()
	defer (func() { n *= 2 })()
	(p.x) = 5
	(&p).y++
	go (func() {})()
	f := (double)
	(func(i int) { n = i })((double)(4))
	fmt.Println((p.add)(1), (point.add)(p, 2), (f)(3), (fmt.Sprint)("x"), (func(int) int)(double)(5), (p).x)
	return (n)
}

func main() {
	received()
	literals()
	functions()
	fmt.Println(parentheses())
}
