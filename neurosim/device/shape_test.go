package device

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/rng"
)

func TestExponentialStep(t *testing.T) {
	d := Analog{Law: ExponentialStep, Levels: 50, Asymmetry: 0.25, Exponential: Exponential{
		LTP: ExponentialTerm{Factor: 0.3, Rate: 2}, LTD: ExponentialTerm{Factor: -0.1, Rate: 3}, Slope: 0.5, Offset: -0.2,
	}}
	const w, s = 0.4, 0.04
	z := 0.5*w - 0.2
	up := w + 1.25*s*(1-0.3*math.Exp(2*z))
	down := w - 0.75*s*(1+0.1*math.Exp(-3*z))
	got := []float32{d.apply(1, w, -1)[0], d.apply(1, w, 1)[0]}
	oracle.Tolerance(1e-6).Same(t, "one pulse", got, []float32{float32(up), float32(down)})
}

// Straight and bent tables of steps are the laws that they tabulate.
func TestPiecewiseStepIsWhatItTabulates(t *testing.T) {
	plain := Analog{Levels: 50}
	for name, c := range map[string][2]Analog{
		"constant":    {plain.WithSteps([]float64{1, 1}, []float64{1, 1}), {Law: ConstantStep, Levels: 50}},
		"soft bounds": {plain.WithSteps([]float64{2, 1, 0}, []float64{0, 2}), {Law: SoftBounds, Levels: 50}},
	} {
		if err := c[0].Validate(); err != nil {
			t.Fatal(err)
		}
		for _, w := range []float32{-1, -0.3, 0, 0.55, 1} {
			for _, pulses := range []float32{-7, -1, 1, 12} {
				oracle.Tolerance(1e-6).Same(t, name, c[0].apply(1, w, pulses), c[1].apply(1, w, pulses))
			}
		}
	}
}

// A device made of the curves of another walks along them.
func TestMeasuredFollowsTheCurves(t *testing.T) {
	for _, source := range []Analog{FerroelectricFET(), EpiRAM(), {Law: LinearStep, Levels: 60, LTP: 0.5, LTD: 0.2, OnOff: 10}} {
		up, down := source.Curves()
		end := up.Len() - 1
		for end > 1 && up.Conductance[end] == up.Conductance[end-1] {
			end--
		}
		last := down.Len() - 1
		for last > 1 && down.Conductance[last] == down.Conductance[last-1] {
			last--
		}
		d, err := Measured(up.Conductance[:end+1], down.Conductance[:last+1])
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
		gotUp, gotDown := d.Curves()
		worst := 0.0
		for i := range min(end+1, gotUp.Len()) {
			worst = max(worst, math.Abs(gotUp.Conductance[i]-up.Conductance[i]))
		}
		for i := range min(last+1, gotDown.Len()) {
			worst = max(worst, math.Abs(gotDown.Conductance[i]-down.Conductance[i]))
		}
		if worst > 0.005 {
			t.Errorf("%v: off the measured curve by %.3f of the range", source, worst)
		}
	}
}

func TestMeasuredRefusesWhatIsNoCurve(t *testing.T) {
	good := []float64{1, 2, 3}
	for want, c := range map[string][2][]float64{
		"2 conductances":                      {{1, 2}, {3, 2, 1}},
		"pulse 2 takes the conductance":       {{1, 2, 2}, {3, 2, 1}},
		"measured LTD: pulse 1 takes the con": {good, good},
		"conductance -1":                      {{-1, 0, 1}, {3, 2, 1}},
		"conductance NaN":                     {{math.NaN(), 0, 1}, {3, 2, 1}},
	} {
		if _, err := Measured(c[0], c[1]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", c, err, want)
		}
	}
}

func TestValidateKnowsShapes(t *testing.T) {
	for want, d := range map[string]Analog{
		"Piecewise.LTP: 1 numbers":       {Law: PiecewiseStep, Levels: 9, Piecewise: Piecewise{"1", "1 1"}},
		`Piecewise.LTD: "-1"`:            {Law: PiecewiseStep, Levels: 9, Piecewise: Piecewise{"1 1", "1 -1"}},
		"Piecewise: {1 1 1 1}":           {Piecewise: Piecewise{"1 1", "1 1"}},
		"Exponential.LTP.Factor: NaN":    {Law: ExponentialStep, Levels: 9, Exponential: Exponential{LTP: ExponentialTerm{Factor: math.NaN()}}},
		"Exponential: {{1 0} {0 0} 0 0}": {Law: SoftBounds, Levels: 9, Exponential: Exponential{LTP: ExponentialTerm{Factor: 1}}},
		"Asymmetry: 1":                   {Law: SoftBounds, Levels: 9, Asymmetry: 1},
		"WriteNoise: 3":                  {WriteNoise: 3},
		"AsymmetryVariation: -0.1":       {Law: SoftBounds, Levels: 9, AsymmetryVariation: -0.1},
	} {
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestShapesSurviveJSON(t *testing.T) {
	d := ReRAMExponential().WithSteps([]float64{1.5, 0.25}, []float64{0, 1e-3, 2})
	for _, want := range []Analog{d, ReRAMExponential()} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Analog
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Errorf("%s: %v, %+v", data, err, got)
		}
	}
}

// What is seen scatters about what is kept, and the kept weight does not drift.
func TestWriteNoise(t *testing.T) {
	const n = 20_000
	d := Analog{Law: ConstantStep, Levels: 1000, WriteNoise: 20}
	c := d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 1})
	if !c.WriteNoise() {
		t.Fatal("no write noise")
	}
	kept, pulses, seen := make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range pulses {
		pulses[i] = -1
	}
	var mean, square float64
	for step := range 3 {
		c.Pulse(kept, pulses, 0, rng.New(1, "noise", 0, step))
		for i := 1; i < n; i++ {
			seen[i] = c.Seen(kept[i], i, rng.New(1, "seen", 0, step))
		}
	}
	for i := 1; i < n; i++ {
		diff := float64(seen[i] - kept[i])
		mean += diff / n
		square += diff * diff / n
		if math.Abs(float64(kept[i])-0.006) > 1e-6 {
			t.Fatalf("cell %d keeps %g after three steps of 0.002", i, kept[i])
		}
	}
	if std := math.Sqrt(square - mean*mean); math.Abs(mean) > 0.001 || math.Abs(std/0.04-1) > 0.03 {
		t.Errorf("mean %g, deviation %g of what is seen, want 0 and 0.04", mean, std)
	}
}

// No text makes a shape that validates and then walks a cell out of its range.
func FuzzPiecewise(f *testing.F) {
	f.Add("2 1 0", "0 1e3", int8(3))
	f.Add("", "1 nan", int8(-3))
	f.Fuzz(func(t *testing.T, ltp, ltd string, pulses int8) {
		d := Analog{Law: PiecewiseStep, Levels: 9, Piecewise: Piecewise{ltp, ltd}}
		if d.Validate() != nil {
			return
		}
		w := d.apply(1, 0.1, float32(pulses))[0]
		if !(w >= -1 && w <= 1) || (w-0.1)*float32(pulses) > 0 {
			t.Errorf("%q, %q: %d pulses from 0.1 give %g", ltp, ltd, pulses, w)
		}
	})
}
