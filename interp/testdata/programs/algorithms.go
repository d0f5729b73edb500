package main

import "fmt"

type Vec3 struct{ X, Y, Z float64 }

func (a Vec3) Add(b Vec3) Vec3        { return Vec3{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }
func (a Vec3) Mul(s float64) Vec3     { return Vec3{a.X * s, a.Y * s, a.Z * s} }
func (a *Vec3) Acc(b Vec3) *Vec3      { *a = a.Add(b); return a }
func (a Vec3) Dot(b Vec3) (d float64) { d = a.X*b.X + a.Y*b.Y + a.Z*b.Z; return }

type Body struct {
	Pos, Vel Vec3
	Mass     float64
	trail    [4]Vec3
}
type System struct {
	Bodies []Body
	byName map[string]*Body
	G      float64
}

func (s *System) Step(dt float64) {
	acc := make([]Vec3, len(s.Bodies))
	for i := range s.Bodies {
		for j, b := range s.Bodies {
			if i == j {
				continue
			}
			d := b.Pos.Add(s.Bodies[i].Pos.Mul(-1))
			r2 := d.Dot(d) + 0.01
			acc[i].Acc(d.Mul(s.G * b.Mass / r2))
		}
	}
	for i := range s.Bodies {
		b := &s.Bodies[i]
		copy(b.trail[1:], b.trail[:])
		b.trail[0] = b.Pos
		b.Vel.Acc(acc[i].Mul(dt))
		b.Pos.Acc(b.Vel.Mul(dt))
	}
}

type Grid [4][4]int

func (g Grid) Life() (next Grid) {
	for y, row := range g {
		for x := range row {
			n := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if dx|dy != 0 {
						n += g[(y+dy+4)%4][(x+dx+4)%4]
					}
				}
			}
			if n == 3 || n == 2 && g[y][x] == 1 {
				next[y][x] = 1
			}
		}
	}
	return
}

type LinkedList[T any] struct {
	head, tail *elem[T]
	size       int
}
type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *LinkedList[T]) Push(vs ...T) *LinkedList[T] {
	for _, v := range vs {
		e := &elem[T]{v: v}
		if l.tail == nil {
			l.head, l.tail = e, e
		} else {
			l.tail.next, l.tail = e, e
		}
		l.size++
	}
	return l
}
func (l *LinkedList[T]) Reverse() {
	var prev *elem[T]
	l.tail = l.head
	for e := l.head; e != nil; {
		e.next, prev, e = prev, e, e.next
	}
	l.head = prev
}
func (l *LinkedList[T]) Each(f func(int, T) bool) {
	for i, e := 0, l.head; e != nil; i, e = i+1, e.next {
		if !f(i, e.v) {
			return
		}
	}
}
func Fold[T, A any](l *LinkedList[T], a A, f func(A, T) A) A {
	for _, v := range l.Each {
		a = f(a, v)
	}
	return a
}

type Matrix[T ~int | ~float64] struct {
	rows, cols int
	data       []T
}

func NewMatrix[T ~int | ~float64](rows, cols int, data ...T) Matrix[T] {
	m := Matrix[T]{rows: rows, cols: cols, data: make([]T, rows*cols)}
	copy(m.data, data)
	return m
}
func (m Matrix[T]) At(i, j int) *T { return &m.data[i*m.cols+j] }
func (m Matrix[T]) Mul(o Matrix[T]) Matrix[T] {
	r := NewMatrix[T](m.rows, o.cols)
	for i := range m.rows {
		for j := range o.cols {
			for k := range m.cols {
				*r.At(i, j) += *m.At(i, k) * *o.At(k, j)
			}
		}
	}
	return r
}

type Celsius struct{ v int }
type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }
func (o Opt[T]) OrElse(d T) T {
	if o.ok {
		return o.v
	}
	return d
}
func Bind[A, B any](o Opt[A], f func(A) Opt[B]) (r Opt[B]) {
	if o.ok {
		r = f(o.v)
	}
	return
}

func collatz(n uint64) (steps int) {
	for ; n != 1; steps++ {
		if n&1 == 0 {
			n >>= 1
		} else {
			n = 3*n + 1
		}
	}
	return
}

func knapsack(w, v []int, cap int) int {
	best := make([][]int, len(w)+1)
	for i := range best {
		best[i] = make([]int, cap+1)
	}
	for i := 1; i <= len(w); i++ {
		for c := 0; c <= cap; c++ {
			best[i][c] = best[i-1][c]
			if w[i-1] <= c {
				best[i][c] = max(best[i][c], best[i-1][c-w[i-1]]+v[i-1])
			}
		}
	}
	return best[len(w)][cap]
}

