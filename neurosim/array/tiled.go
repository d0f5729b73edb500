package array

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// tiled makes the reads of counted by products of tiles of bytes, where the processor has
// them: the results are the same to the bit.
type tiled struct {
	*counted
	columns [][]uint8 // by subarray: block by block, kind by kind
	digits  []uint8   // of the inputs of the subarray in work, chunk by chunk of lines
	each    int       // lines of a chunk
	run     int       // chunks that are read in one go
	seats   []tileSeat

	packColumns, packDigits loop
	read, find              seated
}

// tileSeat is a worker's room.
type tileSeat struct {
	room  simd.TileRoom
	kinds [simd.TileKinds]simd.TileKind
}

// The blocks of columns and the chunks of lines that are read in one go: enough for its
// start to cost little, and few enough for the cells to stay in the second-level cache and
// for the kernel, which nothing interrupts, to end within 0.1 ms.
const (
	blocksAtOnce = 16
	chunksAtOnce = 16
)

func newTiled(c *counted) *tiled {
	t := &tiled{counted: c}
	t.packColumns, t.packDigits, t.read, t.find = t.fillColumns, t.fillDigits, t.readPart, t.spanPart
	return t
}

// tileable says whether the digits of a line and the columns of a weight fit tiles.
func tileable(r *reader, c *cells) bool {
	return r.inputs.bits <= simd.TileDigits && len(c.slices)*len(c.slices[0].halves) <= simd.TileKinds
}

func (t *tiled) chunks() int { return ceil(t.out.Rows, t.each) }

func (t *tiled) parts() int { return ceil(t.blocks(), blocksAtOnce) }

// renew takes the cells of all subarrays.
func (t *tiled) renew() {
	groups := ceil(t.cells.linear.Cols, t.rows())
	blocks := ceil(t.cells.linear.Rows, simd.ColumnBlock)
	for len(t.columns) < groups {
		t.columns = append(t.columns, make([]uint8, blocks*t.kinds()*simd.TileCells))
	}
	parallel.Each(groups*blocks, t.packColumns)
}

func (t *tiled) fillColumns(first, end int) {
	blocks := ceil(t.cells.linear.Rows, simd.ColumnBlock)
	for i := first; i < end; i++ {
		group, block := i/blocks, i%blocks
		from, to := group*t.rows(), min((group+1)*t.rows(), t.cells.linear.Cols)
		for kind := range t.kinds() {
			levels := t.cells.slices[kind/t.halves()].halves[kind%t.halves()].levels
			top := block * simd.ColumnBlock
			m := levels.columns(from, to)
			m.Rows, m.Data = min(simd.ColumnBlock, levels.Rows-top), m.Data[top*m.Stride:]
			simd.FillTileCells(t.columns[group][(block*t.kinds()+kind)*simd.TileCells:], m)
		}
	}
}

// takeDigits takes the digits of the inputs of the subarray in work.
func (t *tiled) takeDigits() {
	workers := parallel.Workers()
	t.each = simd.TileRows / simd.TilePadded(t.inputs.bits)
	t.run = min(max(1, t.chunks()*t.parts()/(4*workers)), chunksAtOnce)
	if size := t.chunks() * simd.TileRows * simd.ColumnRows; cap(t.digits) < size {
		t.digits = make([]uint8, size)
	} else {
		t.digits = t.digits[:size]
	}
	for len(t.seats) < workers {
		t.seats = append(t.seats, tileSeat{})
	}
	parallel.Run(t.out.Rows, t.packDigits)
}

func (t *tiled) fillDigits(first, end int) {
	digits := t.inputs.bits
	for line := first; line < end; line++ {
		chunk, at := line/t.each, line%t.each
		simd.FillTileInputs(t.digits[chunk*simd.TileRows*simd.ColumnRows:], at*simd.TilePadded(digits),
			t.bits[line*digits*simd.ColumnWords:][:digits*simd.ColumnWords])
	}
}

// subarray adds the converted sums of the subarray in work, for which converters are set.
func (t *tiled) subarray() {
	parallel.Seats(len(t.seats), t.parts()*ceil(t.chunks(), t.run), t.read)
}

// readPart reads some chunks of lines in a part of the columns, as number i.
func (t *tiled) readPart(seat, i int) {
	runs := ceil(t.chunks(), t.run)
	part, chunk := i/runs, i%runs*t.run
	job := t.job(&t.seats[seat], part, chunk)
	job.Lines = min(job.Lines, t.run*t.each)
	job.Out = t.out.Data[chunk*t.each*t.out.Cols+part*blocksAtOnce*simd.ColumnBlock:]
	job.Read()
}

// findSpans finds the lowest and the highest sums of all columns.
func (t *tiled) findSpans() { parallel.Seats(len(t.seats), t.parts(), t.find) }

func (t *tiled) spanPart(seat, part int) {
	for chunk := 0; chunk < t.chunks(); chunk += chunksAtOnce {
		job := t.job(&t.seats[seat], part, chunk)
		job.Lines = min(job.Lines, chunksAtOnce*t.each)
		job.Out = t.spans[part*t.kinds()*t.spanStride():]
		job.Span()
	}
}

// job is the reads of all lines from a chunk on in a part of the columns.
func (t *tiled) job(seat *tileSeat, part, chunk int) simd.TileRead {
	lines, digits, line := t.out.Rows, t.inputs.bits, chunk*t.each
	for kind := range t.kinds() {
		k := kind / t.halves()
		seat.kinds[kind] = simd.TileKind{
			Offsets: t.offsets[(k*lines+line)*t.line() : (k+1)*lines*t.line()],
			Steps:   t.steps[(k*2+kind%t.halves())*digits*2:][:2*digits],
		}
	}
	return simd.TileRead{
		Cells:  t.columns[t.group][part*blocksAtOnce*t.kinds()*simd.TileCells:],
		Inputs: t.digits[chunk*simd.TileRows*simd.ColumnRows:], Kinds: seat.kinds[:t.kinds()], Digits: digits,
		Highest: t.adc.highest, Stride: t.out.Cols, Lines: lines - line,
		Columns: min(blocksAtOnce*simd.ColumnBlock, t.out.Cols-part*blocksAtOnce*simd.ColumnBlock), Room: &seat.room,
	}
}
