package simd

// packing is how the right factor of a Grid lies in its panels.
type packing struct {
	tiles              bool // for the kernels that multiply tiles
	transposed         bool
	line               int     // bytes of a line
	scale              float32 // steps to 1
	rows, cols, blocks int     // rows of what it is made of, columns of a block
}

// place is where the number in a row and a column of what was packed lies.
func (p *packing) place(row, column int) int {
	line, step := column, row
	switch {
	case p.transposed:
		line, step = row, column
	case p.blocks > 1:
		line, step = column%p.cols, (p.blocks-1-column/p.cols)*p.rows+row
	}
	return line/gridCols*gridCols*p.line + step/4*4*gridCols + line%gridCols*4 + step%4
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
	for k, i := range list {
		for int(i) >= start+columns {
			row, start = row+1, start+columns
		}
		v := values[k] * g.scale
		whole := int32(v)
		if float32(whole) != v || v > g.limit || v < -g.limit {
			g.lost.Store(true)
			return
		}
		g.packed[g.place(row, int(i)-start)] = int8(whole + g.offset())
	}
}
