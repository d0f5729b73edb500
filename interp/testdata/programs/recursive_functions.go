package main

import (
	"errors"
	"fmt"
	"strings"
)

// Types of functions that are made of themselves.

type lexer struct {
	input string
	pos   int
	items []string
	depth int
}

type stateFn func(*lexer) stateFn

func (l *lexer) run() {
	for state := stateFn(lexText); state != nil; {
		state = state(l)
	}
}

func (l *lexer) runLate() {
	var state stateFn = lexText
	for state != nil {
		l.depth++
		state = state(l)
	}
}

func lexText(l *lexer) stateFn {
	i := strings.IndexByte(l.input[l.pos:], '{')
	if i < 0 {
		return l.done("text")
	}
	if i > 0 {
		l.items = append(l.items, "text:"+l.input[l.pos:l.pos+i])
	}
	l.pos += i + 1
	return lexInside
}

func lexInside(l *lexer) stateFn {
	i := strings.IndexByte(l.input[l.pos:], '}')
	if i < 0 {
		return l.errorf("unclosed at %d", l.pos)
	}
	l.items = append(l.items, "inside:"+l.input[l.pos:l.pos+i])
	l.pos += i + 1
	if l.pos == len(l.input) {
		return nil
	}
	return func(l *lexer) stateFn {
		l.items = append(l.items, "again")
		return lexText
	}
}

func (l *lexer) done(what string) stateFn {
	if l.pos < len(l.input) {
		l.items = append(l.items, what+":"+l.input[l.pos:])
	}
	return nil
}

func (l *lexer) errorf(format string, args ...any) stateFn {
	l.items = append(l.items, "error:"+fmt.Sprintf(format, args...))
	return nil
}

func (f stateFn) name() string {
	if f == nil {
		return "nil"
	}
	return "state"
}

// An option returns the one that undoes it.
type config struct{ size, depth int }

type option func(*config) option

func size(n int) option {
	return func(c *config) option {
		old := c.size
		c.size = n
		return size(old)
	}
}

func depth(n int) option {
	return func(c *config) option {
		defer func(old int) { c.depth = n + old }(c.depth)
		return depth(c.depth)
	}
}

func (c *config) apply(list ...option) (undo []option) {
	for _, o := range list {
		undo = append(undo, o(c))
	}
	return undo
}

// Middleware takes its like.
type handler func(string, handler) (handler, error)

func first(s string, next handler) (handler, error) {
	if s == "" {
		return nil, errors.New("empty")
	}
	if next == nil {
		return second, nil
	}
	return next, nil
}

func second(s string, next handler) (handler, error) {
	return next, fmt.Errorf("second of %s", s)
}

type even func(int) odd

type odd func(int) even

func isEven(n int) odd {
	if n == 0 {
		return nil
	}
	return isOdd
}

func isOdd(n int) even { return isEven }

type walker[T any] func(T) walker[T]

func count[T any](seen *[]T) walker[T] {
	var w walker[T]
	w = func(x T) walker[T] {
		*seen = append(*seen, x)
		if len(*seen) == 3 {
			return nil
		}
		return w
	}
	return w
}

type doer interface{ name() string }

type machine struct {
	state stateFn
	table map[string]stateFn
	list  []stateFn
	pair  [2]stateFn
}

func (m machine) step(l *lexer, which string) stateFn { return m.table[which](l) }

func plain(f func(*lexer) stateFn) string { return fmt.Sprint(f == nil) }

func main() {
	for _, input := range []string{"a{b}c{d}", "{x}y", "none", "a{b", ""} {
		l := &lexer{input: input}
		l.run()
		m := &lexer{input: input}
		m.runLate()
		fmt.Println(l.items, m.items, m.depth)
	}
	c := &config{1, 2}
	undo := c.apply(size(10), depth(20), nil2(size(11)))
	fmt.Println(*c)
	for i := len(undo) - 1; i >= 0; i-- {
		undo[i](c)
	}
	fmt.Println(*c)

	h := handler(first)
	h2, err := h("x", nil)
	fmt.Println(h2 != nil, err)
	h3, err := h2("y", first)
	fmt.Println(h3 != nil, err)
	h4, err := h3("", nil)
	fmt.Println(h4 == nil, err)

	var e even = isEven
	o := e(4)
	fmt.Println(o != nil, o(3) != nil, e(0) == nil)

	var ints []int
	w := count(&ints)
	for i := 0; w != nil; i++ {
		w = w(i)
	}
	var texts []string
	for v := count(&texts); v != nil; {
		v = v("t")
	}
	fmt.Println(ints, texts)

	m := machine{state: lexText, table: map[string]stateFn{"a": lexText, "b": nil}, list: []stateFn{lexText, lexInside, nil}, pair: [2]stateFn{1: lexText}}
	l := &lexer{input: "q{r}"}
	m.state = m.state(l)
	m.state = m.state(l)
	fmt.Println(l.items, m.state == nil, m.table["b"] == nil, m.table["none"] == nil, m.list[2] == nil, m.pair[0] == nil, m.pair[1] != nil)
	l = &lexer{input: "q{r}"}
	fmt.Println(m.step(l, "a") != nil, l.items)
	m.list = append(m.list, lexText, func(*lexer) stateFn { return nil })
	m.list[0], m.list[1] = m.list[1], nil
	fmt.Println(len(m.list), m.list[0] != nil, m.list[1] == nil, m.list[4](l) == nil)
	var a any = m.list[0]
	f, ok := a.(stateFn)
	_, not := a.(func(*lexer) stateFn)
	fmt.Printf("%T %v %v %v\n", a, ok, f != nil, not)
	switch a.(type) {
	case option:
		fmt.Println("option")
	case stateFn:
		fmt.Println("stateFn")
	}
	var d doer = stateFn(nil)
	fmt.Println(d.name(), stateFn(lexText).name(), f.name())
	fmt.Println(plain(f), plain(nil), plain(lexText), plain(stateFn(nil)))
	var g func(*lexer) stateFn = f
	fmt.Println(g != nil)
	ch := make(chan stateFn, 2)
	ch <- lexText
	ch <- nil
	fmt.Println((<-ch) != nil, (<-ch) == nil)
	p := &m.state
	*p = lexInside
	fmt.Println(m.state != nil, (*p)(&lexer{input: "}"}) == nil)
	done := make(chan bool)
	go func(s stateFn) {
		s(&lexer{})
		done <- true
	}(lexText)
	<-done
	func() {
		defer func() { fmt.Println(recover()) }()
		var none stateFn
		none(l)
	}()
	type local func(int) local
	var steps []int
	var s local
	s = func(n int) local {
		steps = append(steps, n)
		if n == 2 {
			return nil
		}
		return s
	}
	for i, t := 0, s; t != nil; i++ {
		t = t(i)
	}
	fmt.Println(steps)
	s = nil
	fmt.Println(s == nil)
}

func nil2(o option) option { return o }
