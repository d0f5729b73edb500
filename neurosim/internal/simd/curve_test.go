package simd

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSinglePrecisionFunctions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	x := make([]float32, 200_000)
	for i := range x {
		x[i] = 40*r.Float32() - 20
	}
	for _, v := range x {
		y := exp32(v)
		checkULP(t, "exp", y, math.Exp(float64(v)))
		checkULP(t, "log", log32(y), math.Log(float64(y)))
	}
	for _, v := range x[:1000] {
		near := 1 - v*v*1e-4
		checkULP(t, "log near 1", log32(near), math.Log(float64(near)))
	}
	inf := float32(math.Inf(1))
	for _, c := range []struct{ got, want float32 }{
		{exp32(-inf), 0},
		{exp32(inf), inf},
		{exp32(200), inf},
		{exp32(-200), 0},
		{exp32(0), 1},
		{log32(0), -inf},
		{log32(inf), inf},
		{log32(1), 0},
	} {
		if c.got != c.want {
			t.Errorf("%g, want %g", c.got, c.want)
		}
	}
	if a, b := log32(-1), exp32(float32(math.NaN())); a == a || b == b {
		t.Errorf("%g and %g, want NaN", a, b)
	}
}

// The kernel has the bits of the arithmetic cell by cell, be the cells alike or not, and
// where that leaves its domain.
func TestCurves(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const cells = 10_003
	number := func(low, high float32) float32 { return low + (high-low)*r.Float32() }
	for name, count := range map[string]int{"alike": 1, "of their own": cells + 5} {
		for _, span := range []float32{0.97, 1.5, 30} {
			c := Curve{Pulses: 32, Limit: 15.0 / 16}
			for side := range 2 {
				for range count {
					a := number(-60, 60)
					c.A[side] = append(c.A[side], a)
					c.B[side] = append(c.B[side], float32(2/(1-math.Exp(float64(-c.Pulses/a)))))
				}
			}
			w, u, got := make([]float32, cells), make([]float32, cells), make([]float32, cells)
			for i := range w {
				w[i], u[i] = number(-span, span), number(-1.5, 1.5)
				if r.IntN(2) == 0 {
					u[i] *= 0.05
				}
			}
			w[77], u[78], u[79], w[80] = float32(math.NaN()), float32(math.NaN()), 1e30, float32(math.Inf(1))
			c.Change(got, w, u, 5*min(count-1, 1))
			for i, v := range got {
				if want := c.one(w[i], u[i], i+5*min(count-1, 1)); pattern(v) != pattern(want) && (v == v || want == want) {
					t.Fatalf("%s, weights up to %g: cell %d changes by %x, want %x", name, span, i, v, want)
				}
			}
		}
	}
}

// checkULP allows one unit in the last place.
func checkULP(t *testing.T, name string, got float32, want float64) {
	t.Helper()
	rounded := float32(want)
	ulp := math.Abs(float64(math.Float32frombits(math.Float32bits(rounded)+1)) - float64(rounded))
	if math.Abs(float64(got)-want) > ulp {
		t.Errorf("%s: %g, want %g", name, got, want)
	}
}
