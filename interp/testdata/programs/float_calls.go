package main

import "fmt"

// Calls with floats wherever an expression can be.

var g = 1.0

func set(x float64) float64 { g = x; return x }
func neg(z float64) float64 { return -z }

type acc struct{ sum float64 }

func (a *acc) add(x float64) *acc { a.sum += x; return a }

func two(x float64) (float64, error) { return x, nil }

func main() {
	z := neg(0)
	set(2)
	a := &acc{}
	a.add(1).add(z).add(2)
	fmt.Println(a.sum, a.add(3).sum+a.add(4).sum)
	xs := []float64{1, 2, 3}
	i := 0
	next := func() int { i++; return i - 1 }
	xs[next()] = set(xs[next()])
	fmt.Println(xs, i)
	xs[0], xs[1] = set(9), set(8)
	fmt.Println(xs, g)
	if v, err := two(set(3)); err == nil && set(v) > 2 {
		fmt.Println(v, g)
	}
	for i, x := range xs {
		if i == 1 {
			continue
		}
		switch y := set(x); {
		case set(y) > 5 && set(1) == 1:
			fmt.Println("big", y, g)
		default:
			fmt.Println("small", y, g)
		}
	}
L:
	for x := set(0); set(x) < 5; x = set(x) + 1 {
		for {
			if set(x) > 2 {
				break L
			}
			continue L
		}
	}
	fmt.Println(g)
	m := map[float64]float64{}
	m[set(1)] += set(2)
	m[set(1)] += set(2)
	fmt.Println(m)
	fs := []func(float64) float64{set, neg}
	for _, f := range fs {
		fmt.Print(f(1), " ", 1/f(z), " ")
	}
	fmt.Println()
	for i := 0; set(float64(i)*-1) > -3 && i < 5 || set(g) > 0; i++ {
		fmt.Print(i, " ")
	}
	func() {
		for i := 0; i < 2 && later(z*float64(i)) < 0 || later(g) > 100; i++ {
			fmt.Print(i, " ")
		}
		if !(later(z) < 0 && later(-z) > 0) || later(z) == 1 {
			fmt.Println("first")
		}
		switch x := later(z); {
		case later(x) == 5, later(-x) < 1e300 && x < 0:
			fmt.Println("first")
		case later(later(z)) < 0:
			fmt.Println("second")
		}
		t := point{z, z}
		if t.last() < 0 && (point{1, z}).last() < 0 {
			fmt.Println("methods")
		}
	}()
}

func later(x float64) float64 { return 1 / x }

type point struct{ x, y float64 }

func (p point) last() float64 { return 1 / p.y }
