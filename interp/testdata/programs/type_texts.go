package main

import "fmt"

type T struct{ a, B int }
type U struct {
	T
	c map[string]T `k:"v"`
}

func main() {
	fmt.Printf("%T|%T|%T\n", struct{ s int }{1}, struct {
		T
		s []T
	}{}, []struct {
		A int `json:"a"`
		b string
	}{})
	fmt.Printf("%#v|%#v\n", struct{ s int }{1}, struct {
		T
		s []T
	}{})
	fmt.Printf("%T %#v %+v %v\n", U{}, U{c: map[string]T{"x": {1, 2}}}, U{}, &U{})
	var x any = struct{ s int }{1}
	defer func() { fmt.Println(recover()) }()
	_ = x.(U)
}
