package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("[done]")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs[K comparable, V any](ks []K, vs []V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for i := range ks {
			if !yield(ks[i], vs[i]) {
				return
			}
		}
	}
}

func filter[T any](s iter.Seq[T], p func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for x := range s {
			if p(x) && !yield(x) {
				return
			}
		}
	}
}

type Tree[T any] struct {
	l, r *Tree[T]
	v    T
}

func (t *Tree[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) { t.push(yield) }
}

func (t *Tree[T]) push(yield func(T) bool) bool {
	return t == nil || t.l.push(yield) && yield(t.v) && t.r.push(yield)
}

func find(n int) (res string) {
	defer func() { res += "!" }()
	for i := range count(10) {
		for j := range count(10) {
			if i*j == n {
				return fmt.Sprint(i, j)
			}
			if j > i {
				break
			}
		}
	}
	return "none"
}

func main() {
	for i := range count(5) {
		if i == 1 {
			continue
		}
		if i == 3 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
	fmt.Println(find(6), find(-1))
	for k, v := range pairs([]string{"a", "b"}, []int{1, 2}) {
		fmt.Print(k, v, " ")
	}
	fmt.Println()
	t := &Tree[int]{&Tree[int]{nil, nil, 1}, &Tree[int]{nil, nil, 3}, 2}
	for v := range t.All() {
		fmt.Print(v, " ")
	}
	fmt.Println(slices.Collect(filter(t.All(), func(i int) bool { return i%2 == 1 })))
	next, stop := iter.Pull(t.All())
	a, ok := next()
	b, ok2 := next()
	stop()
	c, ok3 := next()
	fmt.Println(a, ok, b, ok2, c, ok3)
	m := map[string]int{"x": 1, "y": 2, "z": 3}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Sorted(maps.Values(m)))
	keys := []string{}
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys, slices.Index(keys, "y"), slices.Contains(keys, "q"), slices.Max(keys))
	s := []int{3, 1, 2}
	slices.SortFunc(s, func(a, b int) int { return b - a })
	fmt.Println(s, len(slices.Clone(s)))
	for i, v := range slices.Backward(s) {
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	for p := range strings.SplitSeq("a,b,c", ",") {
		fmt.Print(p, ";")
	}
	for i, l := range slices.Collect(strings.Lines("x\ny\n")) {
		fmt.Printf("%d%q ", i, l)
	}
	fmt.Println()
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println()
	func() {
		defer func() { fmt.Println("rec", recover()) }()
		for x := range count(3) {
			defer fmt.Print("deferred", x, " ")
			if x == 1 {
				panic("in body")
			}
		}
	}()
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { return i * i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
outer:
	for i := range count(3) {
		for j := range count(3) {
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	func() {
		for range count(2) {
			goto out
		}
	out:
		fmt.Println("out")
	}()
	type kv struct {
		k string
		v int
	}
	kvs := []kv{{"b", 2}, {"a", 2}, {"c", 1}}
	slices.SortStableFunc(kvs, func(x, y kv) int { return x.v - y.v })
	fmt.Println(kvs)
	idx, found := slices.BinarySearchFunc(kvs, 2, func(e kv, t int) int { return e.v - t })
	fmt.Println(idx, found)
	x, y := slices.Equal([]int{1}, []int{1}), slices.Compact([]int{1, 1, 2, 2, 1})
	fmt.Println(x, y, slices.Insert([]int{1, 4}, 1, 2, 3), slices.Delete([]int{0, 1, 2, 3}, 1, 3))
	mm := maps.Collect(pairs([]int{1, 2}, []string{"o", "t"}))
	maps.DeleteFunc(mm, func(k int, v string) bool { return k == 1 })
	fmt.Println(mm)
}
