package array

import (
	"math"
	"testing"

	"crossbook/neurosim/device"
)

// Conductances stay between the lowest and the highest, whatever the mapping and the
// drift; those that vary stay above 0.
func TestConductancesStayInRange(t *testing.T) {
	w := random(30, 40, -1.5, 1.5)
	for _, mapping := range []string{Offset, Pair, Difference} {
		for _, c := range []Config{
			{},
			{WeightBits: 6, CellBits: 2},
			{Drift: 0.1, DriftTime: 1e6, DriftTarget: 0.3},
			{WeightBits: 4, Drift: 0.5, DriftTime: 1e9, DriftAtRandom: true},
			{Variation: 0.5},
		} {
			c.Mapping, c.Rows = mapping, 7
			a := mustNew(t, Build{Config: c, Device: device.Analog{OnOff: 5}, In: 40, Out: 30})
			a.Program(w)
			on, off := a.cells.affine()
			low, high := a.cells.off, a.cells.highest
			if c.Variation > 0 {
				low, high = 0, 5*high
			}
			for _, s := range a.cells.slices {
				for _, half := range s.halves {
					for _, level := range half.levels.Data {
						if g := on*level + off; !(g >= low-1e-6 && g <= high+1e-5) {
							t.Fatalf("%+v: conductance %g, not in %g to %g", c, g, low, high)
						}
					}
				}
			}
		}
	}
}

// A drift goes toward its target, the further the longer, and not beyond it.
func TestDriftGoesToItsTarget(t *testing.T) {
	w := NewMatrix(1, 3)
	copy(w.Data, []float32{-0.8, 0, 0.8})
	last := []float32{-0.8, 0, 0.8}
	for _, seconds := range []float64{10, 1e3, 1e6, 1e12} {
		c := Config{Drift: 0.05, DriftTime: seconds, DriftTarget: 0.5}
		a := mustNew(t, Build{Config: c, Device: device.Analog{OnOff: 10}, In: 3, Out: 1})
		a.Program(w)
		now := a.cells.linear.Data
		if !(now[0] > last[0] || now[0] == 0) || math.Abs(float64(now[1])) > 1e-6 || !(now[2] < last[2] || now[2] < 1e-6) || now[0] > 1e-6 || now[2] < -1e-6 {
			t.Errorf("after %g s: weights %v, before %v", seconds, now, last)
		}
		copy(last, now)
	}
	if last[2] > 1e-6 {
		t.Errorf("in the end a weight of 0.8 is %g, not at the target", last[2])
	}
}

// Variation has the deviation asked for, and is the same in every read.
func TestVariationIsFixed(t *testing.T) {
	w := NewMatrix(50, 60)
	a := mustNew(t, Build{Config: Config{Variation: 0.1}, Device: device.Analog{OnOff: 10}, In: 60, Out: 50})
	a.Program(w) // all conductances 0.55
	sum, squares, n := 0.0, 0.0, float64(len(w.Data))
	for _, g := range a.cells.slices[0].halves[0].levels.Data {
		sum, squares = sum+float64(g), squares+float64(g)*float64(g)
	}
	mean := sum / n
	deviation := math.Sqrt(squares/n - mean*mean)
	if math.Abs(mean-0.55) > 4*0.055/math.Sqrt(n) || math.Abs(deviation/0.055-1) > 4/math.Sqrt(2*n) {
		t.Errorf("conductances %g ± %g, want 0.55 ± 0.055", mean, deviation)
	}
	x, first, second := random(2, 60, 0, 1), NewMatrix(2, 50), NewMatrix(2, 50)
	a.Read(first, x, Moment{})
	a.Program(w)
	a.Read(second, x, Moment{Step: 9})
	for i := range first.Data {
		if first.Data[i] != second.Data[i] {
			t.Fatal("another read has another variation")
		}
	}
}

// What is no number shows in every output, instead of becoming a digit.
func TestNotANumberShows(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []Config{{Rows: 4}, {InputBits: 4, WeightBits: 4, ADCBits: 4}, {Mapping: Pair, WeightBits: 4, ADCBits: 4}} {
		a := mustNew(t, Build{Config: c, In: 9, Out: 5})
		w, x, e := random(5, 9, -1, 1), random(2, 9, 0, 1), random(2, 5, -1, 1)
		y, dx, dw := NewMatrix(2, 5), NewMatrix(2, 9), NewMatrix(5, 9)
		bad := func(m Matrix) bool {
			for _, v := range m.Data {
				if v != v {
					return true
				}
			}
			return false
		}
		a.Program(w)
		x.Data[3], e.Data[3] = nan, nan
		a.Read(y, x, Moment{})
		a.ReadTransposed(dx, e, Moment{})
		a.Gradient(dw, e, x, Moment{})
		if !bad(y) || !bad(dx) || !bad(dw) {
			t.Errorf("%+v: NaN in the inputs gives %v, %v, %v", c, y, dx, dw)
		}
		x.Data[3], w.Data[7] = 0.5, nan
		a.Program(w)
		if a.Read(y, x, Moment{}); !bad(y) {
			t.Errorf("%+v: NaN in the weights gives %v", c, y)
		}
	}
}
