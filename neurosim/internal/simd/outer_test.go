package simd

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// exactly is eᵀ x in whole numbers, rounded once.
func exactly(e, x Matrix, e1, x1 float32) Matrix {
	c := Matrix{e.Cols, x.Cols, x.Cols, make([]float32, e.Cols*x.Cols)}
	sums := make([]int64, len(c.Data))
	for k := range e.Rows {
		for i := range e.Cols {
			a := int64(e.Data[k*e.Stride+i] * e1)
			for j := range x.Cols {
				sums[i*x.Cols+j] += a * int64(x.Data[k*x.Stride+j]*x1)
			}
		}
	}
	for i, s := range sums {
		c.Data[i] = float32(s) / (e1 * x1)
	}
	return c
}

// onOuters runs a test with the kernels by fours and by tiles.
func onOuters(t *testing.T, test func(t *testing.T)) {
	onAllGrids(t, func(t *testing.T) {
		if !hasFours {
			t.Skip("there are no kernels for this set of instructions")
		}
		test(t)
	})
}

func TestOuterIsExact(t *testing.T) {
	onOuters(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			rows, lines := 16*rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 1500).Draw(t, "lines")
			lines += rapid.SampledFrom([]int{0, 1280, 2560}).Draw(t, "more lines")
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
			o := Outer{E: onGrid(r, [2]int{lines, rows}, 127, 64), X: someLines(r, lines, 16), E1: 64, X1: 128}
			o.X.Runs = []int32{0, 7, int32(r.IntN(100))}[:1+r.IntN(3)]
			o.X.Run = 16 * (1 + r.IntN(3))
			columns := o.X.Depth()
			o.X.Data = append(o.X.Data, make([]int8, 1000)...)
			o.C = Matrix{rows, columns, columns + 2, make([]float32, rows*(columns+2))}
			if done := o.Multiply(); done != (rows*columns*lines >= gridLeast) {
				t.Fatalf("multiplied: %t", done)
			} else if !done {
				return
			}
			want := exactly(o.E, o.X.numbers(lines, o.X1), o.E1, o.X1)
			for i, v := range want.Data {
				if w := o.C.Data[i/columns*o.C.Stride+i%columns]; pattern(v) != pattern(w) {
					t.Fatalf("element %d,%d is %x, want %x", i/columns, i%columns, w, v)
				}
			}
		})
	})
}

// Sums that 32 bits hold, and those that they do not.
func TestOuterAtItsLimits(t *testing.T) {
	onOuters(t, func(t *testing.T) {
		for lines, fits := range map[int]bool{outerSure: true, 140_000: false} {
			for _, sign := range []int8{1, -1} {
				o := Outer{E: Matrix{lines, 16, 16, make([]float32, 16*lines)}, E1: 1, X1: 1}
				o.X = &Patches{Data: make([]int8, 16), Bases: make([]int32, lines), Runs: []int32{0}, Run: 16}
				for i := range o.E.Data {
					o.E.Data[i] = gridMost
				}
				for i := range o.X.Data {
					o.X.Data[i] = gridMost * sign
				}
				o.C = Matrix{16, 16, 16, make([]float32, 256)}
				if o.Multiply() != fits {
					t.Errorf("%d lines: multiplied %t", lines, !fits)
				}
				want := float32(gridMost * gridMost * lines * int(sign))
				for i, v := range o.C.Data {
					if fits && v != want {
						t.Fatalf("%d lines: element %d is %g, want %g", lines, i, v, want)
					}
				}
			}
		}
	})
}

func TestOuterRefusesWhatIsOffTheGrid(t *testing.T) {
	onOuters(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 1))
		for _, at := range []int{0, 999, 32*501 + 3, 32*502 - 1} {
			o := Outer{E: packed(onGrid(r, [2]int{502, 32}, 127, 64)), X: someLines(r, 502, 32), E1: 64, X1: 128}
			o.X.Runs, o.X.Run = []int32{0}, 32
			o.C = Matrix{32, 32, 32, make([]float32, 32*32)}
			if !o.Multiply() {
				t.Fatal("not multiplied")
			}
			if o.E.Data[min(at, len(o.E.Data)-1)] = 0.3; o.Multiply() {
				t.Errorf("off the grid at %d: multiplied", at)
			}
		}
	})
}

func TestOuterAllocatesNothing(t *testing.T) {
	onOuters(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 1))
		o := Outer{E: onGrid(r, [2]int{502, 32}, 127, 64), X: someLines(r, 502, 32), E1: 64, X1: 128}
		o.X.Runs, o.X.Run = []int32{0}, 32
		o.C = Matrix{32, 32, 32, make([]float32, 32*32)}
		if n := testing.AllocsPerRun(5, func() { o.Multiply() }); n != 0 {
			t.Errorf("%v allocations a product, want none", n)
		}
	})
}
