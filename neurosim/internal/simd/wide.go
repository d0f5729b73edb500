package simd

import (
	"math"
	"unsafe"
)

// WideProduct is the products of whole numbers whose sums stay below 2^24, so that single
// precision holds them: Out = X Cellsᵀ. Numbers of X are of 8 bits with a sign, those of
// the cells from 0 to 32767. Both factors are packed.
type WideProduct struct {
	X, Cells []int16
	Out      Matrix
	Depth    int
	Small    bool // no cell is above 255
}

// WideTile is the lines and the columns that are packed, and multiplied, together; 0 where
// this processor has no instructions for wide products.
func WideTile() (lines, cols int) {
	switch wideKernels {
	case wideNone:
		return 0, 0
	case wideAMX:
		return 2 * tileRows, tileRows
	case wideAVX512:
		return 13, 32
	}
	return 6, 16
}

// wideSet is an instruction set's kernels of wide products.
type wideSet int

const (
	wideNone wideSet = iota
	wideAVX2
	wideAVX512
	wideAMX
)

// Sizes are those of the packed factors.
func (p *WideProduct) Sizes(lines, cols int) (x, cells int) {
	l, c := WideTile()
	return ceil(lines, l) * p.linesSize(), ceil(cols, c) * p.cellsSize()
}

// linesSize is the packed numbers of a tile's lines, of 16 bits.
func (p *WideProduct) linesSize() int {
	if wideKernels == wideAMX {
		return p.parts() * TileChunk / 2
	}
	lines, _ := WideTile()
	return lines * evened(p.Depth)
}

// cellsSize is those of its columns.
func (p *WideProduct) cellsSize() int {
	if wideKernels == wideAMX {
		return p.parts() * p.planes() * TileCells / 2
	}
	_, cols := WideTile()
	return cols * evened(p.Depth)
}

// parts is the subarrays of tiles that the depth takes.
func (p *WideProduct) parts() int { return ceil(p.Depth, ColumnRows) }

// planes is the bytes of a cell.
func (p *WideProduct) planes() int {
	if p.Small {
		return 1
	}
	return 2
}

func evened(n int) int { return (n + 1) &^ 1 }

// PackLines packs the lines of m that are tile i of X.
func (p *WideProduct) PackLines(m Matrix, i int) {
	lines, _ := WideTile()
	part, to := m.tile(i, lines), p.X[i*p.linesSize():][:p.linesSize()]
	if wideKernels != wideAMX {
		packWide(to, part, lines)
		return
	}
	for k := range p.parts() {
		for half := range 2 {
			at := k*TileChunk + half*TileChunk/2
			bytesOf(to)[at:].packPart(part.tile(half, tileRows).part(k), 0)
		}
	}
}

// PackCells packs the columns of cells, one in each row of m, that are tile j of Cells.
func (p *WideProduct) PackCells(m Matrix, j int) {
	_, cols := WideTile()
	part := m.tile(j, cols)
	if wideKernels != wideAMX {
		packWide(p.Cells[j*p.cellsSize():][:p.cellsSize()], part, cols)
		return
	}
	for k := range p.parts() {
		for plane := range p.planes() {
			to := bytesOf(p.Cells)[(k*p.blocks()+j)*p.planes()*TileCells+plane*TileCells:][:TileCells]
			to.packPart(part.part(k), 8*plane)
			to.turn()
		}
	}
}

// blocks is the tiles of columns.
func (p *WideProduct) blocks() int { return len(p.Cells) / p.cellsSize() }

// packPart packs rows of at most ColumnRows numbers into two tiles.
func (t Tiles) packPart(m Matrix, shift int) {
	t.pack(m, shift)
	if m.Cols <= tileWidth {
		clear(t[tileBytes : 2*tileBytes])
	}
}

// part is columns k ColumnRows to (k+1) ColumnRows-1 of a matrix, those that there are.
func (m Matrix) part(k int) Matrix {
	if m.Rows > 0 {
		m.Data = m.Data[k*ColumnRows:]
	}
	m.Cols = min(m.Cols-k*ColumnRows, ColumnRows)
	return m
}

