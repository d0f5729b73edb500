package device

import (
	"math"
	"testing"

	"crossbook/neurosim/internal/oracle"
)

func TestCurveAgainstReference(t *testing.T) {
	rows := oracle.Rows(t, "testdata/nonlinear_curve.csv")
	for _, row := range rows {
		label, levels := oracle.Number(t, row["label"]), oracle.Number(t, row["max_level"])
		pulse, want := oracle.Number(t, row["pulse"]), oracle.Number(t, row["weight"])
		a := TableA(float32(label)) * levels
		if from := oracle.Number(t, row["A_times_P"]); math.Abs(a-from) > 1e-9*math.Abs(from) {
			t.Fatalf("label %g, %g levels: A P = %g, want %g", label, levels, a, from)
		}
		if got := weightAt(pulse/levels, levels/a); math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
			t.Errorf("label %g, pulse %g of %g: %.12f, want %.12f", label, pulse, levels, got, want)
		}
	}
	if len(rows) < 500 {
		t.Errorf("only %d points", len(rows))
	}
}

func TestCurvesEndWhereTheyShould(t *testing.T) {
	for _, d := range []Analog{{}, {Levels: 32, LTP: 3, LTD: -3, OnOff: 10}, {LTP: -6, LTD: 5}} {
		lowest := 0.0
		if d.OnOff != 0 {
			lowest = 1 / d.OnOff
		}
		up, down := d.Curves()
		last := up.Len() - 1
		for _, c := range []struct{ got, want float64 }{
			{up.Conductance[0], lowest},
			{up.Conductance[last], 1},
			{down.Conductance[0], 1},
			{down.Conductance[last], lowest},
		} {
			if math.Abs(c.got-c.want) > 1e-12 {
				t.Errorf("%v: a curve ends at %g, want %g", d, c.got, c.want)
			}
		}
		for i := 1; i <= last; i++ {
			if up.Conductance[i] <= up.Conductance[i-1] || down.Conductance[i] >= down.Conductance[i-1] {
				t.Errorf("%v: pulse %d goes the wrong way", d, i)
			}
		}
	}
}
