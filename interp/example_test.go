package interp_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"crossbook/interp"
	"crossbook/interp/symbols"
)

// A session keeps what its cells declare and returns the value of each cell's
// last expression.
func Example() {
	library := symbols.Library()
	s, err := interp.New(interp.Options{Library: library, Prelude: library.Prelude()})
	if err != nil {
		fmt.Println(err)
		return
	}
	cells := []string{
		"func mean(xs []float64) (m float64) { for _, x := range xs { m += x }; return m / float64(len(xs)) }",
		"xs := []float64{1, 2, 6}\nmean(xs)",
		"mean(ys)",
	}
	for i, code := range cells {
		values, err := s.Run(context.Background(), i+1, code)
		var e *interp.Error
		if errors.As(err, &e) {
			fmt.Println(strings.Join(e.Traceback(), "\n"))
		}
		for _, v := range values {
			fmt.Println(v)
		}
	}
	fmt.Println(s.Names())
	// Output:
	// 3
	// cell [3]:1:6: undefined: ys
	// mean(ys)
	//      ^
	// [mean xs]
}

// What may follow, and what it is.
func ExampleSession_Complete() {
	library := symbols.Library()
	s, err := interp.New(interp.Options{Library: library, Prelude: library.Prelude()})
	if err != nil {
		fmt.Println(err)
		return
	}
	code := "cell := device.Analog{Lev"
	start, end, found := s.Complete(code, len(code))
	fmt.Println(code[start:end], found)
	text, _, _ := s.Inspect("math.Sqrt(", len("math.Sqrt("), 0)
	fmt.Println(strings.SplitN(text, "\n", 2)[0])
	// Output:
	// Lev [{Levels property int}]
	// func math.Sqrt(x float64) float64
}
