package simd

import (
	"fmt"
	"testing"
)

// shapes are products of the networks in use; B transposed where tb is set.
var shapes = []struct {
	name string
	trial
}{
	{"square", trial{rows: 512, cols: 512, depth: 512}},
	{"MLP forward", trial{rows: 64, cols: 800, depth: 784, tb: true}},
	{"MLP weights", trial{rows: 800, cols: 784, depth: 64, ta: true}},
	{"MLP error", trial{rows: 64, cols: 800, depth: 800}},
	{"MLP output", trial{rows: 64, cols: 10, depth: 800, tb: true}},
	{"convolution", trial{rows: 128, cols: 1024, depth: 1152}},
	{"deep convolution", trial{rows: 512, cols: 64, depth: 4608}},
	{"one sample", trial{rows: 1, cols: 800, depth: 784, tb: true}},
}

func BenchmarkProduct(b *testing.B) {
	for _, shape := range shapes {
		shape.value = normals(1)
		c, f := shape.result(), shape.factors()
		for _, k := range detect() {
			b.Run(fmt.Sprintf("%s/%s", shape.name, k.name), func(b *testing.B) {
				for b.Loop() {
					multiply(k, 1, c, f)
				}
				work := 2 * float64(shape.rows) * float64(shape.cols) * float64(shape.depth)
				b.ReportMetric(work*float64(b.N)/b.Elapsed().Seconds()*1e-9, "GFLOP/s")
			})
		}
	}
}
