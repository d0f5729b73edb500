package device

import (
	"math"
	"strings"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/rng"
)

var lawful = []Analog{
	{Law: ConstantStep, Levels: 50},
	{Law: LinearStep, Levels: 50, LTP: 0.4, LTD: 0.7, Skew: 0.2},
	{Law: SoftBounds, Levels: 50, Skew: -0.25},
	{Law: PowerStep, Levels: 50, LTP: 1.7, LTD: 0.5},
}

// apply gives cells with the same weight the same number of pulses.
func (d Analog) apply(count int, w, pulses float32) []float32 {
	cells := d.Fabricate(Fabrication{Count: count, Limit: 1, Seed: 5})
	all, n := make([]float32, count), make([]float32, count)
	for i := range all {
		all[i], n[i] = w, pulses
	}
	cells.Pulse(all, n, 0, rng.New(1, "noise", 0, 0))
	return all
}

// The equations of the laws, from one weight by one pulse.
func TestOnePulse(t *testing.T) {
	const w, s = 0.5, 0.04
	for i, want := range [][2]float64{
		{s, -s},
		{s * (1 - 0.4*w/1.2), -s * (1 + 0.7*w/0.8)},
		{s * (1 - w/0.75), -s * (1 + w/1.25)},
		{s * math.Pow(0.25, 1.7), -s * math.Pow(0.75, 0.5)},
	} {
		up, down := lawful[i].apply(1, w, -1)[0], lawful[i].apply(1, w, 1)[0]
		oracle.Tolerance(1e-6).Same(t, lawful[i].Law, []float32{up, down}, []float32{float32(w + want[0]), float32(w + want[1])})
	}
}

// n pulses of soft bounds have a closed form: hi - w shrinks by 1 - s/hi each.
func TestManyPulsesOfSoftBounds(t *testing.T) {
	d := Analog{Law: SoftBounds, Levels: 50, Skew: 0.25}
	linear := Analog{Law: LinearStep, Levels: 50, LTP: 1, LTD: 1, Skew: 0.25}
	for _, n := range []float64{1, 10, 40} {
		up := 1.25 - (1.25+0.3)*math.Pow(1-0.04/1.25, n)
		down := -0.75 + (0.75-0.3)*math.Pow(1-0.04/0.75, n)
		want := []float32{float32(up), float32(down)}
		oracle.Tolerance(1e-6).Same(t, "soft bounds", []float32{d.apply(1, -0.3, -float32(n))[0], d.apply(1, -0.3, float32(n))[0]}, want)
		oracle.Tolerance(1e-6).Same(t, "linear, slope 1", []float32{linear.apply(1, -0.3, -float32(n))[0], linear.apply(1, -0.3, float32(n))[0]}, want)
	}
}

// Without noise LTP never lowers and LTD never raises; with noise no train of pulses
// leaves the range of its cell.
func FuzzPulses(f *testing.F) {
	f.Add(float32(0.5), int16(-3), uint8(1), false)
	f.Add(float32(-1), int16(700), uint8(2), true)
	f.Fuzz(func(t *testing.T, w float32, pulses int16, law uint8, noisy bool) {
		if !(w >= -1 && w <= 1) {
			return
		}
		d := lawful[int(law)%len(lawful)]
		if noisy {
			d.StepNoise, d.StepVariation, d.RangeVariation = 3, 0.3, 0.3
		}
		cells := d.Fabricate(Fabrication{Count: 3, Limit: 1, Seed: 5})
		before := []float32{w, w, w}
		cells.Hold(before, 0)
		after := append([]float32{}, before...)
		cells.Pulse(after, []float32{float32(pulses), float32(pulses), float32(pulses)}, 0, rng.New(1, "noise", 0, 0))
		for i, v := range after {
			cell := cells.laws.at(i)
			if !(v >= float32(cell.low) && v <= float32(cell.high)) {
				t.Errorf("%v: %d pulses from %g give %g, beyond %g to %g", d, pulses, before[i], v, cell.low, cell.high)
			}
			if wrong := (v - before[i]) * float32(pulses); !noisy && wrong > 0 {
				t.Errorf("%v: %d pulses go from %g to %g", d, pulses, before[i], v)
			}
		}
	})
}

