package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// onGrid returns a matrix of whole numbers up to most, divided by steps.
func onGrid(r *rand.Rand, shape [2]int, most int, steps float32) Matrix {
	m := Matrix{Rows: shape[0], Cols: shape[1], Stride: shape[1] + r.IntN(3)}
	m.Data = make([]float32, m.Rows*m.Stride)
	for i := range m.Data {
		m.Data[i] = float32(r.IntN(2*most+1)-most) / steps
		if r.IntN(9) == 0 {
			m.Data[i] = float32(math.Copysign(0, -1))
		}
	}
	return m
}

func TestGridComputesTheSameChains(t *testing.T) { onAllGrids(t, testGridChains) }

// onAllGrids runs a test with the kernels by pairs and, where they serve, by fours and by
// tiles.
func onAllGrids(t *testing.T, test func(t *testing.T)) {
	fours, tiles := hasFours, hasTiles
	defer func() { hasFours, hasTiles = fours, tiles }()
	for _, set := range [][2]bool{{false, false}, {true, false}, {true, true}} {
		if set[0] && !fours || set[1] && !tiles {
			continue
		}
		hasFours, hasTiles = set[0], set[1]
		t.Run(fmt.Sprintf("fours %t, tiles %t", hasFours, hasTiles), test)
	}
}

func testGridChains(t *testing.T) {
	if !hasGrid {
		t.Skip("this processor has no kernels for whole numbers of 8 bits")
	}
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 200).Draw(t, "rows")
		cols := 16 * rapid.IntRange(1, 5).Draw(t, "panels")
		depth := rapid.SampledFrom([]int{16, 27, 32, 100, 1152, 1280, 1283, 3000}).Draw(t, "depth")
		f := Factors{Transposed: rapid.Bool().Draw(t, "transposed"), A1: 128, Most: rapid.SampledFrom([]int{1, 3, 7, 15, 31}).Draw(t, "most")}
		f.B1 = float32(f.Most + 1)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		f.A = onGrid(r, [2]int{rows, depth}, 127, f.A1)
		f.B = onGrid(r, [2]int{depth, cols}, f.Most, f.B1)
		if f.Transposed {
			f.B = onGrid(r, [2]int{cols, depth}, f.Most, f.B1)
		}
		want, got := Matrix{rows, cols, cols, make([]float32, rows*cols)}, Matrix{rows, cols, cols + 3, make([]float32, rows*(cols+3))}
		if f.Transposed {
			ProductT(want, f.A, f.B)
		} else {
			Product(want, f.A, f.B)
		}
		var g Grid
		for range 2 { // packed, and packed already
			if done := g.Multiply(got, f); done != (rows >= gridFew && rows*cols*depth >= gridLeast) {
				t.Fatalf("multiplied: %t", done)
			} else if !done {
				return
			}
			for i, v := range want.Data {
				if w := got.Data[i/cols*got.Stride+i%cols]; pattern(v) != pattern(w) {
					t.Fatalf("element %d,%d is %x, want %x", i/cols, i%cols, w, v)
				}
			}
		}
	})
}

// The largest sums that are allowed, of one sign.
func TestGridAtItsLimits(t *testing.T) { onAllGrids(t, testGridLimits) }

func testGridLimits(t *testing.T) {
	if !hasGrid {
		t.Skip("this processor has no kernels for whole numbers of 8 bits")
	}
	for most, depth := range map[int]int{15: 8800, 31: 4256} {
		for _, sign := range []float32{1, -1} {
			f := Factors{A1: 1, B1: 1, Most: most, Transposed: true}
			full := func(rows int, v float32) Matrix {
				m := Matrix{rows, depth, depth, make([]float32, rows*depth)}
				for i := range m.Data {
					m.Data[i] = v
				}
				return m
			}
			f.A, f.B = full(25, 127*sign), full(16, float32(most))
			c := Matrix{25, 16, 16, make([]float32, 25*16)}
			var g Grid
			if !g.Multiply(c, f) {
				t.Fatalf("up to %d over %d steps: not multiplied", most, depth)
			}
			for _, v := range c.Data {
				if want := sign * float32(127*most*depth); v != want {
					t.Fatalf("up to %d over %d steps: %g, want %g", most, depth, v, want)
				}
			}
		}
	}
}

// What lies on no grid, or is too large for it, is left to the other product.
func TestGridRefuses(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, spoil := range map[string]func(*Factors){
		"between steps":       func(f *Factors) { f.A.Data[f.A.Stride*70+3] = 0.3 },
		"too large":           func(f *Factors) { f.A.Data[5] = 1 },
		"not a number":        func(f *Factors) { f.A.Data[f.A.Stride*70+40] = float32(math.NaN()) },
		"infinite":            func(f *Factors) { f.A.Data[f.A.Stride*70+99] = float32(math.Inf(-1)) },
		"a weight in between": func(f *Factors) { f.B.Data[f.B.Stride*9+9] = 0.01 },
		"a weight too large":  func(f *Factors) { f.B.Data[f.B.Stride*9+9] = -1 },
		"deep":                func(f *Factors) { f.Most = 1 << 18 },
	} {
		f := Factors{A: onGrid(r, [2]int{71, 100}, 127, 128), B: onGrid(r, [2]int{100, 32}, 15, 16), A1: 128, B1: 16, Most: 15}
		spoil(&f)
		var g Grid
		if g.Multiply(Matrix{71, 32, 32, make([]float32, 71*32)}, f) {
			t.Errorf("%s: multiplied", name)
		}
	}
}

func TestGridAllocatesNothing(t *testing.T) {
	if !hasGrid {
		t.Skip("this processor has no kernels for whole numbers of 8 bits")
	}
	r := rand.New(rand.NewPCG(1, 1))
	f := Factors{A: onGrid(r, [2]int{71, 100}, 127, 128), B: onGrid(r, [2]int{100, 32}, 15, 16), A1: 128, B1: 16, Most: 15}
	c := Matrix{71, 32, 32, make([]float32, 71*32)}
	var g Grid
	if n := testing.AllocsPerRun(5, func() { g.Renew(); g.Multiply(c, f) }); n != 0 {
		t.Errorf("%v allocations a product, want none", n)
	}
}
