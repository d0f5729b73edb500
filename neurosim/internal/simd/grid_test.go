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

// someLines returns lines of whole numbers: one a map, with some room behind each, or those
// that kernels see on small maps.
func someLines(r *rand.Rand, rows, depth int) *Patches {
	runs := 1 + r.IntN(2)*r.IntN(3)
	for depth%runs != 0 {
		runs--
	}
	p := &Patches{Runs: make([]int32, runs), Run: depth / runs, Bases: []int32{0}}
	for i := range p.Runs {
		p.Runs[i] = int32(i * (p.Run + r.IntN(3)))
	}
	for range r.IntN(2) * r.IntN(40) {
		p.Bases = append(p.Bases, int32(r.IntN(500)))
	}
	p.Image = 700 + depth + 3*runs + 64*r.IntN(2)
	p.Data = make([]int8, (ceil(rows, len(p.Bases))+1)*p.Image)
	for i := range p.Data {
		p.Data[i] = int8(r.IntN(2*gridMost+1) - gridMost)
	}
	if len(p.Runs) == 1 && len(p.Bases) == 1 && r.IntN(2) == 0 {
		p.Padded = true
		for i := range p.Data {
			if i%p.Image >= depth {
				p.Data[i] = 0
			}
		}
	}
	return p
}

// numbers is what the lines stand for.
func (p *Patches) numbers(rows int, steps float32) Matrix {
	m := Matrix{rows, p.Depth(), p.Depth(), make([]float32, rows*p.Depth())}
	line := make([]int8, p.Depth())
	for i := range rows {
		p.copyLine(line, i)
		for k, v := range line {
			m.Data[i*m.Stride+k] = float32(v) / steps
		}
	}
	return m
}

// stacked is the blocks of columns of a matrix one below the other, from the last to the first.
func stacked(m Matrix, blocks int) Matrix {
	cols := m.Cols / blocks
	s := Matrix{Rows: m.Rows * blocks, Cols: cols, Stride: cols}
	for b := blocks - 1; b >= 0; b-- {
		for i := range m.Rows {
			s.Data = append(s.Data, m.Data[i*m.Stride+b*cols:][:cols]...)
		}
	}
	return s
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
		f.A = someLines(r, rows, depth)
		a := f.A.numbers(rows, f.A1)
		f.B = onGrid(r, [2]int{depth, cols}, f.Most, f.B1)
		want, got := Matrix{rows, cols, cols, make([]float32, rows*cols)}, Matrix{rows, cols, cols + 3, make([]float32, rows*(cols+3))}
		switch {
		case f.Transposed:
			f.B = onGrid(r, [2]int{cols, depth}, f.Most, f.B1)
			ProductT(want, a, f.B)
		case depth%16 == 0 && rapid.Bool().Draw(t, "blocks"):
			f.Blocks = 4
			f.B = onGrid(r, [2]int{depth / 4, cols * 4}, f.Most, f.B1)
			Product(want, a, stacked(f.B, 4))
		default:
			Product(want, a, f.B)
		}
		var g Grid
		for i := range 3 { // packed, and packed already
			if done := g.Multiply(got, f); done != ((rows >= gridFew || i > 0) && rows*cols*depth >= gridLeast) {
				t.Fatalf("multiplied: %t", done)
			} else if !done {
				continue
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
			f.A = &Patches{Data: make([]int8, 25*depth), Image: depth, Bases: []int32{0}, Runs: []int32{0}, Run: depth}
			for i := range f.A.Data {
				f.A.Data[i] = int8(127 * sign)
			}
			f.B = Matrix{16, depth, depth, make([]float32, 16*depth)}
			for i := range f.B.Data {
				f.B.Data[i] = float32(most)
			}
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
		"a weight in between": func(f *Factors) { f.B.Data[f.B.Stride*9+9] = 0.01 },
		"a weight too large":  func(f *Factors) { f.B.Data[f.B.Stride*9+9] = -1 },
		"deep":                func(f *Factors) { f.Most = 1 << 18 },
		"another depth":       func(f *Factors) { f.A.Run-- },
	} {
		f := Factors{A: someLines(r, 71, 100), B: onGrid(r, [2]int{100, 32}, 15, 16), A1: 128, B1: 16, Most: 15}
		spoil(&f)
		var g Grid
		if g.Multiply(Matrix{71, 32, 32, make([]float32, 71*32)}, f) {
			t.Errorf("%s: multiplied", name)
		}
	}
}

func TestPatchesTakeWholeNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for name, spoil := range map[string]float32{
		"between steps": 0.3, "too large": 1, "not a number": float32(math.NaN()), "infinite": float32(math.Inf(-1)),
	} {
		for _, at := range []int{-1, 0, 40, 71, 99} {
			from, to := onGrid(r, [2]int{1, 100}, 127, 128).Data[:100], make([]int8, 100)
			if at >= 0 {
				from[at] = spoil
			}
			if got := (&Patches{Data: to}).Take(0, from, 128); got != (at < 0) {
				t.Errorf("%s at %d: whole %t", name, at, got)
			}
			for i, v := range to {
				if at < 0 && float32(v)/128 != from[i] {
					t.Fatalf("number %d is %d steps, want %g", i, v, from[i])
				}
			}
		}
	}
}

func TestGridAllocatesNothing(t *testing.T) {
	if !hasGrid {
		t.Skip("this processor has no kernels for whole numbers of 8 bits")
	}
	r := rand.New(rand.NewPCG(1, 1))
	f := Factors{A: someLines(r, 71, 100), B: onGrid(r, [2]int{100, 32}, 15, 16), A1: 128, B1: 16, Most: 15}
	c := Matrix{71, 32, 32, make([]float32, 71*32)}
	var g Grid
	if n := testing.AllocsPerRun(5, func() { g.Renew(); g.Multiply(c, f) }); n != 0 {
		t.Errorf("%v allocations a product, want none", n)
	}
}
