package array

import (
	"math"
	"testing"
)

// Whole numbers go through exactly where the converters do not clip: 128 rows of one
// bit count to 2^7.
func TestIntegersAreExactWithoutClipping(t *testing.T) {
	w, x := NewMatrix(5, 300), NewMatrix(4, 300)
	for i, v := range random(5, 300, -1, 1).Data {
		w.Data[i] = rint(127*v) / 127
	}
	for i, v := range random(4, 300, -1, 1).Data {
		x.Data[i] = rint(127*v) / 127
	}
	for j := range 5 {
		w.Row(j)[j] = 1 // the scale of each output
	}
	x.Data[0] = 1
	for _, c := range []struct {
		config Config
		exact  bool
	}{
		{Config{WeightBits: 8}, true},
		{Config{WeightBits: 8, CellBits: 3, InputBits: 8, DACBits: 2, ADCBits: 12}, true},
		{Config{WeightBits: 8, CellBits: 3, InputBits: 8, DACBits: 2, Rows: 17, ADCBits: 9}, true},
		{Config{WeightBits: 8, ADCBits: 4}, false},
	} {
		a := mustNew(t, Build{Config: c.config, In: 300, Out: 5, Reference: V15})
		a.Program(w)
		y := NewMatrix(4, 5)
		a.Read(y, x, Moment{})
		if off := rms(y.Data, exact(x, w, false)); math.IsNaN(off) || c.exact != (off < 1e-4) {
			t.Errorf("%v: %g off, want exact %v", c.config, off, c.exact)
		}
	}
}
