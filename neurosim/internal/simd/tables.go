package simd

import (
	"math"
	"math/bits"
	"unsafe"
)

// The shape of a read by tables.
const (
	tableNibbles = ColumnRows / 4    // fours of rows
	TableColumn  = tableNibbles * 16 // bytes of a column's tables
	TableLines   = 8                 // lines that are read together
	TableDigits  = 8                 // digits that are
	TableIndex   = tableNibbles * TableLines * TableDigits
)

// TableRead is the reads of [ColumnRead] by other means, to the same bits: for each four
// rows of a column there is a table of the sums that their sixteen sets of inputs give,
// whatever the bits of a cell, and a vector of inputs looks up as many sums as it has
// bytes.
type TableRead struct {
	Planes  int       // bits of a cell: 1 to ColumnPlanes
	Tables  Tables    // column by column: [TableColumn] bytes
	Index   Tables    // group of eight lines by group, octet of digits by octet: TableIndex bytes
	Offsets []float32 // group by group, digit by digit: eight lines; then what is added in the end
	Steps   []float32 // scale and weight of each digit; 0 beyond the last
	Highest float32   // code
	Out     []float32 // column by column, Stride apart: a number for each line

	Stride, Groups, Octets, Columns int
}

// CanTables says whether this processor reads fastest by tables.
func CanTables() bool { return columnKernels.narrow && !columnKernels.wide }

// Tables are the sums of fours of rows, or what looks them up.
type Tables []uint8

// Fill sets the tables of one column of cells to those of its digits.
func (t Tables) Fill(digits *[ColumnRows]uint8) {
	for n := range tableNibbles {
		table := t[16*n:][:16]
		table[0] = 0
		for x := 1; x < 16; x++ {
			table[x] = table[x&(x-1)] + digits[4*n+bits.TrailingZeros8(uint8(x))]
		}
	}
}

// FillIndex puts the bits of one digit of a line, [ColumnWords] words, in their places in
// the index of the line's group.
func (t Tables) FillIndex(words []uint32, line, digit int) {
	at := t[digit/TableDigits*TableIndex:][:TableIndex]
	at = at[digit%TableDigits*TableLines+line:]
	for _, word := range words[:ColumnWords] {
		for range 8 {
			at[0] = uint8(word & 15)
			word >>= 4
			if len(at) > TableLines*TableDigits {
				at = at[TableLines*TableDigits:]
			}
		}
	}
}

// tableRead is what a kernel works on. The generator spells out its layout.
type tableRead struct {
	tables, index                    *uint8
	offsets, steps, out              *float32
	groups, octets, columns, strides uint64
	highest                          float32
}

// Read makes the reads.
func (t *TableRead) Read() {
	_ = t.Tables[t.Columns*TableColumn-1]
	_ = t.Index[t.Groups*t.Octets*TableIndex-1]
	_ = t.Offsets[t.Groups*(t.Octets*TableDigits+1)*TableLines-1]
	_ = t.Steps[2*t.Octets*TableDigits-1]
	_ = t.Out[(t.Columns-1)*t.Stride+t.Groups*TableLines-1]
	if !CanTables() {
		t.readPortable()
		return
	}
	t.fastRead(&tableRead{
		tables: unsafe.SliceData(t.Tables), index: unsafe.SliceData(t.Index),
		offsets: unsafe.SliceData(t.Offsets), steps: unsafe.SliceData(t.Steps), out: unsafe.SliceData(t.Out),
		groups: uint64(t.Groups), octets: uint64(t.Octets), columns: uint64(t.Columns), strides: uint64(4 * t.Stride),
		highest: t.Highest,
	})
}

func (t *TableRead) readPortable() {
	digits := t.Octets * TableDigits
	for column := range t.Columns {
		tables := t.Tables[column*TableColumn:]
		for group := range t.Groups {
			offsets := t.Offsets[group*(digits+1)*TableLines:]
			for line := range TableLines {
				out := &t.Out[column*t.Stride+group*TableLines+line]
				for z := range digits {
					at := t.Index[(group*t.Octets+z/TableDigits)*TableIndex+z%TableDigits*TableLines+line:]
					sum := 0
					for n := range tableNibbles {
						sum += int(tables[16*n+int(at[n*TableLines*TableDigits])])
					}
					code := fma(float32(sum), t.Steps[2*z], offsets[z*TableLines+line])
					code = float32(math.RoundToEven(float64(code)))
					*out = fma(min(max(code, 0), t.Highest), t.Steps[2*z+1], *out)
				}
				*out += offsets[digits*TableLines+line]
			}
		}
	}
}
