package simd

import (
	"math"
	"math/bits"
	"unsafe"
)

// The shape of a column read.
const (
	ColumnRows   = 128             // most rows of a subarray
	ColumnWords  = ColumnRows / 32 // words with a bit for each row
	ColumnBlock  = 16              // columns that are read together
	ColumnPlanes = 4               // most bits of a cell
)

// ColumnRead is reads of sixteen columns of a crossbar whose cells hold digits: for
// each line of inputs and each of its binary digits z, the sum of the cells whose row's
// bit is set is converted,
//
//	code = clamp(round(fma(sum, scale_z, offset)), 0, Highest),   Out = fma(code, weight_z, Out),
//
// one digit after the other, and the line's last offset is added. Rounding is to even.
type ColumnRead struct {
	Planes  int       // bits of a cell
	Cells   []uint32  // plane by plane, ColumnWords words of ColumnBlock columns each
	Bits    []uint32  // line by line, digit by digit, ColumnWords words
	Offsets []float32 // line by line, one for each digit and that to be added in the end
	Steps   []float32 // scale and weight of each digit
	Highest float32   // code
	Out     []float32 // line by line, Stride apart
	Stride  int
	Lines   int
	Columns int // of Out: at most ColumnBlock
}

// columnRead is what a kernel works on. The generator spells out its layout.
type columnRead struct {
	cells, bits         unsafe.Pointer
	offsets, steps, out unsafe.Pointer
	lines, digits       uint64
	stride, mask        uint64
	highest             float32
}

func (c *ColumnRead) digits() int { return len(c.Steps) / 2 }

// raw checks that the kernel stays in the slices.
func (c *ColumnRead) raw() columnRead {
	digits := c.digits()
	_ = c.Cells[c.Planes*ColumnWords*ColumnBlock-1]
	_ = c.Bits[c.Lines*digits*ColumnWords-1]
	_ = c.Offsets[c.Lines*(digits+1)-1]
	return columnRead{
		cells: unsafe.Pointer(&c.Cells[0]), bits: unsafe.Pointer(&c.Bits[0]),
		offsets: unsafe.Pointer(&c.Offsets[0]), steps: unsafe.Pointer(&c.Steps[0]), out: unsafe.Pointer(&c.Out[0]),
		lines: uint64(c.Lines), digits: uint64(digits), stride: uint64(4 * c.Stride),
		mask: 1<<c.Columns - 1, highest: c.Highest,
	}
}

// Read makes the reads.
func (c *ColumnRead) Read() {
	_ = c.Out[(c.Lines-1)*c.Stride+c.Columns-1]
	if !c.fastRead() {
		c.readPortable()
	}
}

// Span takes the lowest and the highest of fma(sum, scale_z, offset) over the lines into
// Out: for each digit the lowest of every column of a block, then the highest. Columns
// beyond Columns count, too.
func (c *ColumnRead) Span() {
	_ = c.Out[c.digits()*2*ColumnBlock-1]
	if !c.fastSpan() {
		c.spanPortable()
	}
}

// sum is that of one column for one digit of a line.
func (c *ColumnRead) sum(column, at int) float32 {
	sum := 0
	for plane := range c.Planes {
		for w := range ColumnWords {
			word := c.Cells[(plane*ColumnWords+w)*ColumnBlock+column] & c.Bits[at*ColumnWords+w]
			sum += bits.OnesCount32(word) << plane
		}
	}
	return float32(sum)
}

func (c *ColumnRead) readPortable() {
	digits := c.digits()
	for line := range c.Lines {
		out := c.Out[line*c.Stride:][:c.Columns]
		offsets := c.Offsets[line*(digits+1):][:digits+1]
		for column := range out {
			total := out[column]
			for z := range digits {
				code := fma(c.sum(column, line*digits+z), c.Steps[2*z], offsets[z])
				code = float32(math.RoundToEven(float64(code)))
				total = fma(min(max(code, 0), c.Highest), c.Steps[2*z+1], total)
			}
			out[column] = total + offsets[digits]
		}
	}
}

func (c *ColumnRead) spanPortable() {
	digits := c.digits()
	for z := range digits {
		low := c.Out[2*z*ColumnBlock:][:ColumnBlock]
		high := c.Out[(2*z+1)*ColumnBlock:][:ColumnBlock]
		for line := range c.Lines {
			for column := range ColumnBlock {
				sum := fma(c.sum(column, line*digits+z), c.Steps[2*z], c.Offsets[line*(digits+1)+z])
				low[column], high[column] = min(low[column], sum), max(high[column], sum)
			}
		}
	}
}
