package simd

import (
	"math/bits"
	"unsafe"
)

// ColumnTally is the sums of sixteen columns of a crossbar whose cells hold digits, of a
// subarray of at most [ColumnRows] rows: for each line of inputs, over the cells whose row's
// bit is set, that of the digits into Sums and that of their squares into Squares. Whole
// numbers below 2^24, they are the same by any instructions.
//
// The square of a digit with the binary digits d_i is the sum of 4^i d_i and of
// 2^(i+j+1) d_i d_j for i < j: besides the planes of the binary digits, Cells has those of
// the products of two.
type ColumnTally struct {
	Planes        int      // bits of a cell: 1 to ColumnPlanes
	Cells         []uint32 // plane by plane, as [TallyPlanes] counts them: ColumnWords words of ColumnBlock columns each
	Bits          []uint32 // line by line, ColumnWords words
	Sums, Squares []float32
	Stride        int // numbers of both from one line to the next
	Lines         int
	Columns       int // of both: at most ColumnBlock
}

// TallyPlanes is the planes of cells of so many bits: those of the bits, lowest first, and
// those of the products of bits i and j, in the order of [PairPlane].
func TallyPlanes(planes int) int { return planes * (planes + 1) / 2 }

// PairPlane is the plane of the products of bits i and j > i of cells of so many bits.
func PairPlane(planes, i, j int) int { return planes + i*(2*planes-i-1)/2 + j - i - 1 }

// columnTally is what a kernel works on. The generator spells out its layout.
type columnTally struct {
	cells, bits, sums, squares unsafe.Pointer
	lines, stride, mask        uint64
}

// Count counts.
func (c *ColumnTally) Count() {
	last := (c.Lines-1)*c.Stride + c.Columns - 1
	_, _ = c.Sums[last], c.Squares[last]
	_ = c.Cells[TallyPlanes(c.Planes)*ColumnWords*ColumnBlock-1]
	_ = c.Bits[c.Lines*ColumnWords-1]
	raw := columnTally{
		cells: unsafe.Pointer(&c.Cells[0]), bits: unsafe.Pointer(&c.Bits[0]),
		sums: unsafe.Pointer(&c.Sums[0]), squares: unsafe.Pointer(&c.Squares[0]),
		lines: uint64(c.Lines), stride: uint64(4 * c.Stride), mask: 1<<c.Columns - 1,
	}
	if !fastTally(c.Planes, &raw) {
		c.countPortable()
	}
}

func (c *ColumnTally) countPortable() {
	for line := range c.Lines {
		for column := range c.Columns {
			sum, squares := 0, 0
			for i := range c.Planes {
				ones := c.ones(line, column, i)
				sum += ones << i
				squares += ones << (2 * i)
				for j := i + 1; j < c.Planes; j++ {
					squares += c.ones(line, column, PairPlane(c.Planes, i, j)) << (i + j + 1)
				}
			}
			at := line*c.Stride + column
			c.Sums[at], c.Squares[at] = float32(sum), float32(squares)
		}
	}
}

// ones counts those that a line's inputs share with a column of a plane.
func (c *ColumnTally) ones(line, column, plane int) (count int) {
	for w := range ColumnWords {
		word := c.Cells[(plane*ColumnWords+w)*ColumnBlock+column] & c.Bits[line*ColumnWords+w]
		count += bits.OnesCount32(word)
	}
	return count
}
