package cost

import "crossbook/neurosim/units"

// What C. Wolters, B. Taylor, E. Hanson, X. Yang, U. Schlichtmann and Y. Chen,
// "Biologically plausible learning on neuromorphic hardware architectures", MWSCAS
// 2023, priced otherwise than DNN+NeuroSim V2.1 does, of which their estimator is a
// fork. Arrays are neither read backwards nor written: what is left of the error
// phase and of the update is sums and the movement of data.

// studyTiles is the one block of feedback weights that all layers of direct
// feedback share: it has the widest layer's, takes up area, and is never read.
func (c *chip) studyTiles() int {
	if !c.wolters || !c.training || !c.rule.direct() {
		return 0
	}
	widest := 0
	for _, l := range c.layers {
		widest = max(widest, l.Kernels)
	}
	classes := c.layers[len(c.layers)-1].columns
	return ceilDiv(widest, c.gridTile) * ceilDiv(classes, c.gridTile)
}

// studyCells is how many cells of it are in use.
func (c *chip) studyCells() int {
	widest := 0
	for _, l := range c.layers {
		widest = max(widest, l.Kernels)
	}
	return widest * c.layers[len(c.layers)-1].columns
}

// studyUnits are gradient units of a layer each, for the area; latencies are those
// of the largest.
func (c *chip) studyUnits() []gradientUnit {
	list := make([]gradientUnit, len(c.layers))
	for i, l := range c.layers {
		list[i] = gradientUnit{c.gradient.Arrays(l.allWindows(), l.Channels*c.inputBits), c.units[0].sum}
	}
	return list
}

// slowest lets the latencies of one layer count after the forward phase, of that
// which takes longest in them.
func slowest(layers []Phases) counted {
	c := newCounted(len(layers), false)
	longest, at := units.Second(-1), 0
	for i, l := range layers {
		c[forwardPhase][i] = true
		if t := l.Total().Latency - l.Forward.Latency; t > longest {
			longest, at = t, i
		}
	}
	c[errorPhase][at], c[gradientPhase][at], c[updatePhase][at] = true, true, true
	return c
}

// studyOperations scales the count of operations to those of direct feedback,
// whose error phase multiplies the output error with one feedback matrix a layer.
func (c *chip) studyOperations(all float64) float64 {
	classes := float64(c.layers[len(c.layers)-1].Kernels)
	forward, first, direct := 0.0, 0.0, 0.0
	for i, l := range c.layers {
		pixels := 2 * float64(l.Height*l.Width)
		n := pixels * float64(l.rows()) * float64(l.Kernels)
		if i == 0 {
			first = n
		}
		forward += n
		direct += pixels * classes * float64(l.positions()) * float64(l.Kernels)
	}
	chain := 2*forward - first
	return all * (1 - (chain-(forward-first+direct))/(forward+chain))
}
