package array

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// tabled makes the reads of counted by tables of four rows, where the processor does that
// faster. The results, held column by column, are the same to the bit.
type tabled struct {
	*counted
	tables  []simd.Tables // by slice, half, subarray: those of its columns
	index   simd.Tables   // of the digits of the inputs
	offsets []float32     // by slice
	steps   []float32     // by slice and half, with digits of no weight to the next eight
	out     []float32

	packTables, packIndex, read, give loop
}

// groupsAtOnce is how many groups of lines go through a block of columns before the next:
// their index stays in the nearest cache.
const groupsAtOnce = 8

func newTabled(c *counted) *tabled {
	t := &tabled{counted: c}
	t.packTables, t.packIndex, t.read, t.give = t.fillTables, t.fillIndex, t.readBlocks, t.giveLines
	return t
}

func (t *tabled) lineGroups() int { return ceil(t.counted.out.Rows, simd.TableLines) }

func (t *tabled) octets() int { return ceil(t.inputs.bits, simd.TableDigits) }

// ofLines is the numbers that the offsets of a group of lines are.
func (t *tabled) ofLines() int { return (t.octets()*simd.TableDigits + 1) * simd.TableLines }

func (t *tabled) stride() int { return t.lineGroups() * simd.TableLines }

// renew makes the tables of all slices, halves and subarrays.
func (t *tabled) renew() {
	count := len(t.cells.slices) * t.halves() * t.packed.subarrays()
	size := t.counted.reader.cells.linear.Rows * simd.TableColumn
	for len(t.tables) < count {
		t.tables = append(t.tables, make(simd.Tables, size))
	}
	parallel.Each(count, t.packTables)
}

func (t *tabled) fillTables(first, end int) {
	for i := first; i < end; i++ {
		k, half, group := t.packed.place(i)
		levels := t.cells.slices[k].halves[half].levels
		from, to := group*t.packed.rows, min((group+1)*t.packed.rows, levels.Cols)
		for column := range levels.Rows {
			var digits [simd.ColumnRows]uint8
			for row, level := range levels.Row(column)[from:to] {
				digits[row] = uint8(level)
			}
			t.tables[i][column*simd.TableColumn:].Fill(&digits)
		}
	}
}

// begin makes room for a batch, and clears its results.
func (t *tabled) begin() {
	groups, slices := t.lineGroups(), len(t.cells.slices)
	if size := groups * t.octets() * simd.TableIndex; cap(t.index) < size {
		t.index = make(simd.Tables, size)
	} else {
		t.index = t.index[:size]
	}
	t.offsets = grown(t.offsets, slices*groups*t.ofLines())
	t.steps = grown(t.steps, slices*2*2*t.octets()*simd.TableDigits)
	t.out = grown(t.out, t.counted.out.Cols*t.stride())
	clear(t.out)
}

// subarray adds the converted sums of the subarray in work, for which converters are set.
func (t *tabled) subarray() {
	parallel.Each(t.lineGroups(), t.packIndex)
	digits, padded := t.inputs.bits, t.octets()*simd.TableDigits
	clear(t.steps)
	for i := range len(t.cells.slices) * 2 {
		copy(t.steps[i*2*padded:], t.counted.steps[i*2*digits:][:2*digits])
	}
	parallel.Each(t.blocks(), t.read)
}

// fillIndex puts the inputs' digits and the offsets of groups of lines in their places.
func (t *tabled) fillIndex(first, end int) {
	lines, digits := t.counted.out.Rows, t.inputs.bits
	last := t.octets() * simd.TableDigits
	for group := first; group < end; group++ {
		index := t.index[group*t.octets()*simd.TableIndex:][:t.octets()*simd.TableIndex]
		for lane := range min(simd.TableLines, lines-group*simd.TableLines) {
			line := group*simd.TableLines + lane
			for z := range digits {
				index.FillIndex(t.bits[(line*digits+z)*simd.ColumnWords:], lane, z)
			}
			for k := range t.cells.slices {
				from := t.counted.offsets[(k*lines+line)*t.line():][:t.line()]
				to := t.offsets[(k*t.lineGroups()+group)*t.ofLines():][lane:]
				for z, offset := range from[:digits] {
					to[z*simd.TableLines] = offset
				}
				to[last*simd.TableLines] = from[digits]
			}
		}
	}
}

func (t *tabled) readBlocks(first, end int) {
	for block := first; block < end; block++ {
		for group := 0; group < t.lineGroups(); group += groupsAtOnce {
			for k := range t.cells.slices {
				for half := range t.halves() {
					job := t.job(block, group, k, half)
					job.Read()
				}
			}
		}
	}
}

// job is the reads of one block of columns of a slice and half, by some groups of lines.
func (t *tabled) job(block, group, k, half int) simd.TableRead {
	column, steps := block*simd.ColumnBlock, 2*t.octets()*simd.TableDigits
	columns := min(simd.ColumnBlock, t.counted.out.Cols-column)
	return simd.TableRead{
		Planes: t.packed.width(k), Tables: t.tables[t.packed.index(k, half, t.group)][column*simd.TableColumn:],
		Index:   t.index[group*t.octets()*simd.TableIndex:],
		Offsets: t.offsets[(k*t.lineGroups()+group)*t.ofLines():], Steps: t.steps[(k*2+half)*steps:][:steps],
		Highest: t.adc.highest, Out: t.out[column*t.stride()+group*simd.TableLines:], Stride: t.stride(),
		Groups: min(groupsAtOnce, t.lineGroups()-group), Octets: t.octets(), Columns: columns,
	}
}

// end gives the results to the product.
func (t *tabled) end() { parallel.Lines(t.counted.out.Rows, t.counted.out.Cols, t.give) }

func (t *tabled) giveLines(first, end int) {
	for line := first; line < end; line++ {
		row := t.counted.out.Row(line)
		for column := range row {
			row[column] = t.out[column*t.stride()+line]
		}
	}
}
