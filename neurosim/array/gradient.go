package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// gradient makes weight gradients eᵀ x: a memory array of its own holds the inputs
// x, sign and magnitude, in cells of one bit; the errors e are its inputs. It has the
// converters of the synaptic array, but exact cells.
type gradient struct {
	config Config
	reader *reader
	cells  *cells
	scaled Matrix // x in units of its largest
	x      Matrix
	by     float32
	shrink loop
}

func newGradient(b Build) *gradient {
	config := b.Config
	b.Variation, b.ReadNoise, b.Drift, b.WireResistance = 0, 0, 0, 0
	b.Cols, b.Mapping, b.WeightBits, b.CellBits = 0, Pair, 0, 0
	if b.InputBits > 0 {
		b.WeightBits, b.CellBits = b.InputBits+1, 1
	}
	b.Device.OnOff = 0
	g := &gradient{config: config, reader: newReader(b, outer)}
	g.shrink = g.shrinkSpan
	b.Out = 1
	g.cells = newCells(b)
	g.reader.wide = newWide(g.reader, g.cells)
	return g
}

func (g *gradient) product(dw, e, x Matrix, at Moment) {
	low, high := spread(x.Data)
	largest := max(high, -low)
	if g.config.Zero() || !(largest > 0 && largest <= math.MaxFloat32) {
		simd.TProduct(dw.view(), e.view(), x.view()) // of zeros, or of what is no number
		return
	}
	if bits := g.config.InputBits; bits > 0 {
		largest *= float32(int(1)<<bits) / float32(int(1)<<bits-1) // the highest number stands for the largest x
	}
	g.x, g.by, g.scaled = x, 1/largest, g.scaled.resized(x.Rows, x.Cols)
	parallel.Run(len(x.Data), g.shrink)
	g.cells.resize(x.Rows, x.Cols)
	g.cells.program(g.scaled)
	g.reader.wide.renew()
	g.reader.read(dw, e, request{g.cells, at})
	g.reader.multiply(largest)
}

func (g *gradient) shrinkSpan(first, end int) {
	scaled := g.scaled.Data[first:end]
	for i, v := range g.x.Data[first:end] {
		scaled[i] = v * g.by
	}
}

// resize gives the cells another size.
func (c *cells) resize(rows, cols int) {
	c.linear = c.linear.resized(rows, cols)
	for k := range c.slices {
		for h := range c.slices[k].halves {
			p := &c.slices[k].halves[h]
			p.levels = p.levels.resized(rows, cols)
		}
	}
}
