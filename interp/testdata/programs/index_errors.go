package main

import "fmt"

type m struct {
	data []float64
	cols int
}

func (x m) at(i, j int) float64 { return x.data[i*x.cols+j] }

// try prints the run-time error of a function: index and length are in its text.
func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

type row [3]string

type table struct {
	rows []row
	more map[string][]int
}

func (t table) cell(i, j int) string { return t.rows[i][j] }

func deferred(a []int, i int) (err error) {
	defer func() { err = recover().(error) }()
	return fmt.Errorf("none for %d", a[i])
}

func again(a []int, i int) {
	defer func() {
		try(func() { a[i+1] = 1 })
		panic(recover())
	}()
	a[i] = 0
}

func listed(a []int, i int) {
	defer fmt.Println("first")
	defer fmt.Println("second")
	a[i]++
}

func sum(a []int, from, to int) (s int) {
	for i := from; i < to; i++ {
		s += a[i]
	}
	return s
}

func decode(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

var global = []int{1, 2}

func main() {
	a := []int{1, 2, 3}
	b := [3]int{1, 2, 3}
	s := "abc"
	n := 5
	grid := [][]float64{{1, 2}, {3, 4}}
	try(func() { _ = a[n] })
	try(func() { a[n] = 3 })
	try(func() { a[n]++ })
	try(func() { _ = b[n] })
	try(func() { _ = s[n] })
	try(func() { _ = a[n:] })
	try(func() { _ = a[:n] })
	try(func() { _ = a[2:n] })
	try(func() { _ = a[n-2 : n-4] })
	try(func() { _ = a[-n+4:] })
	try(func() { _ = s[1:n] })
	try(func() { _ = b[1:n] })
	try(func() { _ = a[1:2:n] })
	try(func() { _ = a[0:n:3] })
	try(func() { _ = grid[n][0] })
	try(func() { _ = grid[1][n] })
	try(func() { grid[1][n] = 2 })
	try(func() { _ = a[a[2]] })
	try(func() { _ = global[n] })
	try(func() { _ = a[-n] })
	try(func() { fmt.Println(m{make([]float64, 6), 3}.at(2, 1)) })
	try(func() {
		for i := 0; i <= len(a); i++ {
			a[i] *= 2
		}
	})
	try(func() {
		for i := range a {
			if a[i] > 100 {
				fmt.Println(a[i+1])
			}
			fmt.Println(a[i+1])
		}
	})
	try(func() { var x []int; fmt.Println(x[0]) })
	try(func() { _ = a[uint8(200)] })
	p := &b
	try(func() { fmt.Println(p[n]) })
	try(func() {
		defer func() { try(func() { _ = a[7] }) }()
		_ = a[n]
	})
	try(func() { x, y := a[0], a[n+1]; fmt.Println(x, y) })
	try(func() { f(a, 9) })
	try(func() { _ = append(a[:1], a[n:]...) })
	t := table{make([]row, 2), map[string][]int{"x": {1}}}
	try(func() { _ = t.cell(2, 0) })
	try(func() { _ = t.cell(1, 3) })
	try(func() { _ = t.cell(-1, 0) })
	try(func() { t.rows[1][n] = "x" })
	try(func() { _ = t.more["x"][n] })
	try(func() { _ = t.more["y"][0] })
	fmt.Println(deferred(a, n), deferred(a, -n))
	try(func() { again(a, n) })
	try(func() { listed(a, n) })
	try(func() { sum(a, 1, n) })
	try(func() { decode([]byte{1, 2}) })
	try(func() {
		for i, x := range a {
			fmt.Println(x, s[i+1:i+2])
		}
	})
	x := 10
	try(func() { _ = a[0:x] })
	try(func() { p := &a[n]; *p = 1 })
	try(func() { fmt.Println(s[len(s)]) })
	try(func() { _ = []rune(s)[n] })
	try(func() { a[n], a[0] = a[0], a[n] })
	done := make(chan bool)
	go func() {
		defer close(done)
		try(func() { a[n+2]++ })
	}()
	<-done
}

func f(a []int, i int) int { return g(a, i) + 1 }
func g(a []int, i int) int { return a[i] }
