package simd

import (
	"fmt"
	"slices"
	"testing"
	"unsafe"
)

// Wide products are those of float32, whose sums are exact here, by every instruction set.
func TestWideProducts(t *testing.T) {
	if wideKernels == wideNone {
		t.Skip("this processor has no products of whole numbers")
	}
	onAllWide(t, func(t *testing.T) {
		for _, s := range [][3]int{{1, 1, 1}, {12, 32, 2}, {13, 33, 7}, {29, 70, 128}, {70, 5, 200}} {
			for _, most := range []float32{127, 32767} {
				testWideProducts(t, s, most)
			}
		}
	})
}

func testWideProducts(t *testing.T, s [3]int, most float32) {
	next := normals(5)
	whole := func(rows, cols int, low, high float32) Matrix {
		m := Matrix{Rows: rows, Cols: cols, Stride: cols + 3, Data: make([]float32, rows*(cols+3))}
		for i := range m.Data {
			m.Data[i] = float32(int(min(max(next()*high/2, low), high)))
		}
		return m
	}
	lines, cols, depth := s[0], s[1], s[2]
	x, cells := whole(lines, depth, -2, 2), whole(cols, depth, 0, most)
	p := WideProduct{Out: whole(lines, cols, -1, 1), Depth: depth, Small: most < 256}
	sizeX, sizeCells := p.Sizes(lines, cols)
	p.X, p.Cells = make([]int16, sizeX), make([]int16, sizeCells)
	want := p.Out
	want.Data = slices.Clone(want.Data)
	ProductT(want, x, cells)
	tileLines, tileCols := WideTile()
	for j := range ceil(cols, tileCols) {
		p.PackCells(cells, j)
	}
	for i := range ceil(lines, tileLines) {
		p.PackLines(x, i)
		p.Lines(i, new(TileRead))
	}
	if !slices.Equal(p.Out.Data, want.Data) {
		t.Errorf("%v: other sums than of float32", s)
	}
}

// Lines are packed pair by pair, and those beyond the last are 0.
func TestPackWide(t *testing.T) {
	if wideKernels == wideNone {
		t.Skip("this processor has no products of whole numbers")
	}
	for _, s := range [][3]int{{1, 1, 6}, {6, 16, 6}, {13, 128, 13}, {11, 47, 13}, {32, 33, 32}, {3, 200, 16}} {
		lines, depth, tile := s[0], s[1], s[2]
		m := Matrix{Rows: lines, Cols: depth, Stride: depth + 3, Data: make([]float32, lines*(depth+3))}
		for i := range m.Data {
			m.Data[i] = float32(i*7919%65535 - 32767)
		}
		want, got := make([]int16, tile*evened(depth)), make([]int16, tile*evened(depth))
		for line := range lines {
			for step := range depth {
				want[(step/2*tile+line)*2+step%2] = int16(m.Data[line*m.Stride+step])
			}
		}
		for i := range got {
			got[i] = -1
		}
		packWide(got, m, tile)
		if !slices.Equal(got, want) {
			t.Errorf("%d lines of %d steps in a tile of %d are packed otherwise", lines, depth, tile)
		}
	}
	if at := unsafe.Offsetof(pairing{}.lanes); at != 48 {
		t.Errorf("the lanes of a pairing lie at %d, the kernel reads them at 48", at)
	}
}

// onAllWide runs a test with each set of kernels that this processor has.
func onAllWide(t *testing.T, test func(t *testing.T)) {
	best := wideKernels
	defer setWide(best)
	for set := wideAVX2; set <= best; set++ {
		setWide(set)
		t.Run(fmt.Sprint("set ", set), test)
	}
}
