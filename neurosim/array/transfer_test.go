package array

import (
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/device"
)

// readWith reads 128 inputs through an array of 40 columns.
func readWith(t *testing.T, c Config) []float32 {
	t.Helper()
	w, x := onGrid(random(40, 128, -0.9, 0.9), 32), onGrid(random(30, 128, 0, 1), 255)
	a := mustNew(t, Build{Config: c, Device: device.Analog{OnOff: 10}, In: 128, Out: 40, Seed: 1})
	a.Program(w)
	y := NewMatrix(30, 40)
	a.Read(y, x, Moment{})
	return y.Data
}

func doubles(list []float32) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = float64(v)
	}
	return out
}

// A straight curve is no curve, to the last code but for rounding at thresholds; a
// bent one is another converter, and one of two levels gives two codes.
func TestTransfer(t *testing.T) {
	base := Config{Rows: 64, InputBits: 8, InputRange: 1, WeightBits: 6, ADCBits: 6, Mapping: Difference}
	plain, straight := readWith(t, base), readWith(t, base.WithTransfer([]float64{0, 1}))
	if off := rms(plain, doubles(straight)); off > 1e-3*rms(plain, make([]float64, len(plain))) {
		t.Errorf("a straight curve changes sums by %g", off)
	}
	bent := make([]float64, 65)
	for i := range bent {
		u := 2*float64(i)/64 - 1
		bent[i] = (1 + math.Tanh(2*u)/math.Tanh(2)) / 2
	}
	if off := rms(plain, doubles(readWith(t, base.WithTransfer(bent)))); !(off > 0.01) {
		t.Errorf("a bent curve changes sums by %g only", off)
	}
	base.Rows = 0
	base.InputBits = 1
	two := readWith(t, base.WithTransfer([]float64{0.25, 0.25}))
	slices.Sort(two)
	if n := len(slices.Compact(two)); n != 1 {
		t.Errorf("a flat curve gives %d values", n)
	}
}

func TestTransferIsPlainData(t *testing.T) {
	c := Config{ADCBits: 5}.WithTransfer([]float64{0, 0.6, 1})
	if c.Transfer != "0 0.6 1" || c != (Config{ADCBits: 5, Transfer: "0 0.6 1"}) {
		t.Errorf("%+v", c)
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	for _, bad := range []Config{
		{ADCBits: 5, Transfer: "1"},
		{ADCBits: 5, Transfer: " "},
		{ADCBits: 5, Transfer: "0 NaN"},
		{ADCBits: 5, Transfer: "0 2.1"},
		{Transfer: "0 1"},
		{ADCBits: 5, Transfer: "0 1", Nonlinear: true},
	} {
		if bad.Validate() == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}
