package main

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sort"
	"strings"
	"sync"
)

type E struct{ n int }

func (e *E) Error() string { return fmt.Sprint("E", e.n) }

type IDs []int

func main() {
	s := []int{5, 1, 4, 1, 3}
	fmt.Println(slices.SortedFunc(slices.Values(s), func(a, b int) int { return b - a }))
	fmt.Println(slices.SortedStableFunc(slices.Values(s), func(a, b int) int { return a%2 - b%2 }))
	fmt.Println(slices.AppendSeq(s[:1:1], slices.Values([]int{8, 9})), s)
	for c := range slices.Chunk(IDs{1, 2, 3, 4, 5}, 2) {
		fmt.Printf("%v %d %d %T;", c, len(c), cap(c), c)
	}
	fmt.Println()
	t := []int{1, 1, 2, 2, 2, 3}
	fmt.Println(slices.Compact(t), t)
	u := []string{"a", "A", "b", "B"}
	fmt.Println(slices.CompactFunc(u, strings.EqualFold), len(u), u)
	fmt.Println(slices.EqualFunc([]int{1, 2}, []string{"1", "2"}, func(a int, b string) bool { return fmt.Sprint(a) == b }))
	fmt.Println(slices.Compare([]int{1, 2}, []int{1, 3}), slices.Compare([]int{1, 2}, []int{1}), slices.Compare([]int{1}, []int{1, 0}), slices.Compare([]float64{math.NaN()}, []float64{1}))
	fmt.Println(slices.CompareFunc([]int{1}, []string{"aa"}, func(a int, b string) int { return a - len(b) }))
	g := slices.Grow([]int{1}, 10)
	fmt.Println(len(g), cap(g) >= 11, cap(slices.Clip(g)), g[0])
	d := []int{1, 2, 3, 4, 5, 6}
	fmt.Println(slices.DeleteFunc(d, func(i int) bool { return i%2 == 0 }), d)
	r := []int{1, 2, 3, 4, 5}
	fmt.Println(slices.Replace(r, 1, 3, 9), r)
	fmt.Println(slices.Replace([]int{1, 2, 3}, 1, 2, 7, 8, 9))
	b := make([]int, 3, 10)
	c := slices.Insert(b, 1, 7, 8)
	c[0] = 99
	fmt.Println(b, c, b[:5])
	fmt.Println(slices.Insert([]int{1, 4}, 1, 2, 3), slices.Insert([]int{}, 0, 1))
	fmt.Println(slices.IsSortedFunc([]int{3, 2, 1}, func(a, b int) int { return b - a }), slices.IsSorted([]float64{math.NaN(), 1}), slices.IsSorted([]float64{1, math.NaN()}))
	fmt.Println(slices.BinarySearchFunc([]string{"a", "bb", "ccc"}, 2, func(s string, n int) int { return len(s) - n }))
	m := map[string]int{"a": 1, "b": 2}
	n := maps.Collect(maps.All(m))
	maps.Insert(n, maps.All(map[string]int{"c": 3}))
	fmt.Println(n, len(m), maps.EqualFunc(m, map[string]string{"a": "1", "b": "2"}, func(i int, s string) bool { return fmt.Sprint(i) == s }))
	var err error = fmt.Errorf("w: %w", &E{7})
	e, ok := errors.AsType[*E](err)
	fmt.Println(e, ok)
	_, ok = errors.AsType[*E](errors.New("x"))
	fmt.Println(ok)
	fmt.Println(reflect.TypeFor[int](), reflect.TypeFor[error](), reflect.TypeFor[map[string][]int]())
	k := rand.N(10)
	fmt.Println(k >= 0 && k < 10)
	var calls int
	f := sync.OnceValues(func() (int, error) { calls++; return calls, err })
	a1, _ := f()
	a2, e2 := f()
	fmt.Println(a1, a2, e2, calls)
	ov := sync.OnceValue(func() string { calls++; return "v" })
	fmt.Println(ov(), ov(), calls)
	next, stop := iter.Pull2(slices.All([]string{"x", "y"}))
	fmt.Println(next())
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
	keys := slices.Collect(maps.Keys(m))
	sort.Strings(keys)
	fmt.Println(keys)
	func() {
		defer func() { fmt.Println(recover()) }()
		for range slices.Chunk([]int{1}, 0) {
		}
	}()
}
