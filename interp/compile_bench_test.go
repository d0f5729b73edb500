package interp_test

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkCompile measures the same functions interpreted and compiled, a call of a
// compiled one in a loop, and a million numbers that cross.
func BenchmarkCompile(b *testing.B) {
	const kernel = `
func product(x, y, z []float64, n int) {
	for i := range n {
		for j := range n {
			s := 0.0
			for k := range n {
				s += x[i*n+k] * y[k*n+j]
			}
			z[i*n+j] = s
		}
	}
}
func recurrence(x float64, n int) float64 {
	for range n {
		x = 3.7 * x * (1 - x)
	}
	return x
}
func one(x float64) float64 { return x + 1 }
func first(x []float64) float64 { return x[0] }
func scale(x []float64) { for i := range x { x[i] *= 2 } }
`
	const calls = "x, y, z := make([]float64, 128*128), make([]float64, 128*128), make([]float64, 128*128)\nbig := make([]float64, 1_000_000)\nfor i := range big { big[i] = 1 }"
	for _, way := range []string{"interpreted", "compiled"} {
		n := compileNotebook(b)
		cell := kernel
		if way == "compiled" {
			cell = "%compile" + kernel
		}
		n.must(b, cell)
		n.must(b, calls)
		for _, c := range []struct {
			name, code string
			times      int // that the code does it
		}{
			{"product of matrices, 128", "product(x, y, z, 128)", 1},
			{"recurrence, million steps", "recurrence(0.3, 1_000_000)", 1},
			{"call", "for range 1000 { one(1) }", 1000},
			{"million numbers in", "for range 10 { first(big) }", 10},
			{"million numbers in and back", "for range 10 { scale(big) }", 10},
		} {
			b.Run(fmt.Sprint(c.name, "/", way), func(b *testing.B) {
				for range b.N {
					start := time.Now()
					n.must(b, c.code)
					b.ReportMetric(float64(time.Since(start).Microseconds())/float64(c.times), "us/op")
				}
			})
		}
	}
}
