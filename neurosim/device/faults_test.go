package device

import (
	"math"
	"testing"
)

func TestStuckCells(t *testing.T) {
	const n = 50_000
	for _, d := range []Analog{
		{StuckLow: 0.1, StuckHigh: 0.03},
		{StuckLow: 0.1, StuckHigh: 0.03, Law: SoftBounds, Levels: 100, Skew: 0.25},
	} {
		low, high := float32(-(1 - d.Skew)), float32(1+d.Skew)
		cells := d.Fabricate(Fabrication{Count: n, Limit: 1, Seed: 2})
		w := make([]float32, n)
		cells.Hold(w[:n/2], 0)
		cells.Hold(w[n/2:], n/2)
		found := map[float32]float64{}
		for _, v := range w {
			found[v] += 1.0 / n
		}
		// Four standard deviations of a share of 50,000.
		if math.Abs(found[low]-0.1) > 0.0054 || math.Abs(found[high]-0.03) > 0.0031 || len(found) != 3 {
			t.Errorf("%v: shares %v", d, found)
		}
	}
	w := []float32{0.25}
	Analog{Levels: 64}.Fabricate(Fabrication{Count: 1, Limit: 1}).Hold(w, 0)
	if w[0] != 0.25 {
		t.Errorf("a sound cell goes to %g", w[0])
	}
}
