package nn

import (
	"fmt"
	"math"
	"testing"

	"crossbook/neurosim/internal/oracle"
)

func TestQuantisersAgainstReference(t *testing.T) {
	ref := oracle.Load(t, "testdata/quantisers.json.gz")
	x := ref.Float32(t, "x")
	got := make([]float32, len(x))
	for _, bits := range []int{1, 2, 4, 5, 8, 16} {
		name := func(format string) string { return fmt.Sprintf(format, bits) }
		same := func(what string) {
			t.Helper()
			oracle.Exact.Same(t, what, got, ref.Float32(t, what))
		}
		Clip(got, x, bits)
		same(name("C%d"))
		Quantise(got, x, bits)
		same(name("Q%d"))
		quantiseWeight(got, x, bits, 1)
		same(name("QW%d_s1"))
		quantiseWeight(got, x, bits, 2)
		same(name("QW%d_s2"))
		if bits == 1 {
			continue // errors of one bit are not used
		}
		in := ref.Float32(t, name("QE%d_in"))
		QuantiseError(got, in, bits)
		same(name("QE%d"))
		oracle.Exact.Same(t, name("QE%d_in_after"), in, ref.Float32(t, name("QE%d_in_after")))
	}
	shifts := ref.Float32(t, "shift_in")
	for i, m := range shifts {
		shifts[i] = Shift(m)
	}
	oracle.Exact.Same(t, "shift", shifts, ref.Float32(t, "shift_out"))
}

func TestQuantiseErrorOfNothing(t *testing.T) {
	x := make([]float32, 3)
	QuantiseError(x, x, 8)
	oracle.Exact.Same(t, "zeros", x, make([]float32, 3))
}

func TestStochasticRound(t *testing.T) {
	got := make([]float32, 4)
	StochasticRound(got, []float32{0.3, 0.3, -1.25, 2}, []float32{0.6, 0.8, 0.2, 0.99})
	oracle.Exact.Same(t, "SR", got, []float32{0, 1, -2, 2})
}

func TestLimits(t *testing.T) {
	for bits, want := range map[int]float32{1: 1, 2: 0.5, 6: 31.0 / 32, 8: 127.0 / 128, Float: 1} {
		if got := Limit(bits); got != want {
			t.Errorf("%d bits: %g, want %g", bits, got, want)
		}
	}
	if m := MaxAbs([]float32{1, float32(math.NaN()), 2}); m == m {
		t.Errorf("NaN is lost: %g", m)
	}
}

// quantiseWeight is the reference's weight quantiser, which its trainings do not use: dst
// is Q(C(x,b),b), divided by the scale if that is above
// 1.8. dst may be x.
func quantiseWeight(dst, x []float32, bits int, scale float32) {
	Clip(dst, x, bits)
	Quantise(dst, dst, bits)
	if scale > 1.8 {
		for i := range dst {
			dst[i] /= scale
		}
	}
}
