package main

import "fmt"

type op struct{ code int }

type pair struct{ inner op }

func (o *op) apply(a, b float64) (x float64) {
	switch l, r := a, b; o.code {
	case 0:
		x = l + r
	case 1:
		x = l - r
	default:
		x = l * r
	}
	return
}

func (o op) name(codes []int, m map[string]int, p *int) (s string) {
	switch n := 10; codes[o.code] {
	case 10:
		s = fmt.Sprint("ten", n)
	case 20:
		s = fmt.Sprint("twenty", n)
	}
	switch k := "a"; m[k] {
	case 1:
		s += " one"
	case 2:
		s += " two"
	}
	switch k := 1; *p {
	case 0:
		s += " zero"
	case k:
		s += " k"
	}
	return
}

// A switch with a statement before its tag, of every kind of tag.
func main() {
	for code := range 3 {
		o := &op{code}
		w := pair{*o}
		fmt.Print(o.apply(9, 4), " ")
		switch x := 1; w.inner.code + x {
		case 1:
			fmt.Print("first ")
		case 2:
			fmt.Print("second ")
		case 3:
			fmt.Print("third ")
		}
	loop:
		switch f := func() int { return code }; f() {
		case 1:
			break loop
		case 2:
			fmt.Print("called ")
		}
		switch x := w; x.inner {
		case op{1}:
			fmt.Print("equal ")
		}
	}
	one := 1
	fmt.Println(op{1}.name([]int{10, 20}, map[string]int{"a": 2}, &one))
}
