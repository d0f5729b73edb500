package array

import (
	"math/bits"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// counted reads columns of exact digits by counting bits: an input's binary digits and
// a cell's are ones and zeros, and a sum of products the ones that they share.
type counted struct {
	*reader
	packed *bitCells
	fresh  bool // what is packed is what the cells hold

	group, first, end int
	bits              []uint32         // of the inputs: line, digit, word
	ones              []float32        // for each line and digit
	offsets           []float32        // by slice: line, digit and what is added in the end
	steps             []float32        // by slice and half: digit, scale and weight
	aims              []simd.Aim       // by slice
	fewest, most      [MaxBits]float32 // ones, by digit
	spans             []float32        // by block, or part of tiled, and slice and half

	tabled *tabled // nil: counting is faster
	tiled  *tiled  // nil likewise

	packInputs, span, convert, aimSlice loop
}

// countable says whether reads of the cells can count: cells without noise, converters
// without faults.
func (r *reader) countable(c *cells) bool {
	return r.digital(c) && !c.noisy && r.adc.bits > 0 && r.adc.simple() && r.config.Mapping != Difference
}

// digital says whether sums over the cells are of few bits: conductances that are exactly
// those of their digits, and inputs of one bit at a time.
func (r *reader) digital(c *cells) bool {
	return r.way == forward && c.integers && r.inputs.bits > 0 && r.inputs.each == 1 &&
		r.rows(c) <= simd.ColumnRows && cellBits(r.config) <= simd.ColumnPlanes
}

// rows is the rows of a subarray that is read forward.
func (r *reader) rows(c *cells) int {
	if r.group == 0 {
		return c.linear.Cols
	}
	return r.group
}

func newCounted(r *reader, cells *cells) *counted {
	c := &counted{reader: r, packed: newBitCells(cells, r.rows(cells), false)}
	c.packInputs, c.span, c.convert = c.packLines, c.spanBlocks, c.convertBlocks
	c.aimSlice = c.aimSlices
	switch {
	case simd.CanTiles(r.inputs.bits, len(cells.slices)*len(cells.slices[0].halves)):
		c.tiled = newTiled(c)
	case simd.CanTables():
		c.tabled = newTabled(c)
	}
	return c
}

// ready packs the cells if they are new, and says whether this batch can be counted.
func (c *counted) ready() bool {
	if c == nil || c.inputs.signed {
		return false
	}
	if !c.fresh {
		c.renew()
		c.fresh = true
	}
	return true
}

// renew packs the cells as they will be read.
func (c *counted) renew() {
	switch {
	case c.tiled != nil:
		c.tiled.renew()
		return
	case c.tabled != nil:
		c.tabled.renew()
		if c.config.ADCRange == Full {
			return
		}
		// Ranges are found by counting.
	}
	c.packed.renew()
}

// read adds the converted sums of all columns to out, for inputs without signs.
func (c *counted) read() {
	depth, rows := c.cells.linear.Cols, c.packed.rows
	if c.tabled != nil {
		c.tabled.begin()
		defer c.tabled.end()
	}
	for c.group = range c.packed.subarrays() {
		c.first, c.end = c.group*rows, min((c.group+1)*rows, depth)
		c.takeInputs()
		if c.tiled != nil {
			c.tiled.takeDigits()
		}
		c.aim()
		switch {
		case c.tiled != nil:
			c.tiled.subarray()
		case c.tabled != nil:
			c.tabled.subarray()
		default:
			parallel.Each(c.blocks(), c.convert)
		}
	}
}

func (c *counted) blocks() int { return c.packed.blocks() }

func (c *counted) halves() int { return c.packed.halves() }

// kinds is the columns of a weight in all.
func (c *counted) kinds() int { return len(c.cells.slices) * c.halves() }

// line is the numbers that the offsets of a line are.
func (c *counted) line() int { return c.inputs.bits + 1 }

// takeInputs packs the digits of the inputs of the subarray.
func (c *counted) takeInputs() {
	lines, digits := c.out.Rows, c.inputs.bits
	if size := lines * digits * simd.ColumnWords; cap(c.bits) < size {
		c.bits = make([]uint32, size)
	} else {
		c.bits = c.bits[:size]
	}
	c.ones = grown(c.ones, lines*digits)
	slices := len(c.cells.slices)
	c.offsets = grown(c.offsets, slices*lines*c.line())
	c.steps = grown(c.steps, slices*2*2*digits)
	if len(c.aims) < slices {
		c.aims = make([]simd.Aim, slices)
	}
	parallel.Run(lines, c.packInputs)
}

// packLines packs the inputs of lines first to end.
func (c *counted) packLines(first, end int) {
	digits := c.inputs.bits
	for line := first; line < end; line++ {
		words := c.bits[line*digits*simd.ColumnWords:][:digits*simd.ColumnWords]
		simd.FillBits(words, c.inputs.whole.Row(line)[c.first:c.end])
		for z := range digits {
			four := words[z*simd.ColumnWords:][:simd.ColumnWords]
			low, high := uint64(four[0])|uint64(four[1])<<32, uint64(four[2])|uint64(four[3])<<32
			c.ones[line*digits+z] = float32(bits.OnesCount64(low) + bits.OnesCount64(high))
		}
	}
}

// job is the reads of one block of a slice and half.
func (c *counted) job(block, k, half int) simd.ColumnRead {
	lines, digits := c.out.Rows, c.inputs.bits
	return simd.ColumnRead{
		Planes: c.packed.planes(k), Cells: c.packed.block(k, half, c.group, block), Bits: c.bits,
		Offsets: c.offsets[k*lines*c.line():][:lines*c.line()], Steps: c.steps[(k*2+half)*digits*2:][:2*digits],
		Highest: c.adc.highest, Lines: lines, Stride: c.out.Cols,
		Columns: min(simd.ColumnBlock, c.out.Cols-block*simd.ColumnBlock),
	}
}

func (c *counted) convertBlocks(first, end int) {
	for block := first; block < end; block++ {
		for k := range c.cells.slices {
			for half := range c.halves() {
				job := c.job(block, k, half)
				job.Out = c.out.Data[block*simd.ColumnBlock:]
				job.Read()
			}
		}
	}
}

func (c *counted) spanBlocks(first, end int) {
	for block := first; block < end; block++ {
		for k := range c.cells.slices {
			for half := range c.halves() {
				job := c.job(block, k, half)
				job.Out = c.spans[(block*c.kinds()+k*c.halves()+half)*c.spanStride():][:c.spanStride()]
				job.Span()
			}
		}
	}
}
