package simd

// packing is how the right factor of a Grid lies in its panels.
type packing struct {
	tiles              bool // for the kernels that multiply tiles
	transposed         bool
	line               int     // bytes of a line
	scale              float32 // steps to 1
	rows, cols, blocks int     // rows of what it is made of, columns of a block
}

// row is where the numbers of a row of what was packed begin.
func (p *packing) row(row int) int {
	if p.transposed {
		return row&^(gridCols-1)*p.line + row&(gridCols-1)*4
	}
	return row&^3*gridCols + row&3
}

// column is what the column of a number adds to its place.
func (p *packing) column(column int) int {
	if p.transposed {
		return column&^3*gridCols + column&3
	}
	block := 0
	if p.blocks > 1 {
		block = column / p.cols
		column -= block * p.cols
		block = (p.blocks - 1 - block) * p.rows * gridCols // whole fours
	}
	return block + column&^(gridCols-1)*p.line + column&(gridCols-1)*4
}

// offset makes all numbers 0 or more, where the kernels need that; it is taken off again
// where the sums start.
func (g *Grid) offset() int32 {
	if g.tiles {
		return 0
	}
	return int32(g.limit)
}

// Write tells of some new numbers of the factor, whose rows have so many columns one
// behind the other: those listed in rising order, counted from first on. It may be called
// at the same time for numbers apart. Numbers off the grid are found by the next product.
func (g *Grid) Write(first, columns int, list []uint32, values []float32) {
	if g.state != gridPacked {
		if g.state == gridUnfit && len(list) > 0 {
			g.lost.Store(true) // it may be fit now
		}
		return
	}
	row := first / columns
	start := row*columns - first // of the row, among what is listed
	begin := g.row(row)
	for k, i := range list {
		for int(i) >= start+columns {
			row, start = row+1, start+columns
			begin = g.row(row)
		}
		v := values[k] * g.scale
		whole := int32(v)
		if float32(whole) != v || v > g.limit || v < -g.limit {
			g.lost.Store(true)
			return
		}
		g.packed[begin+g.column(int(i)-start)] = int8(whole + g.offset())
	}
}
