package array

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// exactSum bounds what single precision adds up without rounding: products of whole
// numbers of 16 bits are then the same by any instructions.
const exactSum = 1 << 24

// maxLevel is the largest number of 16 bits with a sign.
const maxLevel = 1<<15 - 1

// wide multiplies digits of inputs by the whole numbers of cells, packed for products of
// pairs of 16 bits. It serves forward reads where the processor has them; elsewhere
// single precision gives the same sums.
type wide struct {
	*reader
	planes [][]int16 // by slice, half, levels or squares, and subarray
	fresh  []bool    // of those, which are what the cells hold

	lines    []int16 // the digits, or their squares
	product  simd.WideProduct
	from, to simd.Matrix
	packTo   []int16

	packLines, packCells, multiply loop
}

// newWide returns nil where such products do not serve.
func newWide(r *reader, c *cells) *wide {
	rows := r.group
	if rows == 0 {
		rows = c.linear.Cols
	}
	top := float64(int(1)<<r.inputs.each - 1)
	if !simd.CanWide() || r.way != forward || r.inputs.bits == 0 || !c.whole() || float64(rows)*top*top*maxLevel >= exactSum {
		return nil
	}
	w := &wide{reader: r}
	w.packLines, w.packCells, w.multiply = w.packLine, w.packCell, w.multiplyTile
	return w
}

// renew says that the cells have changed.
func (w *wide) renew() {
	if w != nil {
		clear(w.fresh)
	}
}

// takeLines packs the digits of the subarray in work, or their squares.
func (w *wide) takeLines(in Matrix) {
	w.from = in.columns(w.now.first, w.now.end)
	size := simd.PackedSize(in.Rows, w.from.Cols, simd.WideLines)
	if cap(w.lines) < size {
		w.lines = make([]int16, size)
	}
	w.lines = w.lines[:size]
	parallel.Each(ceil(in.Rows, simd.WideLines), w.packLines)
}

func (w *wide) packLine(first, end int) {
	for i := first; i < end; i++ {
		simd.PackWide(w.lines, w.from, simd.WideLines, i)
	}
}

// sum sets m to the sums of the lines over the cells of one plane.
func (w *wide) sum(m, cells Matrix, plane int) {
	w.product = simd.WideProduct{X: w.lines, Cells: w.pack(cells, plane), Out: m.view(), Depth: w.now.end - w.now.first}
	parallel.Each(ceil(m.Rows, simd.WideLines), w.multiply)
}

func (w *wide) multiplyTile(first, end int) {
	for i := first; i < end; i++ {
		for j := range ceil(w.product.Out.Cols, simd.WideCols) {
			w.product.Tile(i, j)
		}
	}
}

// pack returns the cells of a plane in the subarray in work, packed.
func (w *wide) pack(cells Matrix, plane int) []int16 {
	i := plane*w.groups() + w.now.group
	for len(w.planes) <= i {
		w.planes, w.fresh = append(w.planes, nil), append(w.fresh, false)
	}
	if w.fresh[i] {
		return w.planes[i]
	}
	w.from = cells.columns(w.now.first, w.now.end)
	if size := simd.PackedSize(cells.Rows, w.from.Cols, simd.WideCols); len(w.planes[i]) != size {
		w.planes[i] = make([]int16, size)
	}
	w.packTo, w.fresh[i] = w.planes[i], true
	parallel.Each(ceil(cells.Rows, simd.WideCols), w.packCells)
	return w.packTo
}

func (w *wide) packCell(first, end int) {
	for i := first; i < end; i++ {
		simd.PackWide(w.packTo, w.from, simd.WideCols, i)
	}
}
