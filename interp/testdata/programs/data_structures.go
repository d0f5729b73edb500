package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

type Item struct {
	value    string
	priority int
	index    int
}
type PQ []*Item

func (pq PQ) Len() int           { return len(pq) }
func (pq PQ) Less(i, j int) bool { return pq[i].priority > pq[j].priority }
func (pq PQ) Swap(i, j int)      { pq[i], pq[j] = pq[j], pq[i]; pq[i].index, pq[j].index = i, j }
func (pq *PQ) Push(x any)        { it := x.(*Item); it.index = len(*pq); *pq = append(*pq, it) }
func (pq *PQ) Pop() any {
	old, n := *pq, len(*pq)
	it := old[n-1]
	old[n-1], it.index = nil, -1
	*pq = old[:n-1]
	return it
}

type IntHeap []int

func (h IntHeap) Len() int           { return len(h) }
func (h IntHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h IntHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *IntHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *IntHeap) Pop() (x any) {
	x, *h = (*h)[len(*h)-1], (*h)[:len(*h)-1]
	return x
}

type rot13 struct{ r io.Reader }

func (r rot13) Read(b []byte) (n int, err error) {
	n, err = r.r.Read(b)
	for i, c := range b[:n] {
		switch {
		case 'a' <= c && c <= 'z':
			b[i] = 'a' + (c-'a'+13)%26
		case 'A' <= c && c <= 'Z':
			b[i] = 'A' + (c-'A'+13)%26
		}
	}
	return
}

type byLen []string

func (b byLen) Len() int { return len(b) }
func (b byLen) Less(i, j int) bool {
	if l, m := len(b[i]), len(b[j]); l != m {
		return l < m
	}
	return b[i] < b[j]
}
func (b byLen) Swap(i, j int) { b[i], b[j] = b[j], b[i] }

type Poly []float64

func (p Poly) Eval(x float64) (y float64) {
	for i := len(p) - 1; i >= 0; i-- {
		y = y*x + p[i]
	}
	return
}
func (p Poly) String() string {
	var parts []string
	for i, c := range slices.Backward(p) {
		switch {
		case c == 0:
			continue
		case i == 0:
			parts = append(parts, strconv.FormatFloat(c, 'g', -1, 64))
		case i == 1:
			parts = append(parts, fmt.Sprintf("%gx", c))
		default:
			parts = append(parts, fmt.Sprintf("%gx^%d", c, i))
		}
	}
	if parts == nil {
		return "0"
	}
	return strings.Join(parts, " + ")
}
func (p Poly) Derive() Poly {
	if len(p) < 2 {
		return nil
	}
	d := make(Poly, len(p)-1)
	for i := range d {
		d[i] = float64(i+1) * p[i+1]
	}
	return d
}

func newton(f, df func(float64) float64, x float64) (float64, int) {
	n := 0
	for ; n < 50; n++ {
		dx := f(x) / df(x)
		if x -= dx; math.Abs(dx) < 1e-12 {
			break
		}
	}
	return x, n
}

func primes(n int) (out []int) {
	sieve := make([]bool, n+1)
	for i := 2; i <= n; i++ {
		if sieve[i] {
			continue
		}
		out = append(out, i)
		for j := i * i; j <= n; j += i {
			sieve[j] = true
		}
	}
	return
}

func permutations(xs []int, f func([]int)) {
	var rec func(int)
	rec = func(k int) {
		if k == len(xs) {
			f(xs)
			return
		}
		for i := k; i < len(xs); i++ {
			xs[k], xs[i] = xs[i], xs[k]
			rec(k + 1)
			xs[k], xs[i] = xs[i], xs[k]
		}
	}
	rec(0)
}

