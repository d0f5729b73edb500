package simd

// packing is how the right factor of a Grid lies in its panels.
type packing struct {
	tiles      bool // for the kernels that multiply tiles
	transposed bool
	line       int     // bytes of a line
	scale      float32 // steps to 1
}

// offset makes all numbers 0 or more, where the kernels need that; it is taken off again
// where the sums start.
func (g *Grid) offset() int32 {
	if g.tiles {
		return 0
	}
	return int32(g.limit)
}

// place is where the number of a step lies in a line of the product.
func (p packing) place(line, step int) int {
	return line/gridCols*gridCols*p.line + step/4*4*gridCols + line%gridCols*4 + step%4
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
		line, step := int(i)-start, row
		if g.transposed {
			line, step = step, line
		}
		v := values[k] * g.scale
		whole := int32(v)
		if float32(whole) != v || v > g.limit || v < -g.limit {
			g.lost.Store(true)
			return
		}
		g.packed[g.place(line, step)] = int8(whole + g.offset())
	}
}
