package simd

import (
	"slices"
	"testing"
	"unsafe"
)

// The kernels give the bits that Go gives to numbers one by one.
func TestConversions(t *testing.T) {
	next := normals(3)
	for _, size := range []int{0, 1, 7, 8, 9, 100, 1003} {
		sums, out := make([]float32, size), make([]float32, size)
		for i := range sums {
			sums[i], out[i] = 40*next(), next()
		}
		c := Conversion{Scale: 0.37, Offset: 11.5, Highest: 31, Zero: 9, Weight: 0.011}
		want := slices.Clone(out)
		low, high := Span(sums)
		wantLow, wantHigh := Span(nil)
		for i := range want {
			c.Add(want[i:i+1], sums[i:i+1])
			wantLow, wantHigh = min(wantLow, sums[i]), max(wantHigh, sums[i])
		}
		c.Add(out, sums)
		if !slices.Equal(out, want) {
			t.Errorf("%d sums become other bits in blocks than one by one", size)
		}
		if low != wantLow || high != wantHigh {
			t.Errorf("%d sums from %g to %g, want %g to %g", size, low, high, wantLow, wantHigh)
		}
	}
}

func TestConversionLayout(t *testing.T) {
	if at := unsafe.Offsetof(conversion{}.Conversion); at != 24 {
		t.Errorf("the numbers of a conversion lie at %d, the kernel reads them at 24", at)
	}
	if at := unsafe.Offsetof(spanning{}.high); at != 48 {
		t.Errorf("the highest numbers lie at %d, the kernel reads them at 48", at)
	}
}
