package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

type N struct {
	Next *N
	V    int
}
type Holder struct {
	Any any
	F   func() `json:"f,omitempty"`
}
type L struct{ Kids []any }

func main() {
	n := &N{V: 1}
	n.Next = &N{V: 2}
	b, err := json.Marshal(n)
	fmt.Println(string(b), err)
	n.Next = n
	_, err = json.Marshal(n)
	fmt.Println(err)
	var uv *json.UnsupportedValueError
	fmt.Println(errors.As(err, &uv))
	l := &L{}
	l.Kids = []any{1, l}
	_, err = json.Marshal(l)
	fmt.Println(err != nil, errors.As(err, &uv))
	m := map[string]any{}
	m["h"] = Holder{Any: m}
	_, err = json.Marshal(m)
	fmt.Println(err != nil, errors.As(err, &uv))
	shared := &N{V: 7}
	b, err = json.Marshal([]*N{shared, shared})
	fmt.Println(string(b), err)
	var ut *json.UnsupportedTypeError
	for _, v := range []any{Holder{F: func() {}}, Holder{Any: make(chan int)}, Holder{Any: complex(1, 2)}, Holder{Any: Holder{Any: func() {}}}} {
		_, err = json.Marshal(v)
		fmt.Println(err, errors.As(err, &ut))
	}
	_, err = json.Marshal(Holder{Any: math.Inf(1)})
	fmt.Println(err, errors.As(err, &uv))
}
