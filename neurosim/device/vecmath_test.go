package device

import (
	"math"
	"testing"

	"crossbook/neurosim/rng"
)

func TestSinglePrecisionFunctions(t *testing.T) {
	x := make([]float32, 200_000)
	rng.New(1, "x", 0, 0).FillRange(x, -20, 20)
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

// checkULP allows one unit in the last place.
func checkULP(t *testing.T, name string, got float32, want float64) {
	t.Helper()
	rounded := float32(want)
	ulp := math.Abs(float64(math.Float32frombits(math.Float32bits(rounded)+1)) - float64(rounded))
	if math.Abs(float64(got)-want) > ulp {
		t.Errorf("%s: %g, want %g", name, got, want)
	}
}
