package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// aim sets the converters of the subarray in work: to the range of all sums that can be,
// to those of the batch, or to those that were kept.
func (c *counted) aim() {
	full, keep := c.config.ADCRange == Full, c.config.ADCRange == Calibrated
	kept := keep && c.calibrated
	if !full && !kept {
		c.findSpans()
	}
	of := c.adc.window(0, float32(c.end-c.first)*c.cells.highest)
	for k := range c.cells.slices {
		c.begin(k)
		for z := range c.inputs.bits {
			place := (z*c.groups()+c.group)*len(c.cells.slices) + k
			for keep && len(c.windows) <= place {
				c.windows = append(c.windows, window{})
			}
			switch {
			case kept:
				of = c.windows[place]
			case !full:
				of = c.adc.window(c.spanOf(k, z))
			}
			if keep {
				c.windows[place] = of
			}
			c.aimAt(k, z, of)
		}
	}
	parallel.Each(len(c.cells.slices), c.aimSlice)
}

// begin aims the converters of a slice at nothing.
func (c *counted) begin(k int) {
	c.aims[k] = simd.Aim{
		Off: c.cells.off, Zero: c.cells.slices[k].zero, Highest: c.adc.highest, Digits: c.inputs.bits,
	}
}

// aimAt sets what the kernels need for a digit: code = (on sum + off ones - low)/step. A
// range without width gives nothing, as all its sums are alike.
func (c *counted) aimAt(k, z int, w window) {
	a, scale, weight := &c.aims[k], float32(0), float32(0)
	if w.step > 0 {
		scale = c.cells.on / w.step
		weight = w.step * c.inputs.weight(z) * c.cells.slices[k].weight
	}
	a.Low[z], a.Step[z], a.Scale[z] = w.low, w.step, scale
	if c.cells.dummies() {
		a.Weight[z] = weight
	}
	for half := range 2 {
		steps := c.steps[((k*2+half)*c.inputs.bits+z)*2:]
		steps[0], steps[1] = scale, weight
		weight = -weight
	}
}

// aimSlices sets the offsets of the lines in some slices.
func (c *counted) aimSlices(first, end int) {
	size := c.out.Rows * c.line()
	for k := first; k < end; k++ {
		c.aims[k].Lines(c.offsets[k*size:][:size], c.ones)
	}
}

// spanStride is the numbers of a span.
func (c *counted) spanStride() int { return c.inputs.bits * 2 * simd.ColumnBlock }

// spanParts is the parts of the columns that have spans of their own.
func (c *counted) spanParts() int {
	if c.tiled != nil {
		return c.tiled.parts()
	}
	return c.blocks()
}

// findSpans finds the lowest and highest sums of all columns.
func (c *counted) findSpans() {
	for k := range c.cells.slices {
		c.begin(k)
		for z := range c.inputs.bits { // the sums themselves
			c.aims[k].Step[z] = 1
			for half := range 2 {
				c.steps[((k*2+half)*c.inputs.bits+z)*2] = c.cells.on
			}
		}
	}
	parallel.Each(len(c.cells.slices), c.aimSlice)
	c.spans = grown(c.spans, c.spanParts()*c.kinds()*c.spanStride())
	for i := range c.spans {
		c.spans[i] = float32(math.Inf(1 - 2*(i/simd.ColumnBlock%2)))
	}
	c.findOnes()
	if c.tiled != nil {
		c.tiled.findSpans()
		return
	}
	parallel.Each(c.blocks(), c.span)
}

// findOnes finds the fewest and the most ones that a digit of a line has.
func (c *counted) findOnes() {
	digits := c.inputs.bits
	for z, count := range c.ones[:digits] {
		c.fewest[z], c.most[z] = count, count
	}
	for i, count := range c.ones {
		z := i % digits
		c.fewest[z], c.most[z] = min(c.fewest[z], count), max(c.most[z], count)
	}
}

// spanOf is the span of a slice's digit over all columns, and that of weights 0.
func (c *counted) spanOf(k, z int) (low, high float32) {
	low, high = float32(math.Inf(1)), float32(math.Inf(-1))
	for part := range c.spanParts() {
		for half := range c.halves() {
			at := c.spans[(part*c.kinds()+k*c.halves()+half)*c.spanStride()+2*z*simd.ColumnBlock:]
			l, _ := spread(at[:simd.ColumnBlock])
			_, h := spread(at[simd.ColumnBlock : 2*simd.ColumnBlock])
			low, high = min(low, l), max(high, h)
		}
	}
	if c.cells.dummies() {
		g := c.cells.dummy(&c.cells.slices[k])
		low, high = min(low, g*c.fewest[z]), max(high, g*c.most[z])
	}
	return low, high
}
