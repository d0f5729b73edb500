package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"
)

// Types that are made of themselves without a struct between, other than functions.

type nest []nest

func (n nest) depth() int {
	most := 0
	for _, x := range n {
		most = max(most, x.depth())
	}
	return most + 1
}

func (n *nest) grow(x nest) { *n = append(*n, x) }

func (n nest) Len() int           { return len(n) }
func (n nest) Less(i, j int) bool { return len(n[i]) < len(n[j]) }
func (n nest) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }

type tree map[string]tree

func (t tree) paths(prefix string) []string {
	if len(t) == 0 {
		return []string{prefix}
	}
	var out []string
	for k, sub := range t {
		out = append(out, sub.paths(prefix+"/"+k)...)
	}
	slices.Sort(out)
	return out
}

func (t tree) add(path ...string) {
	if len(path) == 0 {
		return
	}
	sub, ok := t[path[0]]
	if !ok {
		sub = tree{}
		t[path[0]] = sub
	}
	sub.add(path[1:]...)
}

type link chan link

type pointer *pointer

type rows []cols

type cols map[int]rows

type grid [2]*grid

type shown []shown

func (s shown) String() string { return fmt.Sprintf("<%d>", len(s)) }

type holder struct {
	n nest
	t tree
	m map[string]nest
	l []tree
}

func variadic(list ...nest) int { return len(list) }

func plain(list []nest) int { return len(list) }

func given() nest { return nest{{}, {{}}} }

func two() (nest, tree) { return nil, tree{"x": nil} }

func named() (n nest, t tree) {
	n = append(n, nest{})
	return
}

func lists() {
	n := nest{nest{}, {{}, nil}, nil}
	fmt.Println(n, len(n), cap(n), n.depth(), n[1], n[1][0] == nil, n[1][1] == nil, n == nil)
	n[0] = append(n[0], nest{nil}, nil)
	n[2] = n[0][:1]
	fmt.Println(n, len(n[2]), n[0][0:1:1], n[1:], n[:1], n[:])
	n.grow(nest{{{}}})
	fmt.Println(n, n.depth())
	for i := range n {
		fmt.Print(i, " ")
	}
	for i, x := range n[1] {
		fmt.Print(i, x, " ")
	}
	fmt.Println()
	var zero nest
	fmt.Println(zero, zero == nil, len(zero), zero.depth())
	zero = make(nest, 2, 5)
	zero[1] = n
	fmt.Println(zero, cap(zero))
	copied := make(nest, 1)
	fmt.Println(copy(copied, n), copied)
	fmt.Println(variadic(n...), variadic(n, nil), plain(n), plain(nest{{}}))
	var unnamed []nest = n
	back := nest(unnamed)
	n = unnamed[:2]
	fmt.Println(len(unnamed), len(back), len(n))
	joined := append(nest{}, unnamed...)
	joined = append(joined, n...)
	fmt.Println(len(joined), len(append([]nest{}, n...)))
	p := &n[0]
	*p = nest{nil, nil}
	fmt.Println(n, *p, (*p)[0] == nil, len(*p))
	sort.Sort(sort.Reverse(back))
	sort.Slice(back, func(i, j int) bool { return len(back[i]) < len(back[j]) })
	fmt.Println(back)
	a, b := two()
	fmt.Println(a, b, given(), len(given()[1]))
	c, d := named()
	fmt.Println(c, d, d == nil)
	clear(n)
	fmt.Println(n)
	n, unnamed = nil, nil
	fmt.Println(n == nil, unnamed == nil)
	slices.Reverse(joined)
	fmt.Println(joined, slices.IndexFunc(joined, func(x nest) bool { return x == nil }))
}

