package main

import "fmt"

type S struct{ n int }

func (s *S) cleanup() { fmt.Println("cleanup", s.n, recover()) }
func (s S) vclean(e *error) {
	fmt.Println("vclean", s.n)
	if r := recover(); r != nil {
		*e = fmt.Errorf("%v", r)
	}
}

type C interface{ cleanup() }

func handle(e *error) {
	if r := recover(); r != nil {
		*e = fmt.Errorf("handled %v", r)
	}
}
func mk() func() { return func() { fmt.Println("mk", recover()) } }

func try(name string, f func()) {
	defer func() { fmt.Println(name, "escaped:", recover()) }()
	f()
}

func main() {
	try("var", func() { h := func() { fmt.Println("h", recover()) }; defer h(); panic(1) })
	try("mk", func() { defer mk()(); panic(2) })
	try("method", func() { s := &S{1}; defer s.cleanup(); panic(3) })
	try("iface", func() { var c C = &S{2}; defer c.cleanup(); panic(4) })
	try("named", func() { var err error; func() { defer handle(&err); panic(5) }(); fmt.Println(err) })
	try("vmethod", func() { var err error; func() { defer S{3}.vclean(&err); panic(6) }(); fmt.Println(err) })
	try("builtin", func() { defer recover(); panic(7) })
	try("builtinprint", func() { defer func() { recover() }(); panic(8) })
	try("method value", func() { s := &S{4}; f := s.cleanup; defer f(); panic(9) })
	try("repanic", func() {
		defer func() { panic(fmt.Sprint("re ", recover())) }()
		panic(10)
	})
	try("two", func() {
		var err error
		func() {
			defer handle(&err)
			defer func() { panic("inner") }()
		}()
		fmt.Println(err)
	})
	try("loop", func() {
		for i := 0; i < 3; i++ {
			func() {
				defer func() {
					if i == 1 {
						fmt.Println("rec", recover())
					}
				}()
				if i == 1 {
					panic(i)
				}
			}()
		}
	})
	try("goexit-like", func() {
		defer fmt.Println("d1")
		defer func() {
			defer func() { fmt.Println("in", recover()) }()
			panic("x")
		}()
	})
	try("nested recover", func() {
		defer func() {
			func() { fmt.Println("nested", recover()) }()
		}()
		panic("n")
	})
	try("recover twice", func() {
		defer func() { fmt.Println(recover(), recover()) }()
		panic("tw")
	})
	try("ret after recover", func() {
		f := func() (x int, s string) {
			defer func() { recover(); s = "set" }()
			x = 5
			panic("q")
		}
		fmt.Println(f())
	})
	try("panic nil", func() { panic(nil) })
	try("err", func() { panic(fmt.Errorf("e%d", 1)) })
}
