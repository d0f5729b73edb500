package simd

// packPanel packs the lines of one panel of a over their whole depth.
func (j *job) packPanel(i int, d *desk) {
	size := j.slot * j.a.depth
	first, end := part(i, j.panels, j.rows)
	d.pack(j.kernels, j.packed[i*size:(i+1)*size], panel{
		operand: j.a, line: j.top + first, count: end - first, steps: j.a.depth, width: j.slot,
	})
}

// block computes the rows of one group in the columns of one strip, a block of
// the depth after the other.
func (j *job) block(i int, d *desk) {
	group, strip := i%j.groups, i/j.groups
	top, bottom := part(group, j.groups, j.panels)
	left, right := part(strip, j.strips, ceil(j.c.Cols, j.cols))
	d.b = grown(d.b, (right-left)*j.cols*min(blockDepth, j.a.depth))
	d.direct = j.direct(bottom - top)
	for step := 0; step < j.a.depth; step += blockDepth {
		steps := min(blockDepth, j.a.depth-step)
		for column := left; column < right; column++ {
			j.packColumn(d, column, span{left, step, steps})
		}
		for first := top; first < bottom; first += blockPanels {
			for column := left; column < right; column++ {
				for row := first; row < min(first+blockPanels, bottom); row++ {
					j.tile(d, row, column, span{left, step, steps})
				}
			}
		}
	}
}

// direct says that packing b does not pay for so few panels of a: its lines lie
// side by side already. Steps a multiple of the page apart would share the same
// few places in the caches, which hurts as soon as they are read again.
func (j *job) direct(panels int) bool {
	const few, page = 2, 1024
	return j.b.across && (panels <= few || panels <= directPanels && j.b.stride%page != 0)
}

// span says which part of the depth is in work, and which panel of b is the
// first on the desk.
type span struct{ left, step, steps int }

// width is how wide a panel of b is packed, and columns how many it has.
func (j *job) width(column int) (width, columns int) {
	columns = min(j.cols, j.c.Cols-column*j.cols)
	if columns <= j.cols/2 {
		return j.cols / 2, columns
	}
	return j.cols, columns
}

func (j *job) packColumn(d *desk, column int, s span) {
	width, columns := j.width(column)
	if d.direct && columns == width {
		return
	}
	d.pack(j.kernels, d.b[(column-s.left)*j.cols*s.steps:], panel{
		operand: j.b, line: column * j.cols, count: columns, step: s.step, steps: s.steps, width: width,
	})
}

// tile continues the chains where one panel of a meets one of b.
func (j *job) tile(d *desk, row, column int, s span) {
	first, end := part(row, j.panels, j.rows)
	width, columns := j.width(column)
	c := j.c.Data[(j.top+first)*j.c.Stride+column*j.cols:]
	t := &d.tile
	*t = tile{
		a: &j.packed[(row*j.a.depth+s.step)*j.slot], b: &d.b[(column-s.left)*j.cols*s.steps], c: &c[0],
		depth: uint64(s.steps), stepB: bytes(width), stride: bytes(j.c.Stride),
		load: uint64(s.step) | j.load(), mask: 1<<columns - 1, sums: &d.sums,
	}
	if d.direct && columns == width {
		t.b, t.stepB = &j.b.data[j.b.at(column*j.cols, s.step)], bytes(j.b.stride)
	}
	run := j.wide
	if width < j.cols {
		run = j.narrow
	}
	if columns < width && !j.masked {
		d.onEdge(run[end-first], c, size{end - first, columns, width, j.c.Stride})
		return
	}
	run[end-first](t)
}

// load is not 0 when the chains go on from what c holds.
func (j *job) load() uint64 {
	if j.more {
		return 1
	}
	return 0
}

// size is that of a tile at the right edge of c.
type size struct{ rows, columns, width, stride int }

// onEdge runs a kernel that needs its full width on a copy of the tile.
func (d *desk) onEdge(run func(*tile), c []float32, s size) {
	d.edge = grown(d.edge, s.rows*s.width)
	for i := range s.rows {
		copy(d.edge[i*s.width:][:s.columns], c[i*s.stride:])
	}
	d.tile.c, d.tile.stride = &d.edge[0], bytes(s.width)
	run(&d.tile)
	for i := range s.rows {
		copy(c[i*s.stride:][:s.columns], d.edge[i*s.width:])
	}
}
