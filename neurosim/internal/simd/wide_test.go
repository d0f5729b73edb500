package simd

import (
	"slices"
	"testing"
)

// Wide products are those of float32, whose sums are exact here.
func TestWideProducts(t *testing.T) {
	if !CanWide() {
		t.Skip("this processor has no products of 16-bit pairs")
	}
	next := normals(5)
	whole := func(rows, cols int, most float32) Matrix {
		m := Matrix{Rows: rows, Cols: cols, Stride: cols + 3, Data: make([]float32, rows*(cols+3))}
		for i := range m.Data {
			m.Data[i] = float32(int(next() * most))
		}
		return m
	}
	for _, s := range [][3]int{{1, 1, 1}, {12, 32, 2}, {13, 33, 7}, {29, 70, 128}} {
		lines, cols, depth := s[0], s[1], s[2]
		x, cells := whole(lines, depth, 1.3), whole(cols, depth, 3000)
		p := WideProduct{
			X: make([]int16, PackedSize(lines, depth, WideLines)), Cells: make([]int16, PackedSize(cols, depth, WideCols)),
			Out: whole(lines, cols, 1), Depth: depth,
		}
		want := p.Out
		want.Data = slices.Clone(want.Data)
		ProductT(want, x, cells)
		for i := range (lines + WideLines - 1) / WideLines {
			PackWide(p.X, x, WideLines, i)
		}
		for j := range (cols + WideCols - 1) / WideCols {
			PackWide(p.Cells, cells, WideCols, j)
		}
		for i := range (lines + WideLines - 1) / WideLines {
			for j := range (cols + WideCols - 1) / WideCols {
				p.Tile(i, j)
			}
		}
		if !slices.Equal(p.Out.Data, want.Data) {
			t.Errorf("%v: other sums than of float32", s)
		}
	}
}
