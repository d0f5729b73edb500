package simd

import "crossbook/neurosim/internal/parallel"

// multiply makes the product.
func (j *gridJob) multiply() bool {
	j.plain = j.f.A.plain(j.line)
	j.divide()
	pieces := ceil(j.c.Rows, j.high) * ceil(j.c.Cols, j.wide)
	for len(j.desks) < min(j.workers, pieces) {
		j.desks = append(j.desks, &gridDesk{room: new(tileRoom)})
	}
	parallel.Seats(j.workers, pieces, j)
	return true
}

// divide says how large pieces of work are. Lines that are copied go through all columns
// at once; where they need not be, there is enough for all workers.
func (j *gridJob) divide() {
	if j.plain {
		j.high, j.wide = gridHigh, gridWide
		for j.wide > 2*gridCols && ceil(j.c.Rows, j.high)*ceil(j.c.Cols, j.wide) < 4*j.workers && j.workers > 1 {
			j.wide /= 2
		}
		return
	}
	j.wide = j.c.Cols
	unit, room := j.tallest(), gridRoom
	if j.tiles {
		room = tileSpace
	}
	j.high = max(1, min(room/j.line, ceil(j.c.Rows, 2*j.workers))/unit) * unit
}

// DoAt computes some rows of some columns, a block of the depth after the other.
func (j *gridJob) DoAt(seat, piece int) {
	strips := ceil(j.c.Cols, j.wide)
	first, left := piece/strips*j.high, piece%strips*j.wide
	rows, right := min(j.high, j.c.Rows-first), min(left+j.wide, j.c.Cols)
	l := j.lines(j.desks[seat], first, rows)
	tall, wide := j.tallest(), 1
	if j.tiles {
		wide = 2
	}
	for l.step = 0; l.step < j.line; l.step += j.most() {
		for column := left; column < right; column += wide * gridCols {
			panels := min(wide, (right-column)/gridCols)
			rest := rows % tall
			if rows > rest {
				j.multiplyBand(l, band{0, rows / tall, tall}, panels, column)
			}
			if rest > 0 {
				j.multiplyBand(l, band{rows - rest, 1, rest}, panels, column)
			}
		}
	}
}

// gridLines is some lines of the left factor, from a row of the product on.
type gridLines struct {
	first int
	x     []int8
	next  int     // numbers from one line to the next
	start []int32 // what the sums of each start from; nil: 0
	step  int     // of the depth, that is in work
	room  *tileRoom
}

// apart is the distance of lines of so many numbers that share few places in the caches.
func apart(line int) int {
	const place = 64
	if line%(2*place) == 0 {
		return line + place
	}
	return line
}

// lines gets lines ready.
func (j *gridJob) lines(d *gridDesk, first, rows int) gridLines {
	l := gridLines{first: first, next: apart(j.line), room: d.room}
	if j.plain {
		l.x, l.next = j.f.A.Data[j.f.A.base(first):], j.f.A.Image
	} else {
		if cap(d.x) < j.high*l.next {
			d.x = make([]int8, j.high*l.next)
		}
		l.x = d.x[:rows*l.next]
		for i := range rows {
			j.f.A.copyLine(l.x[i*l.next:][:j.line], first+i)
		}
	}
	if j.offset() == 0 {
		return l
	}
	if cap(d.start) < rows {
		d.start = make([]int32, j.high)
	}
	l.start = d.start[:rows]
	for i := range rows {
		sum, _ := sumBytes(l.x[i*l.next:][:j.depth])
		l.start[i] = -sum * j.offset()
	}
	return l
}

// sumBytes adds up numbers and their magnitudes.
func sumBytes(x []int8) (sum int32, size int) {
	done, sum, size := fastSums(x)
	for _, v := range x[done:] {
		sum += int32(v)
		size += max(int(v), -int(v))
	}
	return sum, size
}

// tallest is the lines that the kernels take at once.
func (j *gridJob) tallest() int {
	switch {
	case j.tiles:
		return tileLines
	case hasFours:
		return gridTall
	}
	return gridRows
}

// most is the steps that the kernels take at once.
func (j *gridJob) most() int {
	if j.tiles {
		return tileDepth
	}
	return gridDepth
}

// band is some panels of rows of a height, one below the other.
type band struct{ row, panels, height int }

// multiplyBand continues the sums of a band of lines in some panels of columns.
func (j *gridJob) multiplyBand(l gridLines, b band, panels, column int) {
	steps := min(j.most(), j.line-l.step)
	t := gridTile{
		x: &l.x[b.row*l.next+l.step], w: &j.packed[column*j.line+l.step*gridCols],
		out:   &j.c.Data[(l.first+b.row)*j.c.Stride+column],
		stepX: uint64(l.next), stride: bytes(j.c.Stride),
		panels: uint64(b.panels), load: uint64(l.step), scale: 1 / (j.f.A1 * j.f.B1),
	}
	if l.step+steps == j.line {
		t.last = 1
	}
	if j.tiles {
		t.groups, t.nextW, t.room = uint64(steps/tileSteps), uint64(gridCols*j.line), l.room
		runTiles(&t, b.height, panels)
		return
	}
	t.groups, t.start = uint64(steps/(4*j.group)), &l.start[b.row]
	runGrid(&t, b.height, j.group)
}

// tileRoom is room for the sums of a kernel that multiplies tiles.
type tileRoom [tileLines * 2 * gridCols]int32

// gridTile is what a kernel works on. The generator spells out its layout.
type gridTile struct {
	x      *int8
	w      *int8
	out    *float32
	start  *int32
	groups uint64
	stepX  uint64 // bytes from one line of x to the next
	stride uint64 // bytes from one row of out to the next
	panels uint64
	load   uint64  // not zero: out holds the sums so far, in whole numbers
	last   uint64  // not zero: out is to hold numbers
	scale  float32 // of a product

	// Of the kernels that multiply tiles.
	shapes *tileShapes
	nextW  uint64 // bytes from one panel of w to the next
	height uint64 // rows of a panel of out
	room   *tileRoom
}