func main() {
	pq := PQ{}
	for i, w := range []string{"low", "high", "mid"} {
		heap.Push(&pq, &Item{value: w, priority: []int{1, 9, 5}[i]})
	}
	pq[len(pq)-1].priority = 7
	heap.Fix(&pq, len(pq)-1)
	for pq.Len() > 0 {
		it := heap.Pop(&pq).(*Item)
		fmt.Print(it.value, ":", it.priority, " ")
	}
	h := &IntHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	fmt.Println((*h)[0], h.Len(), heap.Pop(h), *h)
	l := list.New()
	e4 := l.PushBack(4)
	l.InsertBefore("three", e4)
	l.PushFront(1.5)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Printf("%v(%T) ", e.Value, e.Value)
	}
	r := ring.New(3)
	for i := range r.Len() {
		r.Value = i * i
		r = r.Next()
	}
	sum := 0
	r.Do(func(v any) { sum += v.(int) })
	fmt.Println(sum)
	io.Copy(os.Stdout, rot13{strings.NewReader("Uryyb, Jbeyq!\n")})
	words := byLen{"pear", "fig", "apple", "kiwi", "date"}
	sort.Sort(sort.Reverse(words))
	fmt.Println(words)
	p := Poly{-2, 0, 1}
	root, n := newton(p.Eval, p.Derive().Eval, 1)
	fmt.Printf("%v %v %.10f %d %v\n", p, p.Derive(), root, n, Poly{})
	fmt.Println(primes(30), sort.SearchInts(primes(30), 17))
	count, last := 0, ""
	permutations([]int{1, 2, 3}, func(x []int) { count++; last = fmt.Sprint(x) })
	fmt.Println(count, last)
	hs := fnv.New32a()
	hs.Write([]byte("hello"))
	fmt.Printf("%08x %d %d %d\n", hs.Sum32(), bits.OnesCount(255), bits.LeadingZeros32(1), bits.Reverse8(3))
	s := "naïve café"
	for i, w := 0, 0; i < len(s); i += w {
		r, width := utf8.DecodeRuneInString(s[i:])
		if w = width; w > 1 {
			fmt.Printf("%c@%d ", r, i)
		}
	}
	fmt.Println(filepath.Join("a", "..", "b", "c.txt"), strings.FieldsFunc("a1b22c", func(r rune) bool { return r >= '0' && r <= '9' }))
	groups := map[int][]string{}
	for w := range strings.SplitSeq("the quick brown fox jumps", " ") {
		groups[len(w)] = append(groups[len(w)], w)
	}
	fmt.Println(groups, len(groups[5]))
	type kv struct {
		k string
		v int
	}
	freq := map[rune]int{}
	for _, r := range "mississippi" {
		freq[r]++
	}
	var kvs []kv
	for k, v := range freq {
		kvs = append(kvs, kv{string(k), v})
	}
	slices.SortFunc(kvs, func(a, b kv) int {
		if a.v != b.v {
			return b.v - a.v
		}
		return strings.Compare(a.k, b.k)
	})
	fmt.Printf("%v %+v\n", kvs, kvs[0])
	idx, found := slices.BinarySearchFunc(kvs, kv{v: 2}, func(a, b kv) int { return b.v - a.v })
	fmt.Println(idx, found, slices.MaxFunc(kvs, func(a, b kv) int { return strings.Compare(a.k, b.k) }))
	matrix := [][]float64{{2, 1}, {1, 3}}
	det := func(m [][]float64) float64 { return m[0][0]*m[1][1] - m[0][1]*m[1][0] }
	tr := make([][]float64, 2)
	for i := range tr {
		tr[i] = make([]float64, 2)
		for j := range tr[i] {
			tr[i][j] = matrix[j][i]
		}
	}
	fmt.Println(det(matrix), tr, math.Round(-2.5), math.Trunc(2.7), math.Mod(7, -3), math.Hypot(3, 4))
	a, err := strconv.Atoi("12x")
	fmt.Println(a, err)
	_, err = strconv.ParseInt("999999999999999999999", 10, 64)
	if ne, ok := err.(*strconv.NumError); ok {
		fmt.Println(ne.Func, ne.Num, ne.Err == strconv.ErrRange)
	}
	var sc [3]int
	nn, err := fmt.Sscanf("1-2-3", "%d-%d-%d", &sc[0], &sc[1], &sc[2])
	fmt.Println(nn, err, sc)
}
