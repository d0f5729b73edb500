package main

import "fmt"

type (
	V struct{ n int }
	K string
)

func main() {
	m := map[string]int{"a": 1}
	mv := map[string]V{"a": {1}}
	mp := map[string]*V{"a": {1}}
	ms := map[string][]int{"a": {1}}
	xs := []any{1, "s", V{1}, &V{2}, nil, K("k"), []int{1}}
	for _, k := range []string{"a", "b", "a", "c"} {
		v, ok := m[k]
		w, ok2 := mv[k]
		p, ok3 := mp[k]
		s, ok4 := ms[k]
		fmt.Println(v, ok, w, ok2, p == nil, ok3, s, ok4)
		if v, ok := m[k]; !ok {
			fmt.Println("none", v)
		}
		if v := m[k]; v == 0 {
			fmt.Println("zero", mv[k], ms[k] == nil)
		}
		var e int
		e, _ = m[k]
		_, ok = m[k]
		fmt.Println(e, ok)
	}
	for _, x := range xs {
		i, ok := x.(int)
		s, ok2 := x.(string)
		v, ok3 := x.(V)
		p, ok4 := x.(*V)
		k, ok5 := x.(K)
		l, ok6 := x.([]int)
		st, ok7 := x.(fmt.Stringer)
		fmt.Println(i, ok, s, ok2, v, ok3, p == nil, ok4, k, ok5, l, ok6, st, ok7)
		switch y := x.(type) {
		case int:
			fmt.Println("int", y)
		case V, *V:
			fmt.Printf("%T\n", y)
		case nil:
			fmt.Println("nil", y)
		}
	}
	ch := make(chan int, 4)
	ch <- 1
	close(ch)
	for range 3 {
		v, ok := <-ch
		fmt.Println(v, ok)
		select {
		case u, ok := <-ch:
			fmt.Println(u, ok)
		}
	}
	type T struct {
		v  int
		ok bool
	}
	var t T
	t.v, t.ok = m["a"]
	fmt.Println(t)
	t.v, t.ok = m["zz"]
	fmt.Println(t)
	arr := []int{7, 8}
	oks := map[string]bool{}
	arr[0], oks["x"] = m["zz"]
	fmt.Println(arr, oks)
	var a any = 5
	a, ok := m["zz"]
	fmt.Println(a, ok)
	var f float64 = 3
	f, ok = any(2).(float64)
	fmt.Println(f, ok)
	var e error = fmt.Errorf("x")
	e, ok = any(1).(error)
	fmt.Println(e, ok)
}
