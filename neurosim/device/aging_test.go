package device

import (
	"math"
	"testing"
)

// aged is a weight in a cell of the device, so many seconds after it was written.
func aged(d Analog, w float32, seconds float64) float64 {
	cells := d.Fabricate(Fabrication{Count: 1, Limit: 1, Seed: 1})
	x := []float32{w}
	cells.Age(x, []float32{0}, 0, seconds)
	return float64(x[0])
}

func TestDriftIsAPowerLaw(t *testing.T) {
	for _, c := range []struct {
		device  Analog
		w       float32
		seconds float64
		want    float64
	}{
		{Analog{Drift: Drift{Exponent: 0.05, Pair: true}}, 0.8, 999, 0.8 * math.Pow(1000, -0.05)},
		{Analog{Drift: Drift{Exponent: 0.05, Pair: true}}, -0.8, 999, -0.8 * math.Pow(1000, -0.05)},
		{Analog{Drift: Drift{Exponent: 0.05, Start: 10, Pair: true}}, 0.8, 90, 0.8 * math.Pow(10, -0.05)},
		{Analog{Drift: Drift{Exponent: 0.05}}, 1, 999, 2*math.Pow(1000, -0.05) - 1},
		// Of an on/off ratio of 10 the conductance 0.55 at weight 0 goes to 0.55 f.
		{Analog{OnOff: 10, Drift: Drift{Exponent: 0.05}}, 0, 999, 2*(0.55*math.Pow(1000, -0.05)-0.1)/0.9 - 1},
		{Analog{OnOff: 10, Drift: Drift{Exponent: 1}}, 0, 999, -1}, // not below the lowest
		{Analog{Drift: Drift{Exponent: -1}}, 0, 999, 1},            // not above the highest
		{Analog{Retention: Retention{Lifetime: 100}}, 0.5, 50, 0.5 * math.Exp(-0.5)},
		{Analog{Retention: Retention{Lifetime: 100, Rest: -1}}, 0.5, 100, 1.5*math.Exp(-1) - 1},
		{Analog{Retention: Retention{Lifetime: 100}, StuckHigh: 1}, 0.5, 1000, 1},
		{Analog{Law: SoftBounds, Levels: 10, Skew: 0.5, Drift: Drift{Exponent: 1}}, 1.5, 1, 0.5}, // half of its range from -0.5
		{Analog{}, 0.5, 1e9, 0.5},
	} {
		if got := aged(c.device, c.w, c.seconds); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%v: %g becomes %g after %g s, want %g", c.device, c.w, got, c.seconds, c.want)
		}
	}
}

// Time may be cut into pieces.
func TestAgeInPieces(t *testing.T) {
	d := Analog{OnOff: 20, Drift: Drift{Exponent: 0.06, Variation: 0.02}, Retention: Retention{Lifetime: 1e4, Variation: 0.5}}
	d.Retention = Retention{} // which does not commute with drift toward another end
	cells := d.Fabricate(Fabrication{Count: 100, Limit: 1, Seed: 1})
	whole, pieces, ages := make([]float32, 100), make([]float32, 100), make([]float32, 100)
	cells.Age(whole, ages, 0, 1000)
	for second := range 10 {
		for i := range ages {
			ages[i] = float32(100 * second)
		}
		cells.Age(pieces, ages, 0, 100)
	}
	for i := range whole {
		if math.Abs(float64(whole[i]-pieces[i])) > 1e-5 {
			t.Errorf("cell %d: %g at once, %g in pieces", i, whole[i], pieces[i])
		}
	}
}

// Exponents and lifetimes spread as they are said to.
func TestAgingVaries(t *testing.T) {
	const n = 20_000
	d := Analog{Drift: Drift{Exponent: 0.05, Variation: 0.01, Pair: true}, Retention: Retention{}}
	cells := d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 1})
	w, logs := make([]float32, n), make([]float32, n)
	for i := range w {
		w[i] = 0.5
	}
	cells.Age(w, make([]float32, n), 0, math.E*math.E-1)
	for i, v := range w {
		logs[i] = float32(math.Log(float64(v)/0.5) / 2)
	}
	if mean, deviation := spreadOf(logs); math.Abs(mean+0.05) > 3e-4 || math.Abs(deviation/0.01-1) > 0.03 {
		t.Errorf("exponents of %g ± %g, want 0.05 ± 0.01", -mean, deviation)
	}
	leaky := Analog{Retention: Retention{Lifetime: 10, Variation: 0.3}}.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 1})
	for i := range w {
		w[i] = 0.5
	}
	leaky.Age(w, make([]float32, n), 0, 10)
	for i, v := range w {
		logs[i] = float32(math.Log(-math.Log(float64(v) / 0.5)))
	}
	if mean, deviation := spreadOf(logs); math.Abs(mean) > 0.01 || math.Abs(deviation/0.3-1) > 0.03 {
		t.Errorf("logarithms of lifetimes of %g ± %g, want 0 ± 0.3", -mean, deviation)
	}
}
