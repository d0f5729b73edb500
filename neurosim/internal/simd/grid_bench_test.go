package simd

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Products of the shapes of a perceptron and of VGG-8, by each set of kernels.
func BenchmarkGrid(b *testing.B) {
	tiles := hasTiles
	defer func() { hasTiles = tiles }()
	for _, shape := range [][3]int{{64, 800, 784}, {455, 128, 1152}, {512, 256, 2304}, {1024, 512, 4608}, {200, 1024, 8192}} {
		for _, hasTiles = range []bool{false, tiles} {
			rows, cols, depth := shape[0], shape[1], shape[2]
			r := rand.New(rand.NewPCG(1, 1))
			f := Factors{A1: 128, B1: 16, Most: 15, Transposed: true}
			f.A = &Patches{Data: make([]int8, rows*(depth+64)), Image: (depth + 63) &^ 63, Bases: []int32{0}, Runs: []int32{0}, Run: depth}
			f.B = onGrid(r, [2]int{cols, depth}, 15, 16)
			c := Matrix{rows, cols, cols, make([]float32, rows*cols)}
			b.Run(fmt.Sprintf("%dx%dx%d tiles %t", rows, cols, depth, hasTiles), func(b *testing.B) {
				var g Grid
				begun := processorTime()
				for b.Loop() {
					if !g.Multiply(c, f) {
						b.Fatal("not multiplied")
					}
				}
				b.ReportMetric(float64(rows*cols*depth*b.N)/(processorTime()-begun)*1e-9, "GMAC/cpu-s")
			})
		}
	}
}
