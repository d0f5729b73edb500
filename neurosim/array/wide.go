package array

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// exactSum bounds what single precision adds up without rounding: products of whole
// numbers of 16 bits are then the same by any instructions.
const exactSum = 1 << 24

// maxLevel is the largest number of 16 bits with a sign.
const maxLevel = 1<<15 - 1

// wide multiplies digits of inputs by the whole numbers of cells, packed as the processor
// multiplies such numbers. It serves where the processor has instructions for them; elsewhere single precision gives the same sums.
type wide struct {
	*reader
	planes [][]int16 // by slice, half, levels or squares, and subarray
	fresh  []bool    // of those, which are what the cells hold

	digits  []int16 // packed
	squares []int16 // of those; the same where digits are 0 and 1
	packing simd.WideProduct
	from    Matrix
	turned  Matrix // what of from lies in the subarray in work, its rows as columns

	ownSquares []int16

	// Those of the slice in work: by half, sums and variances.
	products [2][2]simd.WideProduct

	seats []simd.TileRead // of the workers

	packLines, packCells, turn loop
}

// newWide returns nil where such products do not serve.
func newWide(r *reader, c *cells) *wide {
	rows := r.group
	switch {
	case rows == 0 && r.way == outer:
		return nil // a batch may be of any size
	case rows == 0 && r.way == forward:
		rows = c.linear.Cols
	case rows == 0:
		rows = c.linear.Rows
	}
	top := float64(int(1)<<r.inputs.each - 1)
	tile, _ := simd.WideTile()
	switch {
	case tile == 0 || r.inputs.bits == 0 || !c.whole():
		return nil
	case float64(rows)*top*top*maxLevel >= exactSum || top*top > math.MaxInt8 || c.integers && c.highest > maxLevel:
		return nil
	}
	w := &wide{reader: r}
	w.packLines, w.packCells, w.turn = w.packLine, w.packCell, w.turnRows
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

// of begins to pack what of a matrix lies in the subarray in work.
func (w *wide) of(m Matrix, turned bool) {
	w.from = m
	w.packing.Depth = w.now.end - w.now.first
	w.turned.Rows = 0
	if turned {
		w.turned = w.turned.resized(m.Cols, w.packing.Depth)
		parallel.Lines(m.Cols, w.packing.Depth, w.turn)
	}
}

// turnRows sets rows of turned to columns of a matrix in the subarray in work.
func (w *wide) turnRows(first, end int) {
	for i := range w.packing.Depth {
		for k, v := range w.from.Row(w.now.first + i)[first:end] {
			w.turned.Data[(first+k)*w.turned.Cols+i] = v
		}
	}
}

// part is what is packed, its sums along the rows.
func (w *wide) part() simd.Matrix {
	if w.turned.Rows > 0 {
		return w.turned.view()
	}
	return w.from.columns(w.now.first, w.now.end)
}

// packInputs packs lines to a slice that is grown where it is too small.
func (w *wide) packInputs(to []int16, in Matrix) []int16 {
	w.of(in, w.way == outer)
	size, _ := w.packing.Sizes(w.out.Rows, 0)
	if cap(to) < size {
		to = make([]int16, size)
	}
	w.packing.X = to[:size]
	parallel.Each(ceil(w.out.Rows, w.tile()), w.packLines)
	return w.packing.X
}

func (w *wide) packLine(first, end int) {
	for i := first; i < end; i++ {
		w.packing.PackLines(w.part(), i)
	}
}

// take makes the products of a slice ready.
func (w *wide) take(s *slice) {
	for len(w.seats) < parallel.Workers() {
		w.seats = append(w.seats, simd.TileRead{})
	}
	if w.now.slice == 0 {
		w.takeInputs()
	}
	for h, half := range s.halves {
		plane := (w.now.slice*2 + h) * 2
		w.products[h][0] = w.product(w.sums[h], half.levels, w.digits, plane)
		if w.cells.noisy {
			w.products[h][1] = w.product(w.reader.squares[h], half.squares, w.squares, plane+1)
		}
	}
}

// product is that of packed lines with the cells of one plane.
func (w *wide) product(m, cells Matrix, lines []int16, plane int) simd.WideProduct {
	w.packing.Small = plane%2 == 0 && w.cells.integers && w.cells.highest < 256
	return simd.WideProduct{
		X: lines, Cells: w.pack(cells, plane), Out: m.view(), Depth: w.now.end - w.now.first, Small: w.packing.Small,
	}
}

// tile is the lines that are multiplied together.
func (w *wide) tile() int {
	lines, _ := simd.WideTile()
	return lines
}

// sum sets the sums of a tile, and those of the squares where reads are noisy.
func (w *wide) sum(seat, i int) {
	for h := range w.cells.slices[w.now.slice].halves {
		w.products[h][0].Lines(i, &w.seats[seat])
		if w.cells.noisy {
			w.products[h][1].Lines(i, &w.seats[seat])
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
	w.of(cells, w.way != forward)
	if _, size := w.packing.Sizes(0, w.out.Cols); len(w.planes[i]) != size {
		w.planes[i] = make([]int16, size)
	}
	w.packing.Cells, w.fresh[i] = w.planes[i], true
	_, cols := simd.WideTile()
	parallel.Each(ceil(w.out.Cols, cols), w.packCells)
	return w.packing.Cells
}

func (w *wide) packCell(first, end int) {
	for i := first; i < end; i++ {
		w.packing.PackCells(w.part(), i)
	}
}
