package simd

import (
	"math"
	"slices"
	"testing"
	"unsafe"
)

// The kernels give the bits that Go gives to numbers one by one.
func TestConversions(t *testing.T) { onAllPaths(t, testConversions) }

func testConversions(t *testing.T) {
	next := normals(3)
	for _, size := range []int{0, 1, 7, 8, 9, 100, 1003} {
		const lines = 3
		sums, out := make([]float32, lines*size), make([]float32, lines*size)
		for i := range sums {
			sums[i], out[i] = 40*next(), next()
		}
		c := Conversion{Scale: 0.37, Highest: 31, Weight: 0.011, Offsets: []float32{11.5, 3, -2}, Zeros: []float32{9, 8, 0}}
		want := slices.Clone(out)
		for i := range want {
			line := i / size
			code := float32(math.RoundToEven(float64(fma(sums[i], c.Scale, c.Offsets[line]))))
			want[i] = fma(min(max(code, 0), 31)-c.Zeros[line], c.Weight, out[i])
		}
		c.Add(out, sums)
		if !slices.Equal(out, want) {
			t.Errorf("%d sums a line become other bits than one by one", size)
		}
		low, high := Span(sums)
		wantLow, wantHigh := Span(nil)
		for _, v := range sums {
			wantLow, wantHigh = min(wantLow, v), max(wantHigh, v)
		}
		if low != wantLow || high != wantHigh {
			t.Errorf("%d sums from %g to %g, want %g to %g", size, low, high, wantLow, wantHigh)
		}
	}
}

// A span tells a number that is not finite wherever it is.
func TestSpansOfWhatIsNotFinite(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		for place := range 43 {
			for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
				x := make([]float32, 43)
				x[place] = float32(v)
				if low, high := Span(x); low == low || high == high {
					t.Errorf("the span of %g among zeros, as number %d, is %g to %g", v, place, low, high)
				}
			}
		}
	})
}

func TestDisturbances(t *testing.T) { onAllPaths(t, testDisturbances) }

func testDisturbances(t *testing.T) {
	next := normals(4)
	for _, size := range []int{1, 8, 43} {
		const lines = 3
		sums, powers, deviates := make([]float32, lines*size), make([]float32, lines*size), make([]float32, lines*size)
		for i := range sums {
			sums[i], powers[i], deviates[i] = next(), next(), next()
			sums[i], powers[i] = sums[i]*sums[i], powers[i]*powers[i]
		}
		d := Disturbance{
			Scale: 0.9, Deviation: 0.05, Square: 0.81, Linear: 0.03,
			Offsets: []float32{3.1, 0, -7}, Bases: []float32{0.2, 0, 900},
		}
		want := slices.Clone(sums)
		for i := range want {
			variance := fma(powers[i], d.Square, fma(sums[i], d.Linear, d.Bases[i/size]))
			root := float32(math.Sqrt(float64(variance)))
			want[i] = fma(d.Deviation*root, deviates[i], fma(sums[i], d.Scale, d.Offsets[i/size]))
		}
		d.Apply(sums, powers, deviates)
		if !slices.Equal(sums, want) {
			t.Errorf("%d sums a line become other bits than one by one", size)
		}
	}
}

func TestConversionLayout(t *testing.T) {
	if at := unsafe.Offsetof(conversion{}.scale); at != 64 {
		t.Errorf("the numbers of a conversion lie at %d, the kernel reads them at 64", at)
	}
	if at := unsafe.Offsetof(disturbance{}.scale); at != 72 {
		t.Errorf("the numbers of a disturbance lie at %d, the kernel reads them at 72", at)
	}
	if at := unsafe.Offsetof(spanning{}.none); at != 144 {
		t.Errorf("what tells numbers that are none lies at %d, the kernel writes it at 144", at)
	}
}
