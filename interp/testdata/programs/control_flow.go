package main

import "fmt"

var trace []string

func t(s string, v int) int           { trace = append(trace, s); return v }
func tb(s string, v bool) bool        { trace = append(trace, s); return v }
func flush()                          { fmt.Println(trace); trace = nil }
func two() (int, int)                 { return t("two", 1), 2 }
func add(a, b int) int                { return a + b }
func vari(p string, xs ...int) string { return fmt.Sprint(p, len(xs), xs) }
func three() (string, int, int)       { return "p", 1, 2 }
func named(n int) (a, b int, err error) {
	if n == 0 {
		return
	}
	a = n
	if n == 1 {
		b = a * 2
		return
	}
	{
		a := 100
		_ = a
	}
	return b, a, fmt.Errorf("e%d", n)
}

func main() {
	arr := []int{0, 1, 2, 3}
	arr[t("i", 1)] = t("v", 5) + t("w", 6)
	flush()
	m := map[int]int{}
	m[t("k", 1)], arr[t("j", 2)] = t("a", 1), t("b", 2)
	flush()
	i := 0
	i, arr[i] = 2, 9
	fmt.Println(i, arr)
	arr[0], arr[arr[0]%4] = 3, 8
	fmt.Println(arr)
	_ = tb("x", false) && tb("y", true) || tb("z", true)
	flush()
	fmt.Println(add(two()), vari(three()), vari("a"), vari("b", arr...), vari("c", 1, 2))
	flush()
	fmt.Println(t("1", 1)+t("2", 2)*t("3", 3), []int{t("4", 4), t("5", 5)}, map[string]int{"a": t("6", 6)})
	flush()
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			switch {
			case j == 1 && i == 0:
				continue outer
			case i == 2:
				break outer
			case j == 2:
				break
			default:
				fmt.Print(i, j, " ")
			}
		}
		fmt.Print("end", i, " ")
	}
	fmt.Println()
	switch x := t("s", 2); x {
	case t("c1", 1):
		fmt.Println("one")
	case t("c2", 2), t("c3", 3):
		fmt.Println("two")
		fallthrough
	case 99:
		fmt.Println("fell")
	default:
		fmt.Println("no")
	}
	flush()
	n := 0
loop:
	if n < 3 {
		n++
		goto loop
	}
	fmt.Println(n)
	for k := range 3 {
		defer func() { fmt.Print("d", k, " ") }()
	}
	var fs []func() int
	for k := 0; k < 3; k++ {
		fs = append(fs, func() int { k *= 10; return k })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	x := 1
	{
		x := x + 1
		x++
		fmt.Print(x, " ")
	}
	if x := 5; x > 3 {
		fmt.Print(x, " ")
	} else if y := x; y > 0 {
		fmt.Print(y)
	}
	fmt.Println(x)
	for i, x := range []int{1, 2} {
		x, i := x*10, i+100
		fmt.Print(x, i, " ")
	}
	fmt.Println()
	fmt.Println(named(0))
	fmt.Println(named(1))
	fmt.Println(named(2))
	s := []int{1, 2, 3}
	for i, v := range s {
		if i == 0 {
			s = append(s, 4)
			s[1] = 50
		}
		fmt.Print(v, " ")
	}
	fmt.Println(s)
	s = []int{1, 2, 3}
	for i := range s {
		s = s[:1]
		fmt.Print(i)
	}
	fmt.Println(len(s))
	mm := map[int]bool{1: true, 2: true, 3: true}
	for k := range mm {
		delete(mm, k)
	}
	fmt.Println(len(mm))
	var np map[string]int
	for range np {
	}
	v, ok := np["x"]
	fmt.Println(v, ok, len(np))
	fib := func() func() int {
		a, b := 0, 1
		return func() int { a, b = b, a+b; return a }
	}()
	for range 10 {
		fmt.Print(fib(), " ")
	}
	fmt.Println()
	var rec func(int) int
	rec = func(n int) int {
		if n < 2 {
			return n
		}
		return rec(n-1) + rec(n-2)
	}
	fmt.Println(rec(15))
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	fmt.Println(len(ch), cap(ch))
	a, ok1 := <-ch
	b, ok2 := <-ch
	c, ok3 := <-ch
	fmt.Println(a, ok1, b, ok2, c, ok3)
	select {
	case v, ok := <-ch:
		fmt.Println("closed", v, ok)
	default:
		fmt.Println("default")
	}
	var nilch chan int
	select {
	case <-nilch:
	default:
		fmt.Println("nil chan")
	}
	arr2 := [...]string{2: "c", 0: "a", 4: "e"}
	fmt.Println(len(arr2), fmt.Sprintf("%q", arr2))
	sl := []int{5: 1, 2, 1: 7}
	fmt.Println(sl)
	type pair struct {
		k string
		v int
	}
	ps := []*pair{{"a", 1}, {"b", 2}}
	mp := map[pair][]pair{{"x", 1}: {{"y", 2}}}
	fmt.Println(*ps[1], mp[pair{"x", 1}][0].k)
	if p, q := two(); p < q {
		fmt.Println("lt")
	}
	flush()
	func() {
		defer func() { fmt.Println("rec", recover() != nil) }()
		var arr []int
		_ = arr[t("idx", 0)]
	}()
	flush()
	k := 3
	k += k * k
	k <<= 2
	k &^= 8
	k |= 1
	k ^= 3
	k %= 17
	fmt.Println(k)
	str := "a"
	str += "b" + str
	fmt.Println(str, str < "b", str[1:], str+"c" == "abac")
	var iface any = 5
	switch iface {
	case 5.0:
		fmt.Println("float")
	case 5:
		fmt.Println("int")
	}
	switch y := iface.(type) {
	case int, string:
		fmt.Printf("%T\n", y)
	}
	func() {
		for i := 0; ; i++ {
			if i > 2 {
				return
			}
			func() {
				defer func() { recover() }()
				panic(i)
			}()
		}
	}()
	goto end
end:
	fmt.Println("end")
}
