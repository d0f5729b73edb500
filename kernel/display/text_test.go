package display

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"
)

type point struct{ X, Y int }

type node struct {
	Name string
	Next *node
}

type temperature float64

func (t temperature) String() string { return fmt.Sprintf("%.1f °C", float64(t)) }

type hidden struct{ t temperature }

// TestTextIsPercentV: what is short shows as fmt shows it.
func TestTextIsPercentV(t *testing.T) {
	for _, v := range []any{
		nil, 1, -3.5, 0.1 + 0.2, float32(0.1), 1e21, math.NaN(), math.Inf(-1), 2i, true, 'x', uint8(7), uintptr(3),
		"text", "",
		[]int{1, 2},
		[]int{},
		[]int(nil),
		[2]bool{true},
		[]string{"a", "b c"},
		[]byte{1, 2},
		[]byte{},
		map[string]int{"b": 1, "a": 2},
		map[int]string{10: "x", 9: "y"},
		map[string]int(nil),
		map[point]int{{1, 2}: 3},
		point{1, 2},
		&point{1, 2},
		struct {
			A any
			B error
		}{A: 1},
		[]any{nil, 1, "x"},
		&[]int{1}, (*point)(nil), time.Second,
		[]time.Duration{time.Second},
		errors.New("e"),
		[]error{errors.New("e"), nil},
		temperature(3),
		[]temperature{3, 4},
		map[temperature]temperature{1: 2},
		big.NewInt(7),
		[]*big.Int{big.NewInt(7)},
		hidden{3},
		[]float64{1, 0.5, math.NaN()},
		map[float64]int{2.5: 1, 10: 2},
		time.Date(2020, 1, 2, 3, 4, 5, 6, time.UTC),
		[][]int{{1}, {2, 3}},
		[]float32{0.1, 0.2},
	} {
		if got, want := textOf(v), fmt.Sprintf("%v", v); got != want {
			t.Errorf("%T: %q, want %q", v, got, want)
		}
	}
}

// TestTextDiffersFromPercentV: where fmt's form helps nobody.
func TestTextDiffersFromPercentV(t *testing.T) {
	loop := &node{Name: "a"}
	loop.Next = loop
	var nilFunc func()
	for _, test := range []struct {
		v    any
		want string
	}{
		{[]byte("hello\n"), `"hello\n"`},
		{[]float64{0.1 + 0.2, 1234567.8, 1e-9 / 3}, "[0.3 1.23457e+06 3.33333e-10]"},
		{&node{"a", &node{"b", nil}}, "&{a &{b <nil>}}"},
		{loop, "&{a &...}"},
		{[]*point{{1, 2}, nil}, "[&{1 2} <nil>]"},
		{func(int) string { return "" }, "func(int) string"},
		{nilFunc, "<nil>"},
		{make(chan int), "chan int"},
		{map[any]int{2: 1, 10: 2, "x": 3}, "map[2:1 10:2 x:3]"},
	} {
		if got := textOf(test.v); got != test.want {
			t.Errorf("%T: %q, want %q", test.v, got, test.want)
		}
	}
}

func TestTextIsShortened(t *testing.T) {
	numbers := make([]int, 1000)
	for i := range numbers {
		numbers[i] = i
	}
	if got, want := textOf(numbers), "[0 1 2 3 4 5 6 7 8 9 ... 997 998 999 (1000 values)]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := textOf(numbers[:100]); strings.Contains(got, "...") {
		t.Errorf("a hundred are shortened: %q", got)
	}
	entries := map[int]int{}
	for i := range 200 {
		entries[i] = i
	}
	if got := textOf(entries); !strings.HasSuffix(got, "9:9 ... (200 entries)]") {
		t.Errorf("%q", got)
	}
	if got := textOf(strings.Repeat("é", strLimit)); !strings.HasSuffix(got, fmt.Sprintf("é... (%d bytes)", 2*strLimit)) {
		t.Errorf("a long string ends in %q", got[len(got)-40:])
	}
	wide := make([][]string, 100)
	for i := range wide {
		wide[i] = []string{strings.Repeat("x", 10_000)}
	}
	if got := textOf(wide); len(got) > textLimit+20_000 {
		t.Errorf("%d bytes", len(got))
	}
	type deep []any
	v := deep{1}
	for range 50 {
		v = deep{v}
	}
	if got := textOf(v); !strings.Contains(got, "...") {
		t.Errorf("deep: %q", got)
	}
}

type dense struct{ rows, columns int }

func (m dense) Dims() (rows, columns int)  { return m.rows, m.columns }
func (m dense) At(row, column int) float64 { return float64(row) - float64(column)/2 }

func TestMatrixText(t *testing.T) {
	if got, want := textOf(dense{2, 3}), "2 × 3 matrix\n   0  -0.5    -1\n   1   0.5     0"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := textOf(dense{0, 0}), "0 × 0 matrix"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	text := textOf(dense{1000, 1000})
	if lines := strings.Split(text, "\n"); len(lines) != 12 || len(lines[1]) > 100 || !strings.Contains(lines[6], "...") {
		t.Errorf("%s", text)
	}
}
