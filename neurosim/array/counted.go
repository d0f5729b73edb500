package array

import (
	"math"
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
	bits              []uint32  // of the inputs: line, digit, word
	ones              []float32 // for each line and digit
	offsets           []float32 // by slice: line, digit and what is added in the end
	steps             []float32 // by slice and half: digit, scale and weight
	spans             []float32 // by block and slice and half

	tabled *tabled // nil: counting is faster
	tiled  *tiled  // nil likewise

	pack, packCells, span, convert loop
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
	switch {
	case simd.CanTiles() && tileable(r, cells):
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
		if c.config.ADCRange == Full {
			for k := range c.cells.slices {
				c.aimFull(k)
			}
		} else {
			c.aimBatch()
		}
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
	c.offsets = grown(c.offsets, len(c.cells.slices)*lines*c.line())
	c.steps = grown(c.steps, len(c.cells.slices)*2*2*digits)
	parallel.Run(lines, c.pack)
}

// packLines packs the inputs of lines first to end.
func (c *counted) packLines(first, end int) {
	digits := c.inputs.bits
	for line := first; line < end; line++ {
		words := c.bits[line*digits*simd.ColumnWords:][:digits*simd.ColumnWords]
		simd.FillBits(words, c.inputs.whole.Row(line)[c.first:c.end])
		for z := range digits {
			count := 0
			for _, word := range words[z*simd.ColumnWords:][:simd.ColumnWords] {
				count += bits.OnesCount32(word)
			}
			c.ones[line*digits+z] = float32(count)
		}
	}
}

// aimFull sets the converters of a slice to the range of all sums that can be.
func (c *counted) aimFull(k int) {
	high := float32(c.end-c.first) * c.cells.highest
	w := c.adc.window(0, high)
	for z := range c.inputs.bits {
		c.aimAt(k, z, w)
	}
	c.settleZeros(k)
}

// aimBatch sets the converters to the ranges of the batch, or to those that were kept.
func (c *counted) aimBatch() {
	slices, digits := len(c.cells.slices), c.inputs.bits
	keep := c.config.ADCRange == Calibrated
	if !keep || !c.calibrated {
		c.findSpans()
	}
	for k := range slices {
		for z := range digits {
			place := (z*c.groups()+c.group)*slices + k
			for keep && len(c.windows) <= place {
				c.windows = append(c.windows, window{})
			}
			if keep && c.calibrated {
				c.aimAt(k, z, c.windows[place])
				continue
			}
			w := c.adc.window(c.spanOf(k, z))
			if keep {
				c.windows[place] = w
			}
			c.aimAt(k, z, w)
		}
		c.settleZeros(k)
	}
}

// aimAt sets what the kernel needs for a digit: code = (on sum + off ones - low)/step. A
// range without width gives nothing, as all its sums are alike.
func (c *counted) aimAt(k, z int, w window) {
	lines, digits := c.out.Rows, c.inputs.bits
	scale, weight := float32(0), float32(0)
	if w.step > 0 {
		scale = c.cells.on / w.step
		weight = w.step * c.inputs.weight(z) * c.cells.slices[k].weight
	}
	for half := range 2 {
		steps := c.steps[((k*2+half)*digits+z)*2:]
		steps[0], steps[1] = scale, weight
		weight = -weight
	}
	offsets := c.offsets[k*lines*c.line():]
	for line := range lines {
		offset := float32(0)
		if w.step > 0 {
			offset = (float32(c.cells.off*c.ones[line*digits+z]) - w.low) / w.step
		}
		offsets[line*c.line()+z] = offset
	}
}

// settleZeros sets what is added to every line in the end: what the column of weights 0
// gives, taken away.
func (c *counted) settleZeros(k int) {
	digits, s := c.inputs.bits, &c.cells.slices[k]
	offsets, steps := c.offsets[k*c.out.Rows*c.line():], c.steps[k*2*digits*2:]
	for line := range c.out.Rows {
		at := offsets[line*c.line():][:c.line()]
		at[digits] = 0
		for z := 0; z < digits && c.cells.dummies(); z++ {
			sum := float32(s.zero * c.ones[line*digits+z])
			code := roundEven(min(max(float32(sum*steps[2*z])+at[z], 0), c.adc.highest))
			at[digits] -= float32(code * steps[2*z+1])
		}
	}
}

// spanStride is the numbers of a span.
func (c *counted) spanStride() int { return c.inputs.bits * 2 * simd.ColumnBlock }

// findSpans finds the lowest and highest sums of all blocks.
func (c *counted) findSpans() {
	lines, digits := c.out.Rows, c.inputs.bits
	for k := range c.cells.slices {
		for half := range 2 {
			for z := range digits {
				c.steps[((k*2+half)*digits+z)*2] = c.cells.on
			}
		}
		for line := range lines {
			for z := range digits {
				c.offsets[(k*lines+line)*c.line()+z] = c.cells.off * c.ones[line*digits+z]
			}
		}
	}
	c.spans = grown(c.spans, c.blocks()*c.kinds()*c.spanStride())
	for i := range c.spans {
		c.spans[i] = float32(math.Inf(1 - 2*(i/simd.ColumnBlock%2)))
	}
	if c.tiled != nil {
		c.tiled.findSpans()
		return
	}
	parallel.Each(c.blocks(), c.span)
}

// spanOf is the span of a slice's digit over all blocks and halves, and of the column of
// weights 0.
func (c *counted) spanOf(k, z int) (low, high float32) {
	kinds := len(c.cells.slices) * c.halves()
	for block := range c.blocks() {
		for half := range c.halves() {
			at := c.spans[(block*kinds+k*c.halves()+half)*c.spanStride()+2*z*simd.ColumnBlock:]
			l, _ := spread(at[:simd.ColumnBlock])
			_, h := spread(at[simd.ColumnBlock : 2*simd.ColumnBlock])
			if block == 0 && half == 0 {
				low, high = l, h
			}
			low, high = min(low, l), max(high, h)
		}
	}
	if c.cells.dummies() {
		g := c.cells.dummy(&c.cells.slices[k])
		for line := range c.out.Rows {
			v := g * c.ones[line*c.inputs.bits+z]
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
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
				kinds := len(c.cells.slices) * c.halves()
				job.Out = c.spans[(block*kinds+k*c.halves()+half)*c.spanStride():][:c.spanStride()]
				job.Span()
			}
		}
	}
}
