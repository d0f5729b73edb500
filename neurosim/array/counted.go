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
	packed [][]uint32 // by slice, half, subarray: the blocks of its columns
	fresh  bool       // packed is what the cells hold

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

	pack, packCells, span, convert, aimSlice loop
}

// countable says whether reads of the cells can count: digits of few bits, conductances
// that are exactly theirs, converters without faults.
func (r *reader) countable(c *cells) bool {
	rows := r.group
	if rows == 0 {
		rows = c.linear.Cols
	}
	return r.way == forward && r.adc.bits > 0 && r.adc.simple() && c.integers && !c.noisy &&
		r.inputs.bits > 0 && r.inputs.each == 1 && rows <= simd.ColumnRows &&
		cellBits(r.config) <= simd.ColumnPlanes && r.config.Mapping != Difference
}

func newCounted(r *reader, cells *cells) *counted {
	c := &counted{reader: r}
	c.pack, c.packCells, c.span, c.convert = c.packLines, c.packBlocks, c.spanBlocks, c.convertBlocks
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
	c.packAll()
}

// read adds the converted sums of all columns to out, for inputs without signs.
func (c *counted) read() {
	depth, rows := c.cells.linear.Cols, c.rows()
	if c.tabled != nil {
		c.tabled.begin()
		defer c.tabled.end()
	}
	for c.group = range ceil(depth, rows) {
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

func (c *counted) rows() int {
	if c.reader.group > 0 {
		return c.reader.group
	}
	return c.cells.linear.Cols
}

func (c *counted) blocks() int { return ceil(c.out.Cols, simd.ColumnBlock) }

func (c *counted) planes(k int) int { return bits.Len(uint(c.cells.slices[k].top)) }

// halves is the number of columns of a weight in a slice, and kinds in all.
func (c *counted) halves() int { return len(c.cells.slices[0].halves) }

func (c *counted) kinds() int { return len(c.cells.slices) * c.halves() }

// line is the numbers that the offsets of a line are.
func (c *counted) line() int { return c.inputs.bits + 1 }

// packAll packs the cells of all slices, halves and subarrays.
func (c *counted) packAll() {
	count := len(c.cells.slices) * c.halves() * ceil(c.cells.linear.Cols, c.rows())
	for len(c.packed) < count {
		c.packed = append(c.packed, nil)
	}
	for i := range c.packed {
		k, _, _ := c.place(i)
		if size := c.blocks() * c.blockWords(k); len(c.packed[i]) < size {
			c.packed[i] = make([]uint32, size)
		}
	}
	parallel.Each(count, c.packCells)
}

// blockWords is the words of sixteen columns of a slice.
func (c *counted) blockWords(k int) int {
	return c.planes(k) * simd.ColumnWords * simd.ColumnBlock
}

// place is the slice, half and subarray of packed columns.
func (c *counted) place(i int) (k, half, group int) {
	groups := ceil(c.cells.linear.Cols, c.rows())
	return i / groups / c.halves(), i / groups % c.halves(), i % groups
}

func (c *counted) index(k, half int) int {
	return (k*c.halves()+half)*ceil(c.cells.linear.Cols, c.rows()) + c.group
}

// packBlocks packs the columns first to end. Columns beyond the last repeat it, so that
// they widen no range.
func (c *counted) packBlocks(first, end int) {
	for i := first; i < end; i++ {
		k, half, group := c.place(i)
		levels, words := c.cells.slices[k].halves[half].levels, c.packed[i]
		clear(words)
		from, to := group*c.rows(), min((group+1)*c.rows(), levels.Cols)
		for column := range c.blocks() * simd.ColumnBlock {
			block := words[column/simd.ColumnBlock*c.blockWords(k):][column%simd.ColumnBlock:]
			for row, level := range levels.Row(min(column, levels.Rows-1))[from:to] {
				for digit := int(level); digit != 0; digit &= digit - 1 {
					plane := bits.TrailingZeros(uint(digit))
					block[(plane*simd.ColumnWords+row/32)*simd.ColumnBlock] |= 1 << (row % 32)
				}
			}
		}
	}
}

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
	parallel.Run(lines, c.pack)
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
	lines, digits, words := c.out.Rows, c.inputs.bits, c.blockWords(k)
	return simd.ColumnRead{
		Planes: c.planes(k), Cells: c.packed[c.index(k, half)][block*words:][:words], Bits: c.bits,
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
