package simd

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"unsafe"
)

// columnTrial is random reads of cells of some bits.
func columnTrial(planes, lines, digits, columns int) *ColumnRead {
	word := uint32(planes*1000 + lines)
	next := func() uint32 {
		word = word*1664525 + 1013904223
		return word ^ word>>13
	}
	words := func(n int) []uint32 {
		list := make([]uint32, n)
		for i := range list {
			list[i] = next()
		}
		return list
	}
	numbers := func(n int, scale float32) []float32 {
		list := make([]float32, n)
		for i := range list {
			list[i] = (float32(next()>>8)*0x1p-24 - 0.3) * scale
		}
		return list
	}
	return &ColumnRead{
		Planes: planes, Cells: words(planes * ColumnWords * ColumnBlock), Bits: words(lines * digits * ColumnWords),
		Offsets: numbers(lines*(digits+1), 5), Steps: numbers(2*digits, 0.5), Highest: 31,
		Out: numbers(lines*20+2*digits*ColumnBlock, 1), Stride: 20, Lines: lines, Columns: columns,
	}
}

// The kernels and their twins in Go give the same bits, and touch no other column.
func TestColumnReads(t *testing.T) {
	best := columnKernels
	defer func() { columnKernels = best }()
	for _, columnKernels = range []columnSet{best, {narrow: best.narrow}} {
		t.Run(fmt.Sprintf("%+v", columnKernels), testColumnReads)
	}
}

func testColumnReads(t *testing.T) {
	for planes := 1; planes <= ColumnPlanes; planes++ {
		for _, c := range []*ColumnRead{
			columnTrial(planes, 1, 1, 16), columnTrial(planes, 7, 8, 16), columnTrial(planes, 33, 3, 5),
		} {
			for name, run := range map[string][2]func(*ColumnRead){
				"read": {(*ColumnRead).Read, (*ColumnRead).readPortable},
				"span": {(*ColumnRead).Span, (*ColumnRead).spanPortable},
			} {
				got, want := *c, *c
				got.Out, want.Out = slices.Clone(c.Out), slices.Clone(c.Out)
				run[0](&got)
				run[1](&want)
				if !slices.Equal(got.Out, want.Out) {
					t.Errorf("%s of %d planes, %d lines: other bits than in Go", name, planes, c.Lines)
				}
				if slices.Equal(got.Out, c.Out) {
					t.Errorf("%s of %d planes, %d lines changes nothing", name, planes, c.Lines)
				}
			}
		}
	}
}

func TestColumnLayout(t *testing.T) {
	for name, c := range map[string]struct{ got, want uintptr }{
		"steps":   {unsafe.Offsetof(columnRead{}.steps), 24},
		"lines":   {unsafe.Offsetof(columnRead{}.lines), 40},
		"mask":    {unsafe.Offsetof(columnRead{}.mask), 64},
		"highest": {unsafe.Offsetof(columnRead{}.highest), 72},
	} {
		if c.got != c.want {
			t.Errorf("%s lies at %d, the kernels read it at %d", name, c.got, c.want)
		}
	}
}

func BenchmarkColumns(b *testing.B) {
	for _, planes := range []int{1, 2, 4} {
		b.Run(fmt.Sprintf("%d bits", planes), func(b *testing.B) {
			c := columnTrial(planes, 64, 8, 16)
			start := processorTime()
			for b.Loop() {
				c.Read()
			}
			reads := float64(64 * 8 * 16)
			b.ReportMetric(reads*float64(b.N)/(processorTime()-start)*1e-9, "Greads/cpu-s")
		})
	}
}

// processorTime is the seconds that the test has used of a processor.
func processorTime() float64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) * 1e-9
}
