package array

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// tally adds up exact digits of noisy cells by counting bits, and with them their squares:
// as an input is 0 or 1, the variance of a sum of conductances is
//
//	sum of x (on d + off)² = on² sum of x d² + 2 on off sum of x d + off² sum of x
//
// of the digits d in units of the square of the read noise.
type tally struct {
	*reader
	columns *bitCells
	fresh   bool     // the columns are what the cells hold
	bits    []uint32 // of the digit of the inputs in work: line, word
	pack    loop
}

// tallyLines is how many lines are read together: their sums stay in the nearest cache.
const tallyLines = 16

// newTally returns nil where sums cannot be counted.
func newTally(r *reader, c *cells) *tally {
	if !c.noisy || !r.digital(c) {
		return nil
	}
	t := &tally{reader: r, columns: newBitCells(c, r.rows(c), true)}
	t.pack = t.packLines
	return t
}

// serves says whether a batch can be counted: inputs of both signs cannot.
func (t *tally) serves() bool { return t != nil && !t.inputs.signed }

// renew says that the cells have changed.
func (t *tally) renew() {
	if t != nil {
		t.fresh = false
	}
}

// take packs what is to be counted.
func (t *tally) take(*slice) {
	if t.now.slice > 0 {
		return
	}
	if !t.fresh {
		t.columns.renew()
		t.fresh = true
	}
	if size := t.out.Rows * simd.ColumnWords; cap(t.bits) < size {
		t.bits = make([]uint32, size)
	} else {
		t.bits = t.bits[:size]
	}
	parallel.Run(t.out.Rows, t.pack)
}

func (t *tally) packLines(first, end int) {
	for line := first; line < end; line++ {
		digits := t.inputs.digits.Row(line)[t.now.first:t.now.end]
		simd.FillBits(t.bits[line*simd.ColumnWords:][:simd.ColumnWords], digits)
	}
}

func (t *tally) tile() int { return tallyLines }

// sum sets the sums of tile i, and those of the squares.
func (t *tally) sum(_, i int) {
	k, cols := t.now.slice, t.out.Cols
	top, bottom := i*tallyLines, min((i+1)*tallyLines, t.out.Rows)
	c := simd.ColumnTally{
		Planes: t.columns.width(k), Bits: t.bits[top*simd.ColumnWords:],
		Stride: cols, Lines: bottom - top,
	}
	for half := range t.columns.halves() {
		for block := range t.columns.blocks() {
			at := top*cols + block*simd.ColumnBlock
			c.Cells = t.columns.block(k, half, t.now.group, block)
			c.Sums, c.Squares = t.sums[half].Data[at:], t.squares[half].Data[at:]
			c.Columns = min(simd.ColumnBlock, cols-block*simd.ColumnBlock)
			c.Count()
		}
	}
}

// variance makes it of the sums of digits.
func (t *tally) variance() variance {
	on, off := t.cells.on, t.cells.off
	return variance{square: float32(on * on), linear: float32(2 * float32(on*off)), base: float32(off * off), root: 1}
}
