package array

import "math"

// drift ages conductances for DriftTime (D. Ielmini, A. L. Lacaita and D.
// Mantegazza, "Recovery and drift dynamics of resistance and threshold voltages in
// phase-change memories", IEEE Trans. Electron Devices 54(2), 2007, equation 1):
// G(t) = G (t/1 s)^±v, toward the target, or as each cell was drawn.
func (c *cells) drift(g []float32, place int) {
	low, high := c.off, c.highest
	target := low + float32(float32(c.config.DriftTarget)*(high-low))
	up := float32(math.Pow(max(c.config.DriftTime, 1), c.config.Drift))
	for i, v := range g {
		if c.direction != nil {
			if c.direction[place+i] > 0 {
				g[i] = min(v*up, high)
			} else {
				g[i] = max(v/up, low)
			}
			continue
		}
		switch {
		case v < target:
			g[i] = min(v*up, target)
		case v > target:
			g[i] = max(v/up, target)
		}
	}
}