func editDistance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	prev := make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i, x := range ra {
		cur := append([]int{i + 1}, make([]int, len(rb))...)
		for j, y := range rb {
			cost := 1
			if x == y {
				cost = 0
			}
			cur[j+1] = min(prev[j]+cost, prev[j+1]+1, cur[j]+1)
		}
		prev = cur
	}
	return prev[len(rb)]
}

func queens(n int) (count int) {
	cols, d1, d2 := make([]bool, n), make([]bool, 2*n), make([]bool, 2*n)
	var place func(int)
	place = func(r int) {
		if r == n {
			count++
			return
		}
		for c := range n {
			if cols[c] || d1[r+c] || d2[r-c+n] {
				continue
			}
			cols[c], d1[r+c], d2[r-c+n] = true, true, true
			place(r + 1)
			cols[c], d1[r+c], d2[r-c+n] = false, false, false
		}
	}
	place(0)
	return
}

func main() {
	s := System{G: 1, Bodies: []Body{{Mass: 1}, {Pos: Vec3{X: 1}, Vel: Vec3{Y: 1}, Mass: 0.1}}}
	s.byName = map[string]*Body{"sun": &s.Bodies[0], "earth": &s.Bodies[1]}
	for range 10 {
		s.Step(0.01)
	}
	fmt.Printf("%.6f %.6f %.4f\n", s.byName["earth"].Pos, s.Bodies[0].Vel, s.Bodies[1].trail[3])
	s.byName["sun"].Mass = 7
	cp := s.Bodies[0]
	cp.trail[0].X = 99
	fmt.Println(s.Bodies[0].Mass, s.Bodies[0].trail[0].X != 99)
	g := Grid{1: {0, 1, 0, 0}, 2: {0, 1}, 3: {0, 1}}
	fmt.Println(g.Life(), g.Life().Life() == g, g != g.Life())
	l := (&LinkedList[string]{}).Push("a", "b", "c").Push("d")
	l.Reverse()
	fmt.Println(Fold(l, "", func(a, s string) string { return a + s }), Fold(l, 0, func(n int, s string) int { return n + len(s) }), l.tail.v)
	for i, v := range l.Each {
		if i == 2 {
			break
		}
		fmt.Print(i, v, " ")
	}
	a := NewMatrix(2, 2, 1, 2, 3, 4)
	*a.At(0, 0) *= 10
	fmt.Println(a.Mul(a).data, NewMatrix[float64](1, 1, 0.5).Mul(NewMatrix(1, 1, 4.0)))
	half := func(n int) Opt[float64] {
		if n%2 != 0 {
			return Opt[float64]{}
		}
		return Some(float64(n) / 2)
	}
	fmt.Println(Bind(Some(6), half).OrElse(-1), Bind(Some(7), half).OrElse(-1), Bind(Opt[int]{}, half))
	fmt.Println(collatz(27), knapsack([]int{1, 3, 4, 5}, []int{1, 4, 5, 7}, 7), editDistance("kitten", "sitting"), queens(6))
	var x interface{} = Celsius{3}
	if c, ok := x.(Celsius); ok && c.v > 2 {
		fmt.Println("warm", c)
	}
	fib := func() func() int {
		a, b := 0, 1
		return func() (r int) { r, a, b = a, b, a+b; return }
	}()
	for range 5 {
		fmt.Print(fib(), " ")
	}
	memo := map[int]int{}
	var f func(int) int
	f = func(n int) (r int) {
		if r, ok := memo[n]; ok {
			return r
		}
		defer func() { memo[n] = r }()
		if n < 2 {
			return n
		}
		return f(n-1) + f(n-2)
	}
	fmt.Println(f(40), len(memo))
	p := &s.Bodies[1].Pos
	q := *p
	p.X, q.X = -1, -2
	pp := &p
	(*pp).Y = 5
	(**pp).Z = 6
	fmt.Println(s.Bodies[1].Pos, q.X, p == &s.Bodies[1].Pos)
	arr := [...]int{5, 4, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Print(v, " ")
		}
	}
	for i, v := range &arr {
		arr[2] = 20
		if i == 2 {
			fmt.Print(v, " ")
		}
	}
	sl := arr[:]
	for i, v := range sl {
		if i < 3 {
			sl = append(sl, v)
		}
	}
	fmt.Println(sl, arr)
}
