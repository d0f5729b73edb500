package array

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"crossbook/neurosim/device"
	"crossbook/neurosim/rng"
)

// wired is a subarray of n x m cells of 10 kohm to 1 Mohm, with wires of the given
// resistance in ohms.
func wired(rows, cols int, ohms float64) grid {
	d := grid{rows: rows, cols: cols, g: make([]float64, rows*cols), wire: 1 / ohms}
	s := rng.New(1, "cells", rows, cols)
	for i := range d.g {
		d.g[i] = 1e-6 + 99e-6*s.Float64(uint64(i))
	}
	return d
}

// nodal solves for all voltages at once: what effective must give.
func nodal(d grid) []float64 {
	n := d.rows * d.cols
	a := mat.NewSymDense(2*n, nil)
	join := func(i, j int, g float64) {
		a.SetSym(i, i, a.At(i, i)+g)
		if j >= 0 {
			a.SetSym(j, j, a.At(j, j)+g)
			a.SetSym(i, j, a.At(i, j)-g)
		}
	}
	driven := mat.NewDense(2*n, d.rows, nil)
	for r := range d.rows {
		for c := range d.cols {
			on, under := r*d.cols+c, n+r*d.cols+c
			join(on, under, d.g[on])
			if c == 0 {
				join(on, -1, d.wire)
				driven.Set(on, r, d.wire)
			} else {
				join(on, on-1, d.wire)
			}
			if r == d.rows-1 {
				join(under, -1, d.wire)
			} else {
				join(under, under+d.cols, d.wire)
			}
		}
	}
	var factors mat.Cholesky
	factors.Factorize(a)
	var v mat.Dense
	if err := factors.SolveTo(&v, driven); err != nil {
		panic(err)
	}
	out := make([]float64, n)
	for r := range d.rows {
		for c := range d.cols {
			out[r*d.cols+c] = d.wire * v.At(n+(d.rows-1)*d.cols+c, r)
		}
	}
	return out
}

func TestWiresAgainstAllNodes(t *testing.T) {
	for _, d := range []grid{wired(1, 1, 1e4), wired(7, 7, 1), wired(9, 4, 100), wired(4, 9, 1e3), wired(1, 6, 10), wired(6, 1, 10)} {
		got, want := d.effective(), nodal(d)
		for i, g := range got {
			if math.Abs(g-want[i]) > 1e-9*math.Abs(want[i])+1e-18 {
				t.Fatalf("%d x %d: cell %d conducts %g, want %g", d.rows, d.cols, i, g, want[i])
			}
		}
	}
}

// loss is the share of the currents that is lost when all rows are driven, and the
// largest errors that an approximation makes of a column's current and, as a share of
// the highest conductance, of a cell.
func loss(d grid, exact, approximate []float64) (lost, column, cell float64) {
	ideal, real := 0.0, 0.0
	for c := range d.cols {
		sum, near := 0.0, 0.0
		for i := c; i < len(d.g); i += d.cols {
			ideal, sum, near = ideal+d.g[i], sum+exact[i], near+approximate[i]
			cell = max(cell, math.Abs(approximate[i]-exact[i])/100e-6)
		}
		real += sum
		column = max(column, math.Abs(near/sum-1))
	}
	return 1 - real/ideal, column, cell
}

// The errors that the documentation states.
func TestFastWires(t *testing.T) {
	for _, c := range []struct {
		size               int
		ohms               float64
		lost, column, cell float64
	}{
		{32, 1, 0.04, 0.0003, 0.001},
		{64, 1, 0.125, 0.003, 0.01},
		{128, 0.25, 0.125, 0.003, 0.01},
		{64, 4, 0.36, 0.02, 0.05},
	} {
		d := wired(c.size, c.size, c.ohms)
		lost, column, cell := loss(d, d.effective(), d.attenuated())
		t.Logf("%d cells, %g ohm: %.4f lost, columns %.4f and cells %.4f off", c.size, c.ohms, lost, column, cell)
		if lost > c.lost || lost < 0.8*c.lost || column > c.column || cell > c.cell {
			t.Errorf("%d cells, %g ohm: %.4f lost, columns %.4f and cells %.4f off, stated %+v", c.size, c.ohms, lost, column, cell, c)
		}
	}
}

// Reads with wires give what the effective conductances say, both ways, and less than
// those without.
func TestReadsThroughWires(t *testing.T) {
	w, x, e := random(20, 30, -1, 1), random(5, 30, 0, 1), random(5, 20, 0, 1)
	c := Config{Rows: 16, Cols: 8, Mapping: Pair, WireResistance: 1e-3}
	a := mustNew(t, Build{Config: c, Device: device.Analog{OnOff: 100}, In: 30, Out: 20})
	a.Program(w)
	y, dx := NewMatrix(5, 20), NewMatrix(5, 30)
	a.Read(y, x, Moment{})
	a.ReadTransposed(dx, e, Moment{})
	if d := rms(y.Data, exact(x, a.cells.linear, false)); d > 1e-5 {
		t.Errorf("a read is %g off", d)
	}
	if d := rms(dx.Data, exact(e, a.cells.linear, true)); d > 1e-5 {
		t.Errorf("a transposed read is %g off", d)
	}
	for i, v := range a.cells.linear.Data {
		if was := w.Data[i]; math.Abs(float64(v)) >= math.Abs(float64(was))+0.01 {
			t.Errorf("a weight %g reads as %g", was, v)
		}
	}
	loss := 1 - rms(a.cells.linear.Data, make([]float64, 600))/rms(w.Data, make([]float64, 600))
	if loss < 0.01 || loss > 0.2 {
		t.Errorf("wires take %g of the weights", loss)
	}
}

func BenchmarkWires(b *testing.B) {
	d := wired(128, 128, 1)
	for name, solve := range map[string]func() []float64{Exact: d.effective, Fast: d.attenuated} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				solve()
			}
		})
	}
}
