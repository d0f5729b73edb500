package device

import (
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/rng"
)

// Which weights leave the domain of the reference's logarithm.
func TestFaithfulDomain(t *testing.T) {
	for _, row := range oracle.Rows(t, "testdata/qg_out_of_range.csv") {
		label := oracle.Number(t, row["label"])
		w, u := float32(oracle.Number(t, row["weight"])), float32(oracle.Number(t, row["x"]))
		for _, faithful := range []bool{true, false} {
			cell := Analog{Levels: 32, LTP: label, LTD: -label}.Fabricate(
				Fabrication{Count: 1, Limit: 15.0 / 16, Faithful: faithful})
			var d [1]float32
			cell.Change(d[:], []float32{w}, []float32{u}, 0)
			isNaN, want := d[0] != d[0], faithful && row["gives_nan"] == "1"
			if isNaN != want {
				t.Errorf("label %g, weight %g, velocity %g, faithful %v: NaN is %v", label, w, u, faithful, isNaN)
			}
		}
	}
}

// Both arithmetics are the same physics where both are defined.
func TestClosedFormAgreesWithFaithful(t *testing.T) {
	const n = 4000
	w, u := make([]float32, n), make([]float32, n)
	rng.New(1, "w", 0, 0).FillRange(w, -0.97, 0.97)
	rng.New(1, "u", 0, 0).FillRange(u, -1.4, 1.4)
	for _, d := range []Analog{
		{Levels: 64, LTP: 1.75, LTD: 1.46},
		{Levels: 64, LTP: 3, LTD: -3},
		{Levels: 32, LTP: -1, LTD: -2},
		{Levels: 64, LTP: 0.2, LTD: -0.2},
	} {
		f := Fabrication{Count: n, Limit: 31.0 / 32, Seed: 1}
		got, want := make([]float32, n), make([]float32, n)
		d.Fabricate(f).Change(got, w, u, 0)
		f.Faithful = true
		d.Fabricate(f).Change(want, w, u, 0)
		// Single precision near the flat end of the curve, and six decimals of a.
		oracle.Tolerance(2e-4).Same(t, d.String(), got, want)
	}
}

// A change by n pulses goes along the curve that Curves draws.
func TestChangeFollowsCurve(t *testing.T) {
	d := Analog{Levels: 64, LTP: 2.5, LTD: -4}
	up, down := d.Curves()
	cells := d.Fabricate(Fabrication{Count: 1, Limit: 1})
	for from := range 40 {
		for _, pulses := range []int{1, 5, 20} {
			for _, c := range []struct {
				curve Curve
				u     float32
			}{{up, -float32(pulses) / 32}, {down, float32(pulses) / 32}} {
				w := float32(2*c.curve.Conductance[from] - 1)
				var got [1]float32
				cells.Change(got[:], []float32{w}, []float32{c.u}, 0)
				want := 2 * (c.curve.Conductance[from] - c.curve.Conductance[from+pulses])
				if math.Abs(float64(got[0])-want) > 2e-6 {
					t.Errorf("%s, %d pulses from %d: %g, want %g", c.curve.Name, pulses, from, got[0], want)
				}
			}
		}
	}
}

func TestIdealCellIsLinear(t *testing.T) {
	w, u := []float32{0.25, -0.5, 0.9, 0}, []float32{0.1, 0.3, -0.4, 0}
	got := make([]float32, 4)
	Analog{}.Fabricate(Fabrication{Count: 4, Limit: 1}).Change(got, w, u, 0)
	oracle.Tolerance(1e-7).Same(t, "ideal", got, []float32{0.1, 0.3, 0.9 - 1, 0})
	Analog{Levels: 20}.Fabricate(Fabrication{Count: 4, Limit: 1}).Change(got, w, u, 0)
	oracle.Tolerance(1e-7).Same(t, "20 levels", got, []float32{0.1, 0.3, 0.9 - 1, 0})
}

func TestVariation(t *testing.T) {
	const n = 20_000
	d := Analog{Levels: 64, LTP: 1, LTD: -1, DeviceToDevice: 0.5}
	w, u := make([]float32, n), make([]float32, n)
	rng.New(2, "w", 0, 0).FillRange(w, -0.9, 0.9)
	rng.New(2, "u", 0, 0).FillRange(u, -1, 1)
	got, again, other, plain := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 3}).Change(got, w, u, 0)
	d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 3}).Change(again, w, u, 0)
	d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 3, Layer: 1}).Change(other, w, u, 0)
	if !slices.Equal(got, again) || slices.Equal(got, other) {
		t.Error("cells do not follow from seed and layer")
	}
	// No variation is the cell of the nominal label.
	Analog{Levels: 64, LTP: 1, LTD: -1}.Fabricate(Fabrication{Count: n, Limit: 1}).Change(plain, w, u, 0)
	d.Fabricate(Fabrication{Count: n, Limit: 1, Variation: make([]float32, n)}).Change(again, w, u, 0)
	oracle.Tolerance(1e-6).Same(t, "no variation", again, plain)
}

func BenchmarkChange(b *testing.B) {
	const n = 268_800
	w, u, d := make([]float32, n), make([]float32, n), make([]float32, n)
	rng.New(1, "w", 0, 0).FillRange(w, -0.9, 0.9)
	rng.New(1, "u", 0, 0).FillNormal(u, 0)
	for i := range u {
		u[i] *= 0.1
	}
	for _, c := range []struct {
		name   string
		device Analog
		exact  bool
	}{
		{"alike", Analog{Levels: 64, LTP: 1.75, LTD: 1.46}, false},
		{"each", Analog{Levels: 64, LTP: 1.75, LTD: 1.46, DeviceToDevice: 0.1}, false},
		{"faithful", Analog{Levels: 64, LTP: 1.75, LTD: 1.46}, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			cells := c.device.Fabricate(Fabrication{Count: n, Limit: 31.0 / 32, Faithful: c.exact})
			for b.Loop() {
				cells.Change(d, w, u, 0)
			}
		})
	}
}
