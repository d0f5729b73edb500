package main

import "fmt"

type (
	P struct{ x, y int }
	W struct {
		a [3]int
		p P
		q *P
		s []int
	}
)

func (w W) set(i, v int) W { w.a[i] = v; return w }
func (w *W) pset(i, v int) { w.a[i] = v }
func arr(a [3]int) [3]int  { a[0] = 99; return a }
func mod(p P) P            { p.x = -1; return p }

type Holder interface{ get() [3]int }

func (w W) get() [3]int { return w.a }

func main() {
	a := [3]int{1, 2, 3}
	b := a
	b[0] = 7
	fmt.Println(a, b, arr(a), a)
	w := W{a: a, p: P{1, 2}, q: &P{3, 4}, s: []int{1}}
	v := w
	v.a[1] = 50
	v.p.x = 60
	v.q.x = 70
	v.s[0] = 80
	fmt.Println(w.a, w.p, *w.q, w.s, v.a, v.p)
	u := w.set(0, 5)
	fmt.Println(w.a, u.a)
	w.pset(0, 6)
	fmt.Println(w.a)
	var h Holder = w
	w.a[0] = 1000
	fmt.Println(h.get())
	g := h.get()
	g[0] = 1
	fmt.Println(h.get(), g)
	for i, x := range a {
		a[2] = 100
		fmt.Print(i, x, " ")
	}
	fmt.Println()
	for i, x := range &b {
		b[2] = 100
		fmt.Print(i, x, " ")
	}
	fmt.Println()
	ps := []P{{1, 2}, {3, 4}}
	for _, p := range ps {
		p.x = 9
	}
	fmt.Println(ps)
	for i := range ps {
		p := &ps[i]
		p.x *= 10
	}
	fmt.Println(ps, mod(ps[0]), ps[0])
	m := map[string]P{"a": {1, 2}}
	p := m["a"]
	p.x = 5
	fmt.Println(m, p)
	ma := map[string][2]int{"a": {1, 2}}
	t := ma["a"]
	t[0] = 9
	fmt.Println(ma, t)
	aa := [2][2]int{{1, 2}, {3, 4}}
	bb := aa
	bb[0][0] = 9
	row := aa[1]
	row[0] = 8
	fmt.Println(aa, bb, row)
	x, y := P{1, 2}, P{3, 4}
	x, y = y, x
	fmt.Println(x, y)
	ps[0], ps[1] = ps[1], ps[0]
	fmt.Println(ps)
	aa[0], aa[1] = aa[1], aa[0]
	fmt.Println(aa)
	var e1, e2 any = a, a
	fmt.Println(e1 == e2, e1 == any(b))
	a[0] = -5
	fmt.Println(e1, a)
	ch := make(chan P, 1)
	x.x = 1
	ch <- x
	x.x = 2
	fmt.Println(<-ch, x)
	f := func() P { return x }
	x.x = 3
	fmt.Println(f())
	xp := &x
	z := *xp
	xp.x = 4
	fmt.Println(z, x, *xp)
	q := &w.p
	w.p = P{7, 8}
	fmt.Println(*q)
	s := a[:]
	s[1] = 77
	fmt.Println(a, s, len(s), cap(s[1:2]))
	s2 := append(s[:1], 55)
	fmt.Println(a, s2)
	s3 := append(s[:1:1], 56)
	fmt.Println(a, s3)
	st := struct {
		P
		n [2]P
	}{P{1, 2}, [2]P{{3, 4}, {5, 6}}}
	st2 := st
	st2.n[0].x = 33
	st2.x = 11
	fmt.Println(st, st2, st == st2)
	pp := &st.n[1].y
	*pp = 66
	fmt.Println(st)
	func(arr [2]P) { arr[0].x = 1234 }(st.n)
	fmt.Println(st.n)
	fn := func(w W) { w.a[0]++; w.p.x++ }
	fn(w)
	fmt.Println(w.a, w.p)
	res := [](func() int){}
	for i := 0; i < 3; i++ {
		k := P{i, i}
		res = append(res, func() int { k.x += 10; return k.x })
	}
	fmt.Println(res[0](), res[0](), res[1](), res[2]())
	var iface any = ps[0]
	ps[0].x = 4321
	fmt.Println(iface, ps[0])
	lst := []any{x, a}
	x.x, a[0] = 42, 42
	fmt.Println(lst)
	mm := map[string]any{"p": x}
	x.x = 43
	fmt.Println(mm)
	arrp := &[3]int{1, 2, 3}
	for i := range arrp {
		arrp[i] *= 2
	}
	c := *arrp
	arrp[0] = 0
	fmt.Println(c, *arrp, len(arrp))
	copy(arrp[1:], arrp[:])
	fmt.Println(*arrp)
	sl := []int{1, 2, 3, 4, 5}
	copy(sl, sl[2:])
	fmt.Println(sl)
	sl = append(sl[:1], sl[2:]...)
	fmt.Println(sl)
	ar := [3]int(sl[:3])
	ar[0] = 5
	ap := (*[3]int)(sl)
	ap[1] = 500
	fmt.Println(ar, sl)
	var np *[3]int
	fmt.Println(len(np), np == nil)
	for i := range np {
		fmt.Print(i)
	}
	fmt.Println()
}
