package main

import "fmt"

func main() {
	try := func(s string, f func()) {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println(s, r)
			}
		}()
		f()
	}
	mk := func() chan int { a := make(chan int, 5); a <- 1; a <- 2; close(a); return a }
	try("index", func() {
		cs := []<-chan int{mk()}
		c := cs[0]
		for v := range c {
			fmt.Print(v, " ")
		}
	})
	try("bidir", func() {
		cs := []chan int{mk()}
		for _, c := range cs {
			for v := range c {
				fmt.Print(v, " ")
			}
		}
	})
	try("recv", func() {
		cs := []<-chan int{mk()}
		for _, c := range cs {
			fmt.Print(<-c, " ")
		}
	})
	try("range", func() {
		cs := []<-chan int{mk()}
		for _, c := range cs {
			for v := range c {
				fmt.Print(v, " ")
			}
		}
	})
	try("range i", func() {
		cs := []<-chan int{mk()}
		for i := range cs {
			for v := range cs[i] {
				fmt.Print(v, " ")
			}
		}
	})
	try("map", func() {
		cs := map[string]<-chan int{"a": mk()}
		for _, c := range cs {
			for v := range c {
				fmt.Print(v, " ")
			}
		}
	})
	fmt.Println()
}