// tile is rows i size to (i+1) size-1 of a matrix, those that there are.
func (m Matrix) tile(i, size int) Matrix {
	first, end := min(i*size, m.Rows), min((i+1)*size, m.Rows)
	m.Rows = end - first
	if m.Rows > 0 {
		m.Data = m.Data[first*m.Stride:]
	}
	return m
}

func bytesOf(words []int16) Tiles {
	return unsafe.Slice((*uint8)(unsafe.Pointer(&words[0])), 2*len(words))
}

// packWide packs lines of which every one has the depth: pairs of steps of one line after
// the other. Lines and steps beyond the last are 0.
func packWide(to []int16, m Matrix, tile int) {
	done := 0
	if m.Rows < tile || m.Cols%pairSteps != 0 {
		clear(to)
	}
	if m.Rows > 0 && m.Cols >= pairSteps {
		done = packPairs(to, m, tile)
	}
	for line := range m.Rows {
		for step, v := range m.Data[line*m.Stride:][done:m.Cols] {
			step += done
			to[(step/2*tile+line)*2+step%2] = int16(v)
		}
	}
}

// pairing is what the kernel of packWide works on. The generator spells out its layout.
type pairing struct {
	from                           *float32
	to                             *int16
	stepFrom, stepTo, rows, blocks uint64
	lanes                          [pairLines]uint32
}

// The lines and steps that the kernel packs at a time.
const (
	pairLines = 8
	pairSteps = 16
)

// packPairs packs the first steps of lines, and returns how many.
func packPairs(to []int16, m Matrix, tile int) (steps int) {
	blocks := m.Cols / pairSteps
	_, _ = m.Data[(m.Rows-1)*m.Stride+m.Cols-1], to[((blocks*pairSteps/2-1)*tile+m.Rows)*2-1]
	for line := 0; line < m.Rows; line += pairLines {
		p := pairing{
			from: &m.Data[line*m.Stride], to: &to[2*line], stepFrom: bytes(m.Stride), stepTo: bytes(tile),
			rows: uint64(min(pairLines, m.Rows-line)), blocks: uint64(blocks),
		}
		for i := range p.rows {
			p.lanes[i] = math.MaxUint32
		}
		runPairs(&p)
	}
	return blocks * pairSteps
}

// Lines computes the lines of tile i in the room of a worker.
func (p *WideProduct) Lines(i int, room *TileRead) {
	lines, cols := WideTile()
	x, out := p.X[i*p.linesSize():][:p.linesSize()], p.Out.tile(i, lines)
	if wideKernels == wideAMX {
		p.lines(x, out, room)
		return
	}
	for j := range ceil(out.Cols, cols) {
		cells := p.Cells[j*p.cellsSize():][:p.cellsSize()]
		width := min(cols, out.Cols-j*cols)
		to := out.Data[j*cols:]
		_ = to[(out.Rows-1)*out.Stride+width-1]
		runWide(&wideTile{
			x: unsafe.Pointer(&x[0]), cells: unsafe.Pointer(&cells[0]), out: unsafe.Pointer(&to[0]),
			pairs: uint64(evened(p.Depth) / 2), lines: uint64(out.Rows), stride: uint64(4 * out.Stride), mask: 1<<width - 1,
		})
	}
}

// wideTile is what a kernel works on. The generator spells out its layout.
type wideTile struct {
	x, cells, out              unsafe.Pointer
	pairs, lines, stride, mask uint64
}

// planeWeights is what the bytes of a cell count.
var planeWeights = [...]float32{1, 256}

// lines computes a tile's lines by tiles of bytes.
func (p *WideProduct) lines(x []int16, out Matrix, t *TileRead) {
	blocks, planes := ceil(out.Cols, ColumnBlock), p.planes()
	t.Columns, t.Lines, t.Digits, t.Stride = out.Cols, out.Rows, 1, out.Stride
	t.Out, t.Kinds = out.Data, planes
	for k := range p.parts() {
		t.Inputs = bytesOf(x)[k*TileChunk:][:TileChunk]
		t.Cells = bytesOf(p.Cells)[k*p.blocks()*planes*TileCells:][:blocks*planes*TileCells]
		t.sum(k > 0)
	}
}
