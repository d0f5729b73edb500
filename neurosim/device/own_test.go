package device

import (
	"math"
	"testing"

	"crossbook/neurosim/rng"
)

// spreadOf are mean and standard deviation.
func spreadOf(x []float32) (mean, deviation float64) {
	for _, v := range x {
		mean += float64(v) / float64(len(x))
	}
	for _, v := range x {
		deviation += (float64(v) - mean) * (float64(v) - mean) / float64(len(x))
	}
	return mean, math.Sqrt(deviation)
}

// changed are weights 0 after velocities u.
func changed(d Analog, n int, u float32) []float32 {
	cells := d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 4})
	w, v := make([]float32, n), make([]float32, n)
	for i := range v {
		v[i] = u
	}
	down := make([]float32, n)
	cells.Change(down, w, v, 0)
	for i := range w {
		w[i] -= down[i]
	}
	return w
}

// Cells of the exponential model differ in steps, ranges and asymmetry as those of a law
// do: on a straight curve the figures are those of constant steps.
func TestDifferencesOfTheExponentialModel(t *testing.T) {
	const n, share = 20_000, 0.25
	for _, c := range []struct {
		device          Analog
		mean, deviation float64
	}{
		{Analog{Levels: 64}, 2 * share, 0},
		{Analog{Levels: 64, StepVariation: 0.2}, 2 * share, 0.2 * 2 * share},
		{Analog{Asymmetry: 0.1}, 2 * share * 1.1, 0},
		{Analog{AsymmetryVariation: 0.1}, 2 * share, 0.1 * 2 * share},
	} {
		mean, deviation := spreadOf(changed(c.device, n, -2*share))
		if math.Abs(mean-c.mean) > 0.005 || math.Abs(deviation-c.deviation) > 0.03*c.deviation+1e-6 {
			t.Errorf("%v: %g ± %g, want %g ± %g", c.device, mean, deviation, c.mean, c.deviation)
		}
	}
	if mean, _ := spreadOf(changed(Analog{Asymmetry: 0.1}, 9, 2*share)); math.Abs(mean+2*share*0.9) > 1e-6 {
		t.Errorf("LTD with asymmetry 0.1 goes to %g", mean)
	}
	if mean, deviation := spreadOf(changed(Analog{LTP: 2, RangeVariation: 0.1}, n, -2)); math.Abs(mean-1) > 0.005 || math.Abs(deviation-0.1) > 0.003 {
		t.Errorf("upper ends: %g ± %g, want 1 ± 0.1", mean, deviation)
	}
}

// A share of the pulses that grows takes a cell of any range from end to end.
func TestOwnRangesAreReached(t *testing.T) {
	d := Analog{LTP: 3, LTD: -2, RangeVariation: 0.3, StepVariation: 0.3, AsymmetryVariation: 0.2}
	cells := d.Fabricate(Fabrication{Count: 200, Limit: 1, Seed: 1})
	for i := range 200 {
		w := []float32{0}
		cells.Hold(w, i)
		for range 40 {
			down := []float32{0}
			cells.Change(down, w, []float32{-0.5}, i)
			if down[0] > 0 {
				t.Fatalf("cell %d: LTP goes down from %g", i, w[0])
			}
			w[0] -= down[0]
		}
		if cell := cells.cell(i); math.Abs(float64(w[0])-cell.high) > 1e-3*math.Abs(cell.high) && cell.size > 0.1 {
			t.Errorf("cell %d of %+v ends at %g", i, cell, w[0])
		}
	}
}

// The slopes of a law vary from cell to cell.
func TestDeviceToDeviceOfLaws(t *testing.T) {
	for _, d := range []Analog{
		{Law: LinearStep, Levels: 1000, LTP: 0.5, LTD: 0.5, DeviceToDevice: 0.1},
		{Law: PowerStep, Levels: 1000, LTP: 2, LTD: 2, DeviceToDevice: 0.1},
		{Law: ExponentialStep, Levels: 1000, Exponential: Exponential{LTP: ExponentialTerm{0.2, 1}, Slope: 1}, DeviceToDevice: 0.1},
	} {
		cells := d.Fabricate(Fabrication{Count: 5000, Limit: 1, Seed: 2})
		plain := d
		plain.DeviceToDevice = 0
		nominal := plain.Fabricate(Fabrication{Count: 1, Limit: 1})
		steps := make([]float32, 5000)
		for i := range steps {
			steps[i] = float32(cells.laws.pulse(cells.laws.at(i), 0.8, true))
		}
		mean, deviation := spreadOf(steps)
		want := nominal.laws.pulse(nominal.laws.at(0), 0.8, true)
		if math.Abs(mean/want-1) > 0.05 || deviation < 0.01*want {
			t.Errorf("%v: steps of %g ± %g around %g", d, mean, deviation, want)
		}
	}
}

// What a measurement reads has the write noise of the device: it is around what the
// next pulse starts from, and does not add up.
func TestMeasureSeesWriteNoise(t *testing.T) {
	for _, law := range []string{"", ConstantStep} {
		d := Analog{Law: law, Levels: 100, WriteNoise: 2}
		m := d.Measure(1000, 1)
		for _, pulse := range []int{20, 80} {
			mean, deviation := spreadOf(readingsAt(m, pulse))
			if math.Abs(mean-float64(pulse)/100) > 0.003 || math.Abs(deviation/0.02-1) > 0.1 {
				t.Errorf("%q, pulse %d: %g ± %g, want %g ± 0.02", law, pulse, mean, deviation, float64(pulse)/100)
			}
		}
	}
}

// The noise of single pulses, and of whole writes, of a measured device.
func TestMeasuredNoise(t *testing.T) {
	for _, c := range []struct {
		device    Analog
		deviation float64 // after 50 of 100 pulses, in shares of the range
	}{
		{Analog{Levels: 100, StepNoise: 1}, 0.01 * math.Sqrt(50)},
		{Analog{Law: ConstantStep, Levels: 100, StepNoise: 1}, 0.01 * math.Sqrt(50)},
		{Analog{Law: ConstantStep, Levels: 100, CycleToCycle: 0.01}, 0.01 * math.Sqrt(50)},
	} {
		m := c.device.Measure(1000, 5)
		if _, deviation := spreadOf(readingsAt(m, 50)); math.Abs(deviation/c.deviation-1) > 0.1 {
			t.Errorf("%v: deviation %g, want %g", c.device, deviation, c.deviation)
		}
	}
}

// readingsAt are those of all cells after some LTP pulses.
func readingsAt(m Measurement, pulse int) (g []float32) {
	for i, direction := range m.direction {
		if direction == "LTP" && m.pulse[i] == float64(pulse) {
			g = append(g, float32(m.conductance[i]))
		}
	}
	return g
}

func noiseOf(step int) rng.Stream { return rng.New(3, "test", 0, step) }
