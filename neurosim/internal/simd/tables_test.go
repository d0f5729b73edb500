package simd

import (
	"fmt"
	"slices"
	"testing"
	"unsafe"
)

// turned is the same reads by tables.
func (c *ColumnRead) turned() *TableRead {
	digits := c.digits()
	t := &TableRead{
		Planes: c.Planes, Highest: c.Highest, Octets: ceil(digits, TableDigits), Groups: ceil(c.Lines, TableLines),
		Columns: c.Columns, Tables: make(Tables, c.Columns*TableColumn),
	}
	t.Stride = t.Groups * TableLines
	t.Out = make([]float32, t.Stride*t.Columns)
	t.Steps = make([]float32, 2*t.Octets*TableDigits)
	copy(t.Steps, c.Steps)
	t.Index = make(Tables, t.Groups*t.Octets*TableIndex)
	each := (t.Octets*TableDigits + 1) * TableLines
	t.Offsets = make([]float32, t.Groups*each)
	for line := range c.Lines {
		group, lane := line/TableLines, line%TableLines
		for z := range digits {
			t.Index[group*t.Octets*TableIndex:].FillIndex(c.Bits[(line*digits+z)*ColumnWords:], lane, z)
			t.Offsets[group*each+z*TableLines+lane] = c.Offsets[line*(digits+1)+z]
		}
		t.Offsets[(group+1)*each-TableLines+lane] = c.Offsets[line*(digits+1)+digits]
		for column := range c.Columns {
			t.Out[column*t.Stride+line] = c.Out[line*c.Stride+column]
		}
	}
	for column := range c.Columns {
		var of [ColumnRows]uint8
		for row := range of {
			for plane := range c.Planes {
				word := c.Cells[(plane*ColumnWords+row/32)*ColumnBlock+column]
				of[row] |= uint8(word >> (row % 32) & 1 << plane)
			}
		}
		t.Tables[column*TableColumn:].Fill(&of)
	}
	return t
}

// Reads by tables have the bits of reads by counting, by the kernel and in Go.
func TestTableReads(t *testing.T) {
	for planes := 1; planes <= ColumnPlanes; planes++ {
		for _, c := range []*ColumnRead{
			columnTrial(planes, 1, 1, 16), columnTrial(planes, 7, 8, 16), columnTrial(planes, 33, 3, 5), columnTrial(planes, 20, 11, 3),
		} {
			for i := range c.Bits {
				if planes < 3 && i%3 == 0 {
					c.Bits[i] = 1<<32 - 1 // as large as sums can be
				}
			}
			fast, slow := c.turned(), c.turned()
			fast.Read()
			slow.readPortable()
			if !slices.Equal(fast.Out, slow.Out) {
				t.Errorf("%d planes, %d lines: other bits than in Go", planes, c.Lines)
			}
			c.readPortable()
			for line := range c.Lines {
				for column := range c.Columns {
					if got, want := fast.Out[column*fast.Stride+line], c.Out[line*c.Stride+column]; got != want {
						t.Fatalf("%d planes, line %d, column %d: %g, want %g", planes, line, column, got, want)
					}
				}
			}
		}
	}
	if at := unsafe.Offsetof(tableRead{}.highest); at != 72 {
		t.Errorf("the highest code lies at %d, the kernels read it at 72", at)
	}
}

// The largest sums fit the bytes in which they are looked up.
func TestLargestTableSums(t *testing.T) {
	for planes := 1; planes <= ColumnPlanes; planes++ {
		c := columnTrial(planes, 8, 8, 4)
		for i := range c.Bits {
			c.Bits[i] = 1<<32 - 1
		}
		for i := range c.Cells {
			c.Cells[i] = 1<<32 - 1
		}
		c.Highest = 1e6
		fast, slow := c.turned(), c.turned()
		fast.Read()
		slow.readPortable()
		if !slices.Equal(fast.Out, slow.Out) {
			t.Errorf("%d planes: other sums than in Go", planes)
		}
	}
}

func BenchmarkTables(b *testing.B) {
	for _, planes := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("%d bits", planes), func(b *testing.B) {
			c := columnTrial(planes, 64, 8, 16).turned()
			start := processorTime()
			for b.Loop() {
				c.Read()
			}
			reads := float64(64 * 8 * 16)
			b.ReportMetric(reads*float64(b.N)/(processorTime()-start)*1e-9, "Greads/cpu-s")
		})
	}
}