// Noise of pulses adds up like a random walk; cells differ by the steps' deviation.
func TestNoiseAndVariationOfSteps(t *testing.T) {
	const n, s = 20_000, 2.0 / 1000
	for _, c := range []struct {
		device Analog
		pulses float32
		std    float64
	}{
		{Analog{Law: ConstantStep, Levels: 1000, StepNoise: 0.5}, 1, 0.5 * s},
		{Analog{Law: ConstantStep, Levels: 1000, StepNoise: 0.5}, 16, 0.5 * s * 4},
		{Analog{Law: ConstantStep, Levels: 1000, StepVariation: 0.2}, 16, 0.2 * s * 16},
	} {
		var mean, square float64
		for _, w := range c.device.apply(n, 0, -c.pulses) {
			mean += float64(w) / n
			square += float64(w) * float64(w) / n
		}
		std := math.Sqrt(square - mean*mean)
		if want := s * float64(c.pulses); math.Abs(mean-want) > 4*c.std/math.Sqrt(n) || math.Abs(std/c.std-1) > 0.03 {
			t.Errorf("%v, %g pulses: mean %g, deviation %g; want %g, %g", c.device, c.pulses, mean, std, want, c.std)
		}
	}
	ends := Analog{Law: ConstantStep, Levels: 1000, RangeVariation: 0.1}.apply(n, 0, -4000)
	var mean, square float64
	for _, w := range ends {
		mean += float64(w) / n
		square += float64(w) * float64(w) / n
	}
	if std := math.Sqrt(square - mean*mean); math.Abs(mean-1) > 0.003 || math.Abs(std-0.1) > 0.003 {
		t.Errorf("upper ends: mean %g, deviation %g; want 1, 0.1", mean, std)
	}
}

func TestCurvesOfLaws(t *testing.T) {
	for _, d := range lawful {
		up, down := d.Curves()
		if up.Len() != 51 || down.Len() != 51 || up.Conductance[0] != 0 || down.Conductance[0] != 1 {
			t.Errorf("%v: curves of %d and %d points from %g and %g", d, up.Len(), down.Len(), up.Conductance[0], down.Conductance[0])
		}
		for i := 1; i < up.Len(); i++ {
			if up.Conductance[i] < up.Conductance[i-1] || down.Conductance[i] > down.Conductance[i-1] {
				t.Errorf("%v: pulse %d goes the wrong way", d, i)
			}
		}
	}
}

func TestValidateKnowsLaws(t *testing.T) {
	for _, d := range lawful {
		if err := d.Validate(); err != nil {
			t.Errorf("%v: %v", d, err)
		}
	}
	for want, d := range map[string]Analog{
		`Law: "cubic"`:      {Law: "cubic"},
		"Levels: 0":         {Law: ConstantStep},
		"LTP: 0.5":          {Law: ConstantStep, Levels: 9, LTP: 0.5},
		"LTD: 1.5":          {Law: LinearStep, Levels: 9, LTD: 1.5},
		"DeviceToDevice: 1": {Law: SoftBounds, Levels: 9, DeviceToDevice: 1},
		"StepNoise: 101":    {StepNoise: 101},
		"Skew: 0.1":         {Skew: 0.1},
		"WriteNoise: 2":     {WriteNoise: 2},
		"Asymmetry: 1":      {Levels: 9, Asymmetry: 1},

		"Program.Error: 2":       {Program: Programming{Error: 2}},
		"Program.Pulses: -1":     {Program: Programming{Pulses: -1}},
		"Program.Tolerance: 0":   {Program: Programming{Pulses: 9}},
		"Program.Tolerance: 0.1": {Program: Programming{Tolerance: 0.1}},
		"Program.Updates: true":  {Program: Programming{Updates: true}},
		"Program.ReadNoise: 0.1": {Program: Programming{ReadNoise: 0.1}},
		"Program.Error: 0.1":     {Levels: 9, Program: Programming{Error: 0.1, Pulses: 9}},
		"Drift.Exponent: 2":      {Drift: Drift{Exponent: 2}},
		"Drift.Start: -1":        {Drift: Drift{Exponent: 0.1, Start: -1}},
		"Retention.Lifetime: 0":  {Retention: Retention{Rest: 0.1}},
		"Retention.Variation: 6": {Retention: Retention{Lifetime: 1, Variation: 6}},
		"Skew: 1":                {Law: SoftBounds, Levels: 9, Skew: 1},
		"RangeVariation: -1":     {Law: PowerStep, Levels: 9, RangeVariation: -1},
		"StuckHigh: 0.6":         {StuckLow: 0.5, StuckHigh: 0.6},
	} {
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), want+" is not allowed; allowed: ") {
			t.Errorf("nothing on %s in %v", want, err)
		}
	}
}
