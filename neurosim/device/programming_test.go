package device

import (
	"math"
	"testing"
)

// program brings n erased cells to targets from -0.9 to 0.9.
func program(d Analog, n int) (w, targets []float32, e Effort) {
	cells := d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 1})
	w, targets = make([]float32, n), make([]float32, n)
	for i := range targets {
		targets[i] = -0.9 + 1.8*float32(i)/float32(n-1)
	}
	cells.Erase(w, 0)
	return w, targets, cells.Program(w, targets, 0, noiseOf(0))
}

// Without noise the loop ends within the tolerance, after as many pulses as the way has
// steps, and one read more.
func TestVerifiedProgramming(t *testing.T) {
	for _, d := range []Analog{
		{Levels: 100, Program: Programming{Pulses: 200}},
		{Law: ConstantStep, Levels: 100, Program: Programming{Pulses: 200}},
		{Levels: 100, LTP: 2, LTD: -2, Program: Programming{Pulses: 200, Tolerance: 0.03}},
		{Law: SoftBounds, Levels: 200, Program: Programming{Pulses: 2000}},
	} {
		w, targets, e := program(d, 500)
		if e.Failed != 0 || e.Cells != 500 || e.Reads != e.LTP+e.LTD+e.Cells {
			t.Errorf("%v: %+v", d, e)
		}
		tolerance := 2 * d.Program.Tolerance
		if tolerance == 0 {
			tolerance = 1 / float64(d.Levels)
		}
		for i := range w {
			if math.Abs(float64(w[i]-targets[i])) > tolerance+1e-6 {
				t.Errorf("%v: cell %d is at %g, its target %g", d, i, w[i], targets[i])
			}
		}
	}
	_, _, e := program(Analog{Law: ConstantStep, Levels: 100, Program: Programming{Pulses: 200}}, 500)
	if math.Abs(e.Pulses()-50) > 1 || e.LTD != 0 { // half of the range, on average
		t.Errorf("%v", e)
	}
}

// Too few pulses leave cells that have failed; noise is taken out by further pulses.
func TestProgrammingFailsAndRecovers(t *testing.T) {
	short := Analog{Law: ConstantStep, Levels: 100, Program: Programming{Pulses: 50}}
	if _, _, e := program(short, 1000); math.Abs(float64(e.Failed)-480) > 15 { // targets above 0 by more than the tolerance
		t.Errorf("%+v", e)
	}
	noisy := Analog{Law: ConstantStep, Levels: 100, StepNoise: 1, StepVariation: 0.3, Program: Programming{Pulses: 1000}}
	if _, _, e := program(noisy, 1000); e.Failed > 5 || e.LTD == 0 {
		t.Errorf("%+v", e)
	}
	stuck := Analog{Levels: 100, StuckLow: 1, Program: Programming{Pulses: 10}}
	if w, _, e := program(stuck, 10); e.Failed != 10 || w[9] != -1 {
		t.Errorf("%+v", e)
	}
}

// The error of a write at once has the stated deviation; a loop of such writes has at
// most the tolerance, with as many writes as the normal distribution says.
func TestProgrammingAtOnce(t *testing.T) {
	const n = 20_000
	if _, _, e := program(Analog{Program: Programming{Error: 0.01}}, n); math.Abs(e.Deviation()/0.02-1) > 0.02 || e.LTP+e.LTD != n || e.Reads != 0 {
		t.Errorf("%+v", e)
	}
	d := Analog{Program: Programming{Error: 0.01, Pulses: 100, Tolerance: 0.01}}
	_, _, e := program(d, n)
	if want := 1 / math.Erf(1/math.Sqrt2); math.Abs(e.Pulses()/want-1) > 0.02 || e.Failed != 0 || e.Deviation() > 0.02 {
		t.Errorf("%v, want %g writes", e, want)
	}
	d.Program.ReadNoise = 0.01
	if _, _, worse := program(d, n); worse.Deviation() <= e.Deviation() {
		t.Errorf("reads with noise give %g, without %g", worse.Deviation(), e.Deviation())
	}
}

// A target that is no number leaves its cell alone, and the parts of a group get what
// the whole gets.
func TestProgrammingInParts(t *testing.T) {
	d := Analog{Levels: 50, StepNoise: 0.5, CycleToCycle: 0.01, Program: Programming{Pulses: 100}}
	cells := d.Fabricate(Fabrication{Count: 64, Limit: 1, Seed: 1})
	targets := make([]float32, 64)
	targets[7] = float32(math.NaN())
	whole, parts := make([]float32, 64), make([]float32, 64)
	cells.Erase(whole, 0)
	cells.Erase(parts, 0)
	whole[7], parts[7] = 0.5, 0.5
	e := cells.Program(whole, targets, 0, noiseOf(1))
	first := cells.Program(parts[:40], targets[:40], 0, noiseOf(1))
	if sum := first.Plus(cells.Program(parts[40:], targets[40:], 40, noiseOf(1))); sum.LTP != e.LTP || sum.Reads != e.Reads || e.Cells != 63 {
		t.Errorf("%+v in parts, %+v as a whole", sum, e)
	}
	for i := range whole {
		if whole[i] != parts[i] {
			t.Errorf("cell %d: %g in parts, %g as a whole", i, parts[i], whole[i])
		}
	}
	if whole[7] != 0.5 {
		t.Errorf("cell 7 was programmed to %g", whole[7])
	}
}
