package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A loop's variable, new in each iteration, is hidden by one of the body.
func loops() {
	var calls []func()
	for i := 0; i < 3; i++ {
		defer func() { fmt.Print(" d", i) }()
		calls = append(calls, func() { i += 10; fmt.Print(i, " ") })
		i := i * 2
		calls = append(calls, func() { fmt.Print(i, ";") })
	}
	for _, f := range calls {
		f()
	}
	for i, k := 0, 10; i < 6; i, k = i+1, k-1 {
		p := &i
		if i == 2 {
			i := "hidden"
			fmt.Print(i, " ")
			continue
		}
		func() { i++ }()
		for k := range 2 {
			if k == 1 {
				break
			}
			fmt.Print("k", k, " ")
		}
		fmt.Print(*p, i, k, " ")
		i, k := k, i
		fmt.Println(i, k)
	}
}

// Variables hide what is predeclared.
func predeclared(len int, new []int, true int, nil string, any float64, error int, int64 int, append string) (string int) {
	defer func() { string += len }()
	for i := range len {
		string += i << len
		fmt.Print(i, new[i:], true, nil, any, error, int64, append, " ")
	}
	x := new[:1:1]
	var p *int
	if p == p {
		string++
	}
	var q interface{ M() } = method{}
	switch append := q.(type) {
	case method:
		fmt.Print(append)
	}
	for i, v := range x {
		func() { string += i + v }()
	}
	for i := 0; i < 2; i++ {
		defer func() { string += i }()
	}
	return string
}

type method struct{ max int }

func (method) M() {}

func truths(false bool, nil error) (ok bool, err error) {
	true := !false
	for fmt := 0; fmt < 2; fmt++ {
		defer func() { ok = fmt == 1 || ok }()
	}
	strings := strings.Repeat("a", 2)
	for v := range slices.Values([]int{1, 2, 3}) {
		if v == 1 {
			continue
		}
		if v == 3 {
			break
		}
		if true && v == 2 && strings == "aa" {
			return false, nil
		}
	}
	return true, nil
}

func wrapped() (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("wrapped: %w", err)
		}
	}()
	for range slices.Values([]int{1}) {
		if err := errors.New("inner"); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	loops()
	fmt.Println()
	fmt.Println(predeclared(2, []int{1, 2, 3}, 1, "nil", 2.5, 3, 4, "app"))
	fmt.Println(truths(false, nil))
	fmt.Println(wrapped())
	max := method{max: 3}
	cap, min := max.max, func(x ...int) int { return len(x) }
	fmt.Println(cap, min(4, 5), max)
	const len, copy = "constant", 2 << 3
	fmt.Println(len, copy)
}
