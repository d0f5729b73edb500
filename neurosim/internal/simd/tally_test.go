package simd

import (
	"fmt"
	"slices"
	"testing"
	"unsafe"
)

// The kernels count what a sum over the rows gives, and touch no other column.
func TestColumnTallies(t *testing.T) {
	best := columnKernels
	defer func() { columnKernels = best }()
	for _, columnKernels = range []columnSet{best, {narrow: best.narrow}, {}} {
		for planes := 1; planes <= ColumnPlanes; planes++ {
			for _, shape := range [][2]int{{1, 16}, {7, 16}, {33, 5}} {
				t.Run(fmt.Sprintf("%+v/%d bits/%d lines", columnKernels, planes, shape[0]), func(t *testing.T) {
					testColumnTally(t, planes, shape[0], shape[1])
				})
			}
		}
	}
}

func testColumnTally(t *testing.T, planes, lines, columns int) {
	const stride = 20
	bits := columnTrial(planes, lines, 1, columns).Bits
	var digits [ColumnRows][ColumnBlock]int
	cells := make([]uint32, TallyPlanes(planes)*ColumnWords*ColumnBlock)
	random := uint32(planes + lines)
	set := func(plane, row, column int) {
		cells[(plane*ColumnWords+row/32)*ColumnBlock+column] |= 1 << (row % 32)
	}
	for row := range digits {
		for column := range digits[row] {
			random = random*1664525 + 1013904223
			d := int(random >> 8 & (1<<planes - 1))
			digits[row][column] = d
			for i := range planes {
				if d>>i&1 == 1 {
					set(i, row, column)
				}
				for j := i + 1; j < planes; j++ {
					if d>>i&1 == 1 && d>>j&1 == 1 {
						set(PairPlane(planes, i, j), row, column)
					}
				}
			}
		}
	}
	wantSums, wantSquares := make([]float32, lines*stride), make([]float32, lines*stride)
	for line := range lines {
		for column := range columns {
			for row := range digits {
				if bits[line*ColumnWords+row/32]>>(row%32)&1 == 1 {
					d := digits[row][column]
					wantSums[line*stride+column] += float32(d)
					wantSquares[line*stride+column] += float32(d * d)
				}
			}
		}
	}
	c := ColumnTally{
		Planes: planes, Cells: cells, Bits: bits, Stride: stride, Lines: lines, Columns: columns,
		Sums: make([]float32, lines*stride), Squares: make([]float32, lines*stride),
	}
	c.Count()
	if !slices.Equal(c.Sums, wantSums) || !slices.Equal(c.Squares, wantSquares) {
		t.Errorf("other sums than over the rows")
	}
}

func TestTallyPlanes(t *testing.T) {
	for planes := 1; planes <= ColumnPlanes; planes++ {
		next := planes
		for i := range planes {
			for j := i + 1; j < planes; j++ {
				if got := PairPlane(planes, i, j); got != next {
					t.Errorf("plane of bits %d and %d of %d is %d, not %d", i, j, planes, got, next)
				}
				next++
			}
		}
		if TallyPlanes(planes) != next {
			t.Errorf("%d planes for %d bits, not %d", TallyPlanes(planes), planes, next)
		}
	}
	if at := unsafe.Offsetof(columnTally{}.mask); at != 48 {
		t.Errorf("the mask of a tally lies at %d, the kernel reads it at 48", at)
	}
}

func BenchmarkColumnTally(b *testing.B) {
	const planes, lines = 2, 64
	c := ColumnTally{
		Planes: planes, Cells: make([]uint32, TallyPlanes(planes)*ColumnWords*ColumnBlock),
		Bits: columnTrial(planes, lines, 1, ColumnBlock).Bits, Stride: ColumnBlock, Lines: lines, Columns: ColumnBlock,
		Sums: make([]float32, lines*ColumnBlock), Squares: make([]float32, lines*ColumnBlock),
	}
	for b.Loop() {
		c.Count()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines*ColumnBlock), "ns/sum")
}
