package main

import "fmt"

type (
	V struct{ n int }
	I interface{ M() int }
)

func (v *V) M() int { return v.n }
func f(k int) any {
	switch k {
	case 0:
		return nil
	case 1:
		return "s"
	}
	return &V{k}
}

func g(k int) I {
	if k == 0 {
		return nil
	}
	return &V{k}
}

func main() {
	for k := range 3 {
		v := &V{9}
		v, _ = f(k).(*V)
		fmt.Println(v == nil)
		w := &V{9}
		var ok bool
		w, ok = f(k).(*V)
		fmt.Println(w == nil, ok)
		n := 5
		n, _ = f(k).(int)
		fmt.Println(n)
		s := "x"
		s, ok = f(k).(string)
		fmt.Printf("%q %v\n", s, ok)
		var i I = &V{1}
		i, ok = f(k).(I)
		fmt.Println(i == nil, ok)
		x := f(k)
		v = &V{8}
		v, ok = x.(*V)
		fmt.Println(v == nil, ok)
		if v, _ = x.(*V); v == nil {
			fmt.Println("nil")
		}
		st := V{3}
		st, ok = x.(V)
		fmt.Println(st, ok)
		j := g(k)
		v = &V{7}
		v, ok = j.(*V)
		fmt.Println(v == nil, ok)
		m := map[string]*V{"a": {1}}
		v, ok = m["zz"]
		fmt.Println(v == nil, ok)
		n = 4
		mm := map[string]int{}
		n, ok = mm["q"]
		fmt.Println(n, ok)
		ch := make(chan int)
		close(ch)
		n = 4
		n, ok = <-ch
		fmt.Println(n, ok)
		a := [2]int{1, 2}
		ma := map[int][2]int{}
		a, ok = ma[1]
		fmt.Println(a, ok)
		fn := func() {}
		fn, ok = f(k).(func())
		fmt.Println(fn == nil, ok)
		sl := []int{1}
		sl, ok = f(k).([]int)
		fmt.Println(sl == nil, ok)
	}
}
