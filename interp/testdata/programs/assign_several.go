package main

import (
	"errors"
	"fmt"
	"slices"
)

type node struct {
	left, right *node
	value       any
	err         error
	index       map[string]int
	done        func()
	next        chan int
}

type stack[T any] struct {
	top  *T
	rest *stack[T]
}

func (s *stack[T]) pop() (top *T, rest *stack[T]) {
	top, rest = s.top, nil
	return
}

func swap[T any](x, y T) (T, T) {
	x, y = y, x
	return x, y
}

func reverse[T any](list []T) []T {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

type code int

func (c code) String() string { return fmt.Sprintf("code %d", int(c)) }

type failure struct{ n int }

func (f failure) Error() string { return fmt.Sprint("failure ", f.n) }

func first(list []int) (int, error) {
	for i := range slices.Values(list) {
		return i, nil
	}
	return -1, errors.New("none")
}

func mixed() (v any, err error, s fmt.Stringer, f float64) {
	for i := range slices.Values([]int{1, 2}) {
		for range slices.Values([]int{1, 2}) {
			return code(i), failure{i}, code(3), 1
		}
	}
	return nil, nil, nil, 1 << 3
}

func two() (code, failure) { return 1, failure{2} }

func both() (any, error) {
	for range slices.Values([]int{1}) {
		return two()
	}
	return nil, nil
}

func deferred() (n int, err error) {
	defer func() { err = errors.Join(err, errors.New("later")) }()
	for n = range slices.Values([]int{7, 8}) {
		return n + 1, nil
	}
	return
}

func main() {
	var x int
	var err error
	x, err = 1, nil
	fmt.Println(x, err)

	n := &node{value: 1, err: errors.New("e")}
	n.left, n.right = n, n
	n.left, n.right = n.right, nil
	fmt.Println(n.left == n, n.right == nil)
	n.value, n.left = nil, n.left.left
	n.index, n.done, n.next, n.err = nil, nil, nil, nil
	fmt.Println(n.value, n.left == n, n.index, n.done == nil, n.next, n.err)
	n.right, n.value = n, 3
	fmt.Println(n.right == n, n.value)

	var a, b any = 1, "one"
	a, b = b, a
	fmt.Println(a, b)
	func() { a, b = b, nil }()
	fmt.Println(a, b)
	index := func() int { return 1 }
	list := []any{1, "a", nil, 2.5}
	list[index()], list[0] = nil, list[3]
	fmt.Println(list, reverse(list), reverse([]error{nil, err, errors.New("x")}))
	fmt.Println(swap[any](1, "b"))
	fmt.Println(swap[error](nil, errors.New("e")))
	m := map[string]any{"a": 1}
	m["a"], m["b"] = m["none"], m["a"]
	fmt.Println(m)
	for i, e := 0, error(nil); i < 2; i, e = i+1, nil {
		fmt.Println(i, e)
	}
	for k, p, q := 0, any(1), any("q"); k < 3; k, p, q = k+1, q, p {
		fmt.Println(k, p, q)
	}
	if x, err = 6, nil; err == nil {
		fmt.Println(x)
	}
	top, rest := (&stack[int]{top: &x}).pop()
	fmt.Println(*top, rest == nil)
	fmt.Println(first([]int{4}))
	fmt.Println(first(nil))
	fmt.Println(mixed())
	fmt.Println(both())
	fmt.Println(deferred())
}
