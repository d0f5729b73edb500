package interp_test

import (
	"fmt"
	"strings"
	"testing"
)

// longCell is a cell of 500 lines: 50 functions and their calls.
func longCell() string {
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, "func long%d(n int) int {\n\ttotal := 0\n\tfor i := range n {\n\t\tif i%%2 == 0 {\n\t\t\ttotal += i * %d\n\t\t}\n\t}\n\treturn total\n}\n", i, i)
		fmt.Fprintf(&b, "result%d := long%d(3)\n", i, i)
	}
	return b.String()
}

// BenchmarkLongCell: the target is 15 ms.
func BenchmarkLongCell(b *testing.B) {
	code := longCell()
	for b.Loop() {
		b.StopTimer()
		n := newNotebook(b)
		n.must(b, "1")
		b.StartTimer()
		n.must(b, code)
	}
}

// BenchmarkLateCell is a small cell after 10,000 others; the target is 5 ms.
func BenchmarkLateCell(b *testing.B) {
	n := newNotebook(b)
	n.must(b, "x := 0")
	for i := range 10000 {
		n.must(b, fmt.Sprintf("x = x + %d", i))
	}
	for b.Loop() {
		n.must(b, "x = x + 1\nx")
	}
}
