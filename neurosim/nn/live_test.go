package nn

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/rng"
)

// sparse is a matrix of numbers of eight bits in which some columns, and some of the
// numbers elsewhere, are zero of either sign.
func sparse(rows, cols int, share float32, seed uint64) Matrix {
	m, columns := NewMatrix(rows, cols), make([]float32, cols)
	rng.New(seed, "numbers", 0, 0).FillRange(m.Data, -1, 1)
	rng.New(seed, "columns", 0, 0).Fill(columns, 0)
	Quantise(m.Data, m.Data, 8)
	for i, v := range m.Data {
		if columns[i%cols] < share || v > 0.5 {
			m.Data[i] = float32(math.Copysign(0, float64(v)))
		}
	}
	return m
}

// Products without silent units and errors have the bits of products with them.
func TestLiveProducts(t *testing.T) {
	for _, share := range []float32{0, 0.1, 0.5, 0.9, 1} {
		for _, size := range [][3]int{{1, 8, 9}, {17, 100, 30}, {64, 131, 250}} {
			name := fmt.Sprintf("%v, %g silent", size, share)
			images, in, out := size[0], size[1], size[2]
			l := &Weights{Shape: Shape{In: in, Out: out}, W: sparse(out, in, 0, 1), Scale: 1, bits: 6}
			l.equip()
			x, e := sparse(images, in, share, 2), sparse(images, out, share, 3)
			y, dx, dw := NewMatrix(images, out), NewMatrix(images, in), NewMatrix(out, in)
			wantY, wantDX, wantDW := NewMatrix(images, out), NewMatrix(images, in), NewMatrix(out, in)
			for i := range dw.Data {
				dw.Data[i] = 3 // what was there before
			}
			wantY.ProductT(x, l.Seen())
			wantDX.Product(e, l.Seen())
			wantDW.TProduct(e, x)
			l.forward(y, x)
			l.backward(dx, e)
			g := l.gradient(dw, e, x, false)
			if part := g.Part(make([]float32, 2*in), in/2, 2*in); part != nil {
				sameBits(t, name+": part of the gradient", Matrix{1, len(part), part}, Matrix{1, len(part), wantDW.Data[in/2 : 2*in]})
			} else if !zeros(wantDW.Data[in/2 : 2*in]) {
				t.Errorf("%s: a part of the gradient is left out", name)
			}
			g.Whole()
			sameBits(t, name+": outputs", y, wantY)
			sameBits(t, name+": errors", dx, wantDX)
			sameBits(t, name+": gradient", dw, wantDW)
			if spared := l.live.forward(y, x, l.Seen()); images > 1 && spared != (share > 0.3) {
				t.Errorf("%s: silent units are left out: %t", name, spared)
			}
			if n := testing.AllocsPerRun(3, func() {
				l.forward(y, x)
				l.backward(dx, e)
				l.gradient(dw, e, x, false)
			}); n > 0 {
				t.Errorf("%s: %g allocations", name, n)
			}
		}
	}
}

func zeros(x []float32) bool {
	return !slices.ContainsFunc(x, func(v float32) bool { return v != 0 })
}

func sameBits(t *testing.T, what string, got, want Matrix) {
	t.Helper()
	for i, v := range want.Data {
		if math.Float32bits(got.Data[i]) != math.Float32bits(v) {
			t.Fatalf("%s: number %d is %x, want %x", what, i, got.Data[i], v)
		}
	}
}
