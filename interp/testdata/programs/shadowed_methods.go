package main

import "fmt"

// Of the methods of embedded types the one at the least depth counts.

type A struct{ n string }

func (a A) Name() string     { return "A" + a.n }
func (a *A) Rename(n string) { a.n = n }

type Deep struct{ A }
type Deeper struct{ Deep }
type Mid struct{ m string }

func (m Mid) Name() string { return "Mid" + m.m }

type Namer interface{ Name() string }
type Renamer interface {
	Namer
	Rename(string)
}

type S struct {
	Deep
	Mid
}

type P struct {
	*Deep
	*Mid
}

type Q struct {
	Deeper
	x int
}

type V struct {
	Q
	Namer
}

type W struct {
	*V
}

func (m Mid) String() string { return "mid" }
func (a A) String() string   { return "a" }

func main() {
	s := S{Deep{A{"1"}}, Mid{"2"}}
	fmt.Println(s.Name(), Namer(s).Name(), Namer(&s).Name())
	var r Renamer = &s
	r.Rename("x")
	fmt.Println(r.Name(), s.Deep.Name())
	p := P{&Deep{A{"3"}}, &Mid{"4"}}
	fmt.Println(p.Name(), Namer(p).Name(), Namer(&p).Name())
	r = p
	r.Rename("y")
	fmt.Println(r.Name(), p.Deep.Name())
	q := Q{Deeper{Deep{A{"5"}}}, 1}
	fmt.Println(q.Name(), Namer(q).Name())
	r = &q
	r.Rename("z")
	fmt.Println(r.Name())
	v := V{q, Mid{"6"}}
	fmt.Println(v.Name(), Namer(v).Name())
	w := W{&v}
	fmt.Println(w.Name(), Namer(w).Name())
	fmt.Println(s, p.Mid, q, fmt.Stringer(s), fmt.Sprint(&s))
	f := s.Name
	g := S.Name
	h := Namer.Name
	fmt.Println(f(), g(s), h(s), h(p), h(v))
	var a any = s
	if n, ok := a.(Namer); ok {
		fmt.Println(n.Name())
	}
	if n, ok := a.(fmt.Stringer); ok {
		fmt.Println(n.String())
	}
	type local struct {
		Deep
		Mid
	}
	l := local{Deep{A{"7"}}, Mid{"8"}}
	fmt.Println(l.Name(), Namer(l).Name(), fmt.Stringer(l))
}
