package simd

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// A factor that is written in pieces while it is packed is multiplied as one that is packed
// anew.
func TestGridWrite(t *testing.T) {
	if !hasGrid {
		t.Skip("this processor has no kernels for whole numbers of 8 bits")
	}
	rapid.Check(t, func(t *rapid.T) {
		depth, cols := rapid.IntRange(24, 200).Draw(t, "depth"), 16*rapid.IntRange(2, 5).Draw(t, "panels")
		f := Factors{Transposed: rapid.Bool().Draw(t, "transposed"), A1: 128, B1: 32, Most: 31}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		shape := [2]int{depth, cols}
		switch {
		case f.Transposed:
			shape = [2]int{cols, depth}
		case rapid.Bool().Draw(t, "blocks"):
			f.Blocks, depth = 3, depth/12*12
			shape = [2]int{depth / 3, cols * 3}
		}
		f.A = someLines(r, 120, depth)
		f.B = packed(onGrid(r, shape, f.Most, f.B1))
		result := func() Matrix { return Matrix{120, cols, cols, make([]float32, 120*cols)} }
		var g Grid
		if !g.Multiply(result(), f) {
			t.Fatal("not multiplied")
		}
		spoilt := rapid.Bool().Draw(t, "off the grid for a while")
		for _, last := range []bool{false, true} {
			other := packed(onGrid(r, shape, f.Most, f.B1))
			if !last && spoilt {
				other.Data[len(other.Data)-1] = 0.3
			}
			const piece = 100
			for first := 0; first < len(f.B.Data); first += piece {
				var list []uint32
				var values []float32
				for i := first; i < min(first+piece, len(f.B.Data)); i++ {
					if r.IntN(3) == 0 || i == len(f.B.Data)-1 {
						f.B.Data[i] = other.Data[i]
						list, values = append(list, uint32(i-first)), append(values, other.Data[i])
					}
				}
				g.Write(first, f.B.Cols, list, values)
			}
			got, want := result(), result()
			if g.Multiply(got, f) != (last || !spoilt) {
				t.Fatalf("off the grid %t, and back %t: multiplied", spoilt, last)
			}
			var anew Grid
			anew.Multiply(want, f)
			if last {
				same(t, "element", got.Data, want.Data)
			}
		}
	})
}

// packed is m without what lies between its rows.
func packed(m Matrix) Matrix {
	p := Matrix{m.Rows, m.Cols, m.Cols, nil}
	for i := range m.Rows {
		p.Data = append(p.Data, m.Data[i*m.Stride:][:m.Cols]...)
	}
	return p
}
