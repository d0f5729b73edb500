package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// areaTerms collects what circuits take up.
type areaTerms []term

func (a *areaTerms) add(name string, at level, part category, size units.SquareMetre) {
	if size != 0 {
		*a = append(*a, term{name: name, at: at, part: part, count: 1, units: 1, factor: 1, images: 1, batches: 1, price: float64(size)})
	}
}

// each counts the terms so far for so many.
func (a *areaTerms) each(count int) { *a = changed(*a, alike(float64(count))) }

// areaTerms of a subarray.
func (s *subarray) areaTerms() areaTerms {
	var a areaTerms
	a.add("cells", atSubarray, inCells, s.sizes.array)
	for _, p := range s.parts() {
		a.add(p.name, atSubarray, p.kind, s.calibration.size(p.kind, p.size.Area))
	}
	return a
}

// areaTerms of a processing element.
func (e *engine) areaTerms() areaTerms {
	a := e.rest.areaTerms()
	a.each(e.side * e.side)
	a.add("adder tree", atElement, inAccumulation, e.tree.Size().Area)
	a.add("input registers", atElement, inBuffer, e.in.Size().Area)
	a.add("output registers", atElement, inBuffer, e.out.Size().Area)
	return a
}

// areaTerms of so many tiles.
func (t *tile) areaTerms(tiles int) areaTerms {
	blocks := func(b circuit.Buffer, count int) units.SquareMetre {
		return b.Size().Area * units.SquareMetre(count)
	}
	a := t.engine.areaTerms()
	a.each(t.count)
	a.add("adder tree", atTile, inAccumulation, t.tree.Size().Area)
	a.add("input buffer", atTile, inBuffer, blocks(t.in, t.cores.in))
	a.add("output buffer", atTile, inBuffer, blocks(t.out, t.cores.out))
	a.add("H-tree", atTile, inWires, t.htree.Area())
	a.add("activation", atTile, inOther, t.activationArea())
	a.each(tiles)
	return a
}

// areaTerms of what all layers share.
func (c *chip) areaTerms() areaTerms {
	var a areaTerms
	a.add("global buffer", atChip, inBuffer, c.core.Size().Area*units.SquareMetre(c.cores))
	a.add("pooling", atChip, inOther, c.pool.Size().Area)
	a.add("activation", atChip, inOther, c.activationArea())
	a.add("adder tree", atChip, inAccumulation, c.sum.Size().Area)
	a.add("global H-tree", atChip, inWires, c.tree.Area())
	for _, u := range c.builtUnits() {
		a.add("weight-gradient unit", atChip, inGradient, u.Area())
		a.add("accumulator", atChip, inGradient, u.sum.Size().Area)
	}
	return append(a, c.grid.areaTerms(c.studyTiles())...)
}

// areas are the terms of the tiles of a layer, those of all layers without any.
func (e *explained) areas(layer int) []term {
	c := e.chip
	list := c.tileOf(c.layers[layer]).areaTerms(c.layers[layer].tiles())
	if c.feedbackTiles == 0 || c.feedback[layer].tiles() == 0 {
		return list
	}
	return joinAll(list, c.grid.areaTerms(c.feedback[layer].tiles()), 1, (*term).more)
}
