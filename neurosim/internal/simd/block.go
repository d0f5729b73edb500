package simd

// packPanel packs the lines of one panel of a over their whole depth.
func (j *job) packPanel(i int, d *desk) {
	size := j.slot * j.a.depth
	d.pack(j.kernels, j.packed[i*size:(i+1)*size], panel{
		operand: j.a, line: j.top + j.line(i), count: j.line(i+1) - j.line(i), steps: j.a.depth, width: j.slot,
	})
}

// line is the first row in work of panel i. The first panels have one row more than
// the others where the rows do not divide evenly.
func (j *job) line(i int) int { return i*j.low + min(i, j.tall) }

// block computes the rows of one group in the columns of one strip, a block of
// the depth after the other.
func (j *job) block(i int, d *desk) {
	group, strip := i%j.groups, i/j.groups
	top, bottom := part(group, j.groups, j.panels)
	left, right := part(strip, j.strips, ceil(j.c.Cols, j.cols))
	most := j.evenDepth()
	d.b = grown(d.b, (right-left)*j.cols*most)
	d.direct = j.readsDirectly(bottom - top)
	for step := 0; step < j.a.depth; step += most {
		s := span{left, step, min(most, j.a.depth-step)}
		j.packStrip(d, right, s)
		for first := top; first < bottom; first += blockPanels {
			end := min(first+blockPanels, bottom)
			for column := left; column < right; column++ {
				between := min(max(first, j.tall), end)
				j.tiles(d, column, run{first, between, j.low + 1}, s)
				j.tiles(d, column, run{between, end, j.low}, s)
			}
		}
	}
}

// evenDepth is the steps of a block: as many as the cache has room for, or fewer where
// the last block would be a short one.
func (j *job) evenDepth() int {
	const unit = 8
	blocks := ceil(j.a.depth, j.blockDepth)
	return ceil(ceil(j.a.depth, blocks), unit) * unit
}

// readsDirectly says that packing b does not pay for so few panels of a: its lines lie
// side by side already. Steps a multiple of the page apart would share the same
// few places in the caches, which hurts as soon as they are read again.
func (j *job) readsDirectly(panels int) bool {
	const few, page = 2, 1024
	return j.b.across && (panels <= few || panels <= j.direct && j.b.stride%page != 0)
}

// span says which part of the depth is in work, and which panel of b is the
// first on the desk.
type span struct{ left, step, steps int }

// run is some panels of a of the same height.
type run struct{ first, end, height int }

// width is how wide a panel of b is packed, and columns how many it has.
func (j *job) width(column int) (width, columns int) {
	columns = min(j.cols, j.c.Cols-column*j.cols)
	if columns <= j.cols/2 {
		return j.cols / 2, columns
	}
	return j.cols, columns
}

// packStrip packs the panels of b from s.left on.
func (j *job) packStrip(d *desk, right int, s span) {
	column := s.left
	if kernel := j.copy[j.cols]; j.b.across && !d.direct && kernel != nil {
		if whole := min(right, j.c.Cols/j.cols) - column; whole > 0 {
			d.packSide(kernel, d.b, panel{
				operand: j.b, line: column * j.cols, step: s.step, steps: s.steps, width: j.cols,
			}, whole)
			column += whole
		}
	}
	for ; column < right; column++ {
		j.packColumn(d, column, s)
	}
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

// tiles continues the chains where a run of panels of a meets a panel of b.
func (j *job) tiles(d *desk, column int, r run, s span) {
	if r.first >= r.end {
		return
	}
	width, columns := j.width(column)
	top := j.top + j.line(r.first)
	c := j.c.Data[top*j.c.Stride+column*j.cols:]
	t := &d.tile
	*t = tile{
		b: &d.b[(column-s.left)*j.cols*s.steps], c: &c[0], panels: uint64(r.end - r.first),
		depth: uint64(s.steps), stepB: bytes(width), stride: bytes(j.c.Stride),
		load: uint64(s.step) | j.load(), mask: 1<<columns - 1, sums: &d.sums,
	}
	if d.direct && columns == width {
		t.b, t.stepB = &j.b.data[j.b.at(column*j.cols, s.step)], bytes(j.b.stride)
	}
	wide, narrow := j.wide, j.narrow
	if j.inPlace {
		wide, narrow = j.wideDirect, j.narrowDirect
		t.a, t.lineA, t.nextA = &j.a.data[j.a.at(top, s.step)], bytes(j.a.stride), bytes(r.height*j.a.stride)
	} else {
		t.a, t.nextA = &j.packed[(r.first*j.a.depth+s.step)*j.slot], bytes(j.a.depth*j.slot)
	}
	if width < j.cols {
		wide = narrow
	}
	if columns < width && !j.masked {
		d.onEdge(wide[r.height], c, size{(r.end - r.first) * r.height, columns, width, j.c.Stride})
		return
	}
	wide[r.height](t)
}

// load is not 0 when the chains go on from what c holds.
func (j *job) load() uint64 {
	if j.more {
		return 1
	}
	return 0
}

// size is that of some tiles at the right edge of c.
type size struct{ rows, columns, width, stride int }

// onEdge runs a kernel that needs its full width on a copy of the tiles.
func (d *desk) onEdge(run func(*tile), c []float32, s size) {
	d.edge = grown(d.edge, s.rows*s.width)
	for i := 0; i < s.rows && d.tile.load != 0; i++ {
		copy(d.edge[i*s.width:][:s.columns], c[i*s.stride:])
	}
	d.tile.c, d.tile.stride = &d.edge[0], bytes(s.width)
	run(&d.tile)
	for i := range s.rows {
		copy(c[i*s.stride:][:s.columns], d.edge[i*s.width:])
	}
}
