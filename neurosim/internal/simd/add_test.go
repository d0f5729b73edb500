package simd

import (
	"slices"
	"testing"
)

// A product in pieces of its depth has the bits of one made at once.
func TestPiecesOfTheDepthLeaveNoTrace(t *testing.T) {
	const depth, rows, cols = 700, 33, 70
	value := normals(5)
	fill := func(rows, cols int) Matrix {
		m := Matrix{rows, cols, cols, make([]float32, rows*cols)}
		for i := range m.Data {
			m.Data[i] = value()
		}
		return m
	}
	a, b, whole := fill(depth, rows), fill(depth, cols), fill(rows, cols)
	TProduct(whole, a, b)
	for _, piece := range []int{1, 7, 256, 300, 700} {
		sum := Matrix{rows, cols, cols, make([]float32, rows*cols)}
		for first := 0; first < depth; first += piece {
			steps := min(piece, depth-first)
			sum.AddTProduct(Matrix{steps, rows, rows, a.Data[first*rows:]}, Matrix{steps, cols, cols, b.Data[first*cols:]})
		}
		if !slices.Equal(sum.Data, whole.Data) {
			t.Errorf("pieces of %d give other bits", piece)
		}
	}
	before := slices.Clone(whole.Data)
	whole.AddTProduct(Matrix{0, rows, rows, nil}, Matrix{0, cols, cols, nil})
	if !slices.Equal(before, whole.Data) {
		t.Error("adding nothing changes something")
	}
}
