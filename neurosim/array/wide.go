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

	digits  []int16 // packed
	squares []int16 // of those; the same where digits are 0 and 1
	product simd.WideProduct

	ownSquares []int16
	from       simd.Matrix
	packTo     []int16

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

// takeInputs packs the digits of the subarray in work, and their squares.
func (w *wide) takeInputs() {
	w.digits = w.packInputs(w.digits, w.inputs.digits)
	switch {
	case !w.cells.noisy:
	case w.inputs.each == 1 && !w.inputs.signed:
		w.squares = w.digits
	default:
		w.squares = w.packInputs(w.ownSquares, w.inputs.squares)
		w.ownSquares = w.squares
	}
}

// packInputs packs lines to a slice that is grown where it is too small.
func (w *wide) packInputs(to []int16, in Matrix) []int16 {
	w.from = in.columns(w.now.first, w.now.end)
	size := simd.PackedSize(in.Rows, w.from.Cols, simd.WideLines)
	if cap(to) < size {
		to = make([]int16, size)
	}
	w.packTo = to[:size]
	parallel.Each(ceil(in.Rows, simd.WideLines), w.packLines)
	return w.packTo
}

func (w *wide) packLine(first, end int) {
	for i := first; i < end; i++ {
		simd.PackWide(w.packTo, w.from, simd.WideLines, i)
	}
}

// sum sets m to the sums of packed lines over the cells of one plane.
func (w *wide) sum(m, cells Matrix, lines []int16, plane int) {
	w.product = simd.WideProduct{X: lines, Cells: w.pack(cells, plane), Out: m.view(), Depth: w.now.end - w.now.first}
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
