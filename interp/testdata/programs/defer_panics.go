package main

import "fmt"

func a() (err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("a: %v", e)
		}
	}()
	defer func() { panic("x") }()
	return nil
}

func b() (err error) {
	defer func() {
		fmt.Println("b", recover())
	}()
	defer func() { panic("second") }()
	panic("first")
}

func c() {
	defer fmt.Println("c end")
	defer func() {
		fmt.Println("c", recover())
	}()
	defer func() {
		fmt.Println("c0", recover())
		panic("again")
	}()
	panic("first")
}

func d() (n int) {
	defer func() { n *= 2 }()
	defer func() { n += 3 }()
	return 4
}

func e() {
	defer func() { fmt.Println("e", recover()) }()
	defer func() { fmt.Println("in e"); var m map[string]int; m["a"] = 1 }()
	defer func() { defer func() { fmt.Println("inner", recover()) }(); panic("inner") }()
}

func g() {
	defer func() { fmt.Println("g", recover()) }()
	for i := 0; i < 3; i++ {
		defer func(i int) {
			fmt.Println("d", i)
			if i == 1 {
				panic(i)
			}
		}(i)
	}
}
func helper() any { return recover() }
func h() {
	defer func() { fmt.Println("h", recover()) }()
	defer func() { fmt.Println("nested helper", helper()) }()
	panic("p")
}

func i() {
	defer func() { fmt.Println("i", recover()) }()
	func() { defer func() {}(); panic("deep") }()
}

func main() {
	fmt.Println(a())
	b()
	c()
	fmt.Println(d())
	e()
	g()
	h()
	i()
}
