package main

import (
	"fmt"
	"time"
)

type kind int

func (k kind) String() string { return fmt.Sprint("kind ", int(k)) }

type failure struct{ m string }

func (f failure) Error() string { return "failure " + f.m }

type both struct {
	e error
	E error
	n int
}

func (b *both) Error() string { return "both " + fmt.Sprint(b.e, b.E) }

type inner struct {
	K kind
	k kind
}

type pair[A, B any] struct {
	a A
	B B
}

type holder struct {
	c kind
	D kind
	t time.Duration
	e error
	l []kind
	m map[kind]failure
	inner
	in struct{ K, x kind }
	s  fmt.Stringer
	a  any
	p  *int
}

// Fields that are not exported are printed without their methods, as fmt prints them.
func main() {
	e := error(failure{"a"})
	h := holder{1, 2, 3, e, []kind{4}, map[kind]failure{5: {"b"}}, inner{6, 7}, struct{ K, x kind }{8, 9}, kind(10), kind(11), nil}
	fmt.Println(h, both{e: e, E: e}, &both{e: e, E: e}, struct {
		e error
		E error
	}{e, e})
	fmt.Printf("%v %+v %s %d\n", h, h, h.l, h.inner)
	fmt.Printf("%#v\n%#v %v %#v\n", h, e, e, []error{e, nil})
	fmt.Println(pair[kind, kind]{1, 2}, []pair[string, kind]{{"a", 3}}, map[kind]pair[kind, error]{1: {2, e}})
	fmt.Printf("%#v %#v\n", both{n: 1}, pair[error, kind]{nil, 1})
}
