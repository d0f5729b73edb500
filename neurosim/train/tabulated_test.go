package train

import (
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/oracle"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// The update in one pass has the bits of the update step by step.
func TestTabulatedUpdate(t *testing.T) {
	for name, d := range map[string]device.Analog{
		"straight":         {Levels: 64},
		"bent":             {Levels: 64, LTP: 1.75, LTD: 1.46},
		"asymmetric":       {Levels: 32, LTP: 4, LTD: -4},
		"noisy":            {Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.05},
		"stuck, and noisy": {Levels: 64, CycleToCycle: 0.01, StuckLow: 0.1, StuckHigh: 0.1},
	} {
		t.Run(name, func(t *testing.T) {
			const columns, size = 83, 83 * 97
			w, gradient := make([]float32, size), make([]float32, size)
			rng.New(1, "weights", 0, 0).FillRange(w, -0.9, 0.9)
			var layers [2][]float32
			var velocities [2][]float32
			for way := range layers {
				l, o := lone(Job{Device: d, Settings: Settings{Rate: 0.5}, Seed: 3}, w, columns)
				o.cells.Hold(l.W.Data, 0)
				for step := range 5 {
					rng.New(1, "gradient", 0, step).FillNormal(gradient, 0)
					largest := o.gather(whole(gradient))
					if way == 0 {
						o.program(l, nn.Shift(largest), step)
						continue
					}
					o.rounding, o.writing = o.rounding.At(step), o.writing.At(step)
					o.velocity.settled()
					parallel.For(size, func(first, end int) {
						o.programEach(l.W.Data[first:end], nn.Shift(largest), first)
					})
				}
				layers[way], velocities[way] = l.W.Data, o.velocity.settled()
				if way == 0 && !o.bound {
					want := make([]float32, size)
					nn.Quantise(want, l.W.Data, nn.Precision{}.For(d).Weight)
					oracle.Exact.Same(t, "weights as they are seen", l.Seen().Data, want)
				}
			}
			oracle.Exact.Same(t, "weights", layers[0], layers[1])
			oracle.Exact.Same(t, "velocities", velocities[0], velocities[1])
		})
	}
}
