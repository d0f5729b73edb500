package main

import "fmt"

type T struct {
	n int
	s []int
	m map[string]int
}

func two(k int) (n int, err error) {
	if k%2 == 0 {
		n = k
		return
	}
	return 0, fmt.Errorf("e%d", k)
}

func maybe(k int) (r *T) {
	if k == 1 {
		r = &T{n: k}
	}
	return
}

func main() {
	var fs []func() int
	var ps []*T
	for i := range 3 {
		var n int
		n += i
		var s []int
		s = append(s, i)
		var a [2]int
		a[1] += i
		var t T
		t.n += i
		t.s = append(t.s, i)
		var m map[string]int
		var p *T
		var e error
		var x any
		fmt.Println(n, s, a, t.n, t.s, m == nil, p == nil, e, x)
		if i == 0 {
			m, p, e, x = map[string]int{}, &t, fmt.Errorf("z"), 5
			_ = m
			_, _, _ = p, e, x
		}
		u := T{n: i}
		u.m = map[string]int{"k": i}
		fs = append(fs, func() int { u.n += 10; return u.n + n })
		ps = append(ps, &u)
		v, err := two(i)
		fmt.Println(v, err, maybe(i) == nil)
		c, d := two(i)
		fmt.Println(c, d)
		if y, err := two(i); err != nil {
			fmt.Println("err", y, err)
		}
		arr := [3]int{i}
		sl := arr[:]
		sl[2] = i * 2
		fmt.Println(arr, sl)
		var str string
		str += fmt.Sprint(i)
		fmt.Println(str)
		z := []int{}
		z = append(z, i)
		w := make(map[int]int)
		w[i]++
		fmt.Println(z, w, new(int) == nil, *new(int))
		var ok bool
		if i == 1 {
			ok = true
		}
		fmt.Println(ok)
		const k = 5
		var f func()
		if f == nil {
			f = func() { fmt.Print("f", i, " ") }
		}
		f()
		switch q := i; {
		case q == 1:
			var inner int
			inner++
			fmt.Println("inner", inner)
		}
	}
	fmt.Println()
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	for _, p := range ps {
		fmt.Print(p.n, p.m, " ")
	}
	fmt.Println()
	i := 0
loop:
	var cnt int
	cnt++
	fmt.Print(cnt, " ")
	if i++; i < 3 {
		goto loop
	}
	fmt.Println()
	var acc [][]int
	for i := range 3 {
		row := make([]int, 2)
		row[0] = i
		acc = append(acc, row)
		var fixed [2]int
		fixed[0] = i
		acc = append(acc, fixed[:])
	}
	fmt.Println(acc)
	type node struct {
		v    int
		next *node
	}
	var head *node
	for i := range 3 {
		head = &node{i, head}
	}
	for n := head; n != nil; n = n.next {
		fmt.Print(n.v, " ")
	}
	fmt.Println()
	structs := []T{}
	for i := range 3 {
		var t T
		t.n = i
		structs = append(structs, t)
	}
	fmt.Println(structs[0].n, structs[1].n, structs[2].n)
	cnts := map[string]int{}
	for _, w := range []string{"a", "b", "a"} {
		c, ok := cnts[w]
		if !ok {
			c = 100
		}
		cnts[w] = c + 1
	}
	fmt.Println(cnts)
}
