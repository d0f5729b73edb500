package main

import "fmt"

type color uint8

const (
	red color = iota + 1
	green
	blue
)

const wide int64 = 4

// Literals of arrays count their elements by constants of any integer type.
var names = [...]string{red: "red", green: "green", blue: "blue"}

func (c color) String() string { return names[c] }

func inside() any { return [...]int{wide: 1, 2, 'a' - 90: 3} }

func main() {
	fmt.Println(names, len(names), blue)
	fmt.Println([...]int{uint8(2): 5}, [...]bool{blue - red: true}, []int{wide: 1, 2}, [wide + 1]int{green: 1, 7})
	fmt.Println(inside(), [...][2]int{green: {red: 4}}, map[color]int{red: 1})
}
