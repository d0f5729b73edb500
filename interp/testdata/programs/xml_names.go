package main

import (
	"encoding/xml"
	"fmt"
	"os"
)

type point struct{ X, Y int }

type named struct {
	XMLName xml.Name `xml:"called"`
	A       string   `xml:"a,attr"`
	P       point
	hidden  int
}

type degrees float64

type list []point

type pair[T any] struct{ A, B T }

type holder struct {
	D    degrees
	L    list `xml:"l>p"`
	Any  any
	Ptr  *point
	Name string `xml:",chardata"`
}

func show(v any) {
	text, err := xml.Marshal(v)
	fmt.Println(string(text), err)
}

// Package encoding/xml names elements by types.
func main() {
	show(point{1, 2})
	show(&point{1, 2})
	show(named{A: "x", P: point{3, 4}, hidden: 1})
	show(degrees(3))
	show(list{{1, 2}, {3, 4}})
	show([]point{{1, 2}, {3, 4}})
	show([]*point{{1, 2}, nil})
	show(pair[int]{1, 2})
	show(holder{D: 3, L: list{{5, 6}}, Any: point{7, 8}, Ptr: &point{9, 10}, Name: "n"})
	show(3)
	show("text")
	show([]int{1, 2})
	show(struct{ A int }{1})
	show(nil)
	show([]any{point{1, 2}, degrees(3), nil, 5})
	show([]degrees{1, 2})
	show(any(point{}))
	show([]byte("ab"))
	show(map[string]int{})
	text, err := xml.MarshalIndent(point{1, 2}, "", "\t")
	fmt.Println(string(text), err)
	enc := xml.NewEncoder(os.Stdout)
	enc.Indent("", " ")
	fmt.Println(enc.Encode(point{5, 6}))
	fmt.Println(enc.EncodeElement(point{5, 6}, xml.StartElement{Name: xml.Name{Local: "given"}}))
	var p point
	fmt.Println(xml.Unmarshal([]byte("<point><X>4</X><Y>5</Y></point>"), &p), p)
	var n named
	fmt.Println(xml.Unmarshal([]byte(`<called a="q"><P><X>4</X><Y>5</Y></P></called>`), &n), n.A, n.P)
	fmt.Println(xml.Unmarshal([]byte(`<other a="q"></other>`), &n))
}
