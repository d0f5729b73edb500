package device

import (
	"math/rand/v2"
	"testing"
)

// Along any train of pulses, of any exponential device and its cells, the conductance
// stays in its range; LTP never lowers it, and LTD never raises it.
func TestAnyTrainOfPulses(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	between := func(low, high float64) float64 { return low + (high-low)*r.Float64() }
	const cells, pulses = 8, 60
	for range 400 {
		d := Analog{Levels: 2 + r.IntN(300), LTP: between(-MaxLabel, MaxLabel), LTD: between(-MaxLabel, MaxLabel)}
		switch r.IntN(4) {
		case 0:
			d.Levels = 0
		case 1:
			d.DeviceToDevice = between(0, MaxLabel)
		case 2:
			d.LTP, d.LTD = 0, MaxLabel
		}
		limit := float32(between(0.1, 1))
		group := d.Fabricate(Fabrication{Count: cells, Limit: limit, Seed: r.Uint64()})
		w, u, change := make([]float32, cells), make([]float32, cells), make([]float32, cells)
		for i := range w {
			w[i] = float32(between(-1, 1)) * limit
		}
		for range pulses {
			for i := range u {
				u[i] = float32(between(-4, 4)) * float32(r.IntN(2)+r.IntN(2)*1000) // one, none, and far too many
			}
			group.Change(change, w, u, 0)
			for i, c := range change {
				next := w[i] - c
				if !(next >= -limit-1e-6 && next <= limit+1e-6) { // next is rounded
					t.Fatalf("%v: velocity %g takes %g to %g, beyond ±%g", d, u[i], w[i], next, limit)
				}
				if u[i] < 0 && c > 0 || u[i] >= 0 && c < 0 {
					t.Fatalf("%v: velocity %g takes %g to %g", d, u[i], w[i], next)
				}
				w[i] = min(max(next, -limit), limit)
			}
		}
	}
}
