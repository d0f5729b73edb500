package device

import (
	"math"

	"crossbook/neurosim/rng"
)

// newStuck draws which cells are stuck, and at which weight; the others are NaN. It
// is nil when none is.
func (d Analog) newStuck(f Fabrication) []float32 {
	if d.StuckLow == 0 && d.StuckHigh == 0 {
		return nil
	}
	low, high := -f.Limit, f.Limit
	if d.Law != "" {
		low, high = low*float32(1-d.Skew), high*float32(1+d.Skew)
	}
	stuck := make([]float32, f.Count)
	rng.New(f.Seed, "stuck cells", f.Layer, 0).Fill(stuck, 0)
	for i, u := range stuck {
		switch {
		case float64(u) < d.StuckLow:
			stuck[i] = low
		case float64(u) < d.StuckLow+d.StuckHigh:
			stuck[i] = high
		default:
			stuck[i] = float32(math.NaN())
		}
	}
	return stuck
}

// Hold takes the weights of cells first, first+1 ... to where those cells can be:
// stuck ones to their end of the range, and those with a range of their own into it. It
// is called when weights were set by other means than pulses, and after pulses when
// cells are stuck.
func (c *Cells) Hold(w []float32, first int) {
	if c.laws != nil || c.own != nil {
		for i := range w {
			cell := c.cell(first + i)
			w[i] = min(max(w[i], float32(cell.low)), float32(cell.high))
		}
	}
	if c.stuck == nil {
		return
	}
	for i, at := range c.stuck[first : first+len(w)] {
		if at == at {
			w[i] = at
		}
	}
}
