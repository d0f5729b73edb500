package array

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// tiled makes the reads of counted by products of tiles of bytes, where the processor has
// them: the results are the same to the bit.
type tiled struct {
	*counted
	columns []simd.Tiles    // by subarray: block by block, kind by kind
	digits  simd.Tiles      // of the inputs of the subarray in work, chunk by chunk of lines
	each    int             // lines of a chunk
	run     int             // chunks that are read in one go
	seats   []simd.TileRead // of the workers

	packColumns, packDigits loop
	read, find              seated
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

func (t *tiled) chunks() int { return ceil(t.out.Rows, t.each) }

func (t *tiled) parts() int { return ceil(t.blocks(), blocksAtOnce) }

// renew takes the cells of all subarrays.
func (t *tiled) renew() {
	groups := t.packed.subarrays()
	blocks := t.blocks()
	for len(t.columns) < groups {
		t.columns = append(t.columns, make(simd.Tiles, blocks*t.kinds()*simd.TileCells))
	}
	parallel.Each(groups*blocks, t.packColumns)
}

func (t *tiled) fillColumns(first, end int) {
	blocks := t.blocks()
	for i := first; i < end; i++ {
		group, block := i/blocks, i%blocks
		from, to := group*t.packed.rows, min((group+1)*t.packed.rows, t.cells.linear.Cols)
		for kind := range t.kinds() {
			levels := t.cells.slices[kind/t.halves()].halves[kind%t.halves()].levels
			top := block * simd.ColumnBlock
			m := levels.columns(from, to)
			m.Rows, m.Data = min(simd.ColumnBlock, levels.Rows-top), m.Data[top*m.Stride:]
			t.columns[group][(block*t.kinds()+kind)*simd.TileCells:].FillColumns(m)
		}
	}
}

// takeDigits takes the digits of the inputs of the subarray in work.
func (t *tiled) takeDigits() {
	workers := parallel.Workers()
	for len(t.seats) < workers {
		t.seats = append(t.seats, simd.TileRead{})
	}
	t.seats[0].Digits = t.inputs.bits
	t.each = t.seats[0].ChunkLines()
	t.run = min(max(1, t.chunks()*t.parts()/(4*workers)), chunksAtOnce)
	if size := t.chunks() * simd.TileChunk; cap(t.digits) < size {
		t.digits = make(simd.Tiles, size)
	} else {
		t.digits = t.digits[:size]
	}
	parallel.Run(t.out.Rows, t.packDigits)
}

func (t *tiled) fillDigits(first, end int) {
	digits := t.inputs.bits
	for line := first; line < end; line++ {
		words := t.bits[line*digits*simd.ColumnWords:][:digits*simd.ColumnWords]
		t.digits[line/t.each*simd.TileChunk:].FillDigits(line%t.each, words)
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
func (t *tiled) job(seat *simd.TileRead, part, chunk int) *simd.TileRead {
	lines, line, column := t.out.Rows, chunk*t.each, part*blocksAtOnce*simd.ColumnBlock
	seat.Kinds, seat.Digits, seat.Highest, seat.Stride = t.kinds(), t.inputs.bits, t.adc.highest, t.out.Cols
	seat.Cells = t.columns[t.group][part*blocksAtOnce*t.kinds()*simd.TileCells:]
	seat.Inputs = t.digits[chunk*simd.TileChunk:]
	seat.Lines, seat.Columns = lines-line, min(blocksAtOnce*simd.ColumnBlock, t.out.Cols-column)
	for kind := range t.kinds() {
		k := kind / t.halves()
		seat.Kind(kind, t.offsets[(k*lines+line)*t.line():(k+1)*lines*t.line()],
			t.steps[(k*2+kind%t.halves())*seat.Digits*2:][:2*seat.Digits])
	}
	return seat
}