func maps() {
	t := tree{"a": {"b": nil, "c": {}}, "d": nil}
	fmt.Println(t, len(t), t["a"]["b"] == nil, t["none"] == nil, t["none"]["more"] == nil)
	t.add("a", "c", "e")
	t["d"] = tree{"f": tree{}}
	fmt.Println(t.paths(""), len(t["a"]))
	sub, ok := t["a"]
	_, not := t["z"]
	fmt.Println(sub, ok, not)
	if x, ok := t["d"]["f"]; ok {
		fmt.Println(x)
	}
	delete(t, "a")
	delete(t["d"], "f")
	fmt.Println(t)
	var none tree
	fmt.Println(none, none == nil, none["x"], len(none))
	none = make(tree)
	none["y"] = t
	fmt.Println(none)
	for k, v := range none {
		fmt.Println(k, v)
	}
	m := map[string]tree(none)
	fmt.Println(len(m), tree(m)["y"])
	clear(none)
	fmt.Println(none)
}

func others() {
	c := make(link, 2)
	c <- make(link, 1)
	c <- nil
	x := <-c
	y, ok := <-c
	fmt.Println(len(c), cap(c), cap(x), y == nil, ok, c == x, c == c)
	close(c)
	for range c {
		fmt.Println("none")
	}
	select {
	case z, ok := <-c:
		fmt.Println(z == nil, ok)
	default:
		fmt.Println("default")
	}
	select {
	case x <- c:
		fmt.Println("sent", len(x))
	}
	var p pointer
	q := pointer(&p)
	*q = q
	fmt.Println(p == q, *q == q, **q == p, p == nil)
	e := new(pointer)
	*e = p
	var f pointer = e
	fmt.Println(*f == p, f == p)
	r := rows{{1: {{}}, 2: nil}, nil}
	fmt.Println(r, len(r[0][1]), r[1] == nil)
	g := grid{&grid{}, nil}
	g[0][1] = &g
	fmt.Println(g[0][1] == &g, g[1] == nil, len(g))
}

func values() {
	n := nest{{}, {{}}}
	fmt.Printf("%v %+v %T %d\n", n, n, n, n)
	fmt.Printf("%#v\n", n)
	t := tree{"a": nil, "b": {"c": {}}}
	fmt.Printf("%v %T %#v\n", t, t, t)
	var a any = n
	got, ok := a.(nest)
	_, isTree := a.(tree)
	_, isList := a.([]nest)
	fmt.Println(got, ok, isTree, isList)
	for _, x := range []any{n, t, link(nil), []nest(n), nil} {
		switch x := x.(type) {
		case nest:
			fmt.Println("nest", len(x))
		case tree:
			fmt.Println("tree", len(x))
		case link:
			fmt.Println("link", x == nil)
		case []nest:
			fmt.Println("list", len(x))
		default:
			fmt.Println("none", x)
		}
	}
	h := holder{n: n, m: map[string]nest{"x": n}, l: []tree{t, nil}}
	h.t = t
	h.m["y"] = append(h.m["y"], n)
	h.n[0] = h.m["x"]
	fmt.Printf("%v\n", []any{h.t, h.l, len(h.m["y"])})
	text, err := json.Marshal(t)
	fmt.Println(string(text), err)
	var back tree
	fmt.Println(json.Unmarshal([]byte(`{"x":{"y":{},"z":null}}`), &back), back, back["x"]["z"] == nil)
	text, err = json.Marshal(nest{{}, nil, {{}}})
	fmt.Println(string(text), err)
	var list nest
	fmt.Println(json.Unmarshal([]byte(`[[],[[],null]]`), &list), list, list[1][1] == nil)
	fmt.Println(shown{nil, {}}, []shown{{}, {nil}}, map[string]shown{"a": {}})
	fmt.Println(reflect.DeepEqual(nest{{}}, nest{{}}), reflect.DeepEqual(nest{{}}, nest{nil}))
	fmt.Println(strings.Repeat("=", len(n)))
	defer func() { fmt.Println(recover()) }()
	fmt.Println(n[5])
}

func main() {
	lists()
	maps()
	others()
	values()
}
