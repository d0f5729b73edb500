package main

import "fmt"

type say struct{ said []int }

func (s *say) is(n int) int {
	s.said = append(s.said, n)
	return n
}

// A default clause that comes first is taken last.
func first(x int) string {
	switch {
	default:
		return "small"
	case x > 5:
		return "large"
	case x > 3:
		return "medium"
	}
}

func ordered(x int) (name string, said []int) {
	var s say
	switch x {
	case s.is(1):
		name = "one"
	default:
		name = "other"
	case s.is(2), s.is(3):
		name = "two or three"
		fallthrough
	case s.is(4):
		name += ", four"
	case s.is(5):
	}
	return name, s.said
}

// One that others fall through to, and that falls through, stays where it is.
func through(x int) (name string, said []int) {
	var s say
found:
	switch y := x * 2; y {
	case s.is(2):
		fallthrough
	case s.is(4):
		name = "a"
		fallthrough
	default:
		name += fmt.Sprint("default", y)
		if y == 12 {
			break found
		}
		if y == 14 {
			break
		}
		fallthrough
	case s.is(6):
		name += "b"
		fallthrough
	case s.is(8):
	case s.is(10):
		name += "c"
	}
	return name, s.said
}

func ofAny(x any) (name string) {
	switch x {
	default:
		name = "other "
		fallthrough
	case nil:
		name += "nothing"
	case 1, "one":
		name += "one"
	}
	return name
}

func result(x int) int {
	switch {
	case x < 0:
		return -1
	default:
		fallthrough
	case x == 3:
		return 0
	case x == 7:
		return 7
	}
}

// A label on a switch is a place to go to, too.
func again(x any) (steps int) {
next:
	switch v := x.(type) {
	case int:
		if v > 1 {
			x, steps = v/2, steps+1
			goto next
		}
	case string:
		x = len(v)
		goto next
	}
value:
	switch x {
	default:
		x = 0
		steps += 10
		goto value
	case 0:
		steps += 100
	}
	return steps
}

func loops(list []int, seq func(func(int) bool)) (seen []int) {
	if len(list) == 0 {
		goto from
	}
each:
	for i, x := range list {
		for range seq {
			if x == 3 {
				list = list[i+1:]
				goto each
			}
			if x == 2 {
				continue each
			}
			break
		}
		seen = append(seen, x)
	}
	if len(list) > 0 {
		list = list[:len(list)-1]
		goto each
	}
	goto end
from:
	for x := range seq {
		seen = append(seen, x)
		if x == 4 {
			list = []int{x, x + 1}
			goto each
		}
	}
end:
	return seen
}

type level uint8

const (
	low level = iota + 1
	middle
	high
)

type pair struct{ a, b int }

func lists(x level, f float64, s string, p pair, limits ...level) (out []string) {
	switch x {
	case low, level(4), high + 2:
		out = append(out, "constant")
	case limits[0], limits[1]:
		out = append(out, "limit")
	}
	switch f {
	case 0.5, 1 << 3, 1e3 / 3:
		out = append(out, "float")
	}
	switch complex(f, float64(x)) {
	case 1i, 4 + 1i, complex(8, 2):
		out = append(out, "complex")
	}
	switch s + "!" {
	case "a" + "!", "b" + "!":
		out = append(out, "text")
	}
	switch two := (pair{2, 2}); p {
	case pair{1, 2}, pair{int(x), 0}, two:
		out = append(out, "pair")
	}
	return out
}

func main() {
	for x := range 9 {
		fmt.Println(first(x), result(x))
		fmt.Println(ordered(x))
		fmt.Println(through(x))
	}
	fmt.Println(ofAny(nil), ofAny("one"), ofAny(1), ofAny(2.5))
	fmt.Println(again(9), again("four"), again(nil), again(0))
	upTo := func(yield func(int) bool) {
		for i := range 9 {
			if !yield(i) {
				return
			}
		}
	}
	fmt.Println(loops([]int{1, 3, 2, 5, 6, 7}, upTo), loops(nil, upTo))
	for x := range level(7) {
		fmt.Println(lists(x, float64(x)*4, string('a'+rune(x)), pair{int(x), 2 - int(x)}, 0, 3))
	}
	fmt.Println(lists(low, 0.5, "c", pair{1, 0}, 0, 3), lists(9, 1000./3, "d", pair{1, 2}, 8, 9))
}
