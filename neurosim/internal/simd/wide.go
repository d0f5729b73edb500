package simd

import "unsafe"

// WideProduct is the products of whole numbers whose sums stay below 2^24, so that single
// precision holds them: Out = X Cellsᵀ. Numbers of X are of 8 bits with a sign, those of
// the cells from 0 to 32767. Both factors are packed.
type WideProduct struct {
	X, Cells []int16
	Out      Matrix
	Depth    int
	Small    bool // no cell is above 255
}

// CanWide says whether this processor has instructions for wide products.
func CanWide() bool { return wideKernels != wideNone }

// WideTile is the lines and the columns that are packed, and multiplied, together.
func WideTile() (lines, cols int) {
	switch wideKernels {
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
	lines, _ := WideTile()
	if wideKernels == wideAMX {
		return tilesOf(p.Depth) * lines * tileWidth / 2
	}
	return lines * evened(p.Depth)
}

// cellsSize is those of its columns.
func (p *WideProduct) cellsSize() int {
	_, cols := WideTile()
	if wideKernels == wideAMX {
		return p.planes() * tilesOf(p.Depth) * tileBytes / 2
	}
	return cols * evened(p.Depth)
}

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
	for half := range 2 {
		bytesOf(to)[half*tileBytes:].pack(part.tile(half, tileRows), bytePlace{every: 2})
	}
}

// PackCells packs the columns of cells, one in each row of m, that are tile j of Cells.
func (p *WideProduct) PackCells(m Matrix, j int) {
	_, cols := WideTile()
	part, to := m.tile(j, cols), p.Cells[j*p.cellsSize():][:p.cellsSize()]
	if wideKernels != wideAMX {
		packWide(to, part, cols)
		return
	}
	for plane := range p.planes() {
		bytesOf(to)[plane*tileBytes:].pack(part, bytePlace{shift: 8 * plane, every: p.planes()})
	}
	bytesOf(to).turn()
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
	clear(to)
	for line := range m.Rows {
		row, at := m.Data[line*m.Stride:][:m.Cols], to[line*2:]
		for len(row) >= 2 {
			at[0], at[1] = int16(row[0]), int16(row[1])
			if row = row[2:]; len(row) > 0 {
				at = at[2*tile:]
			}
		}
		if len(row) == 1 {
			at[0] = int16(row[0])
		}
	}
}

// Lines computes the lines of tile i.
func (p *WideProduct) Lines(i int) {
	lines, cols := WideTile()
	x, out := p.X[i*p.linesSize():][:p.linesSize()], p.Out.tile(i, lines)
	if wideKernels == wideAMX {
		p.lines(x, out)
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

// lines computes a tile's lines by tiles of bytes.
func (p *WideProduct) lines(x []int16, out Matrix) {
	var room [4*tileBytes/4 + 16]int32
	at := unsafe.Pointer(&room)
	blocks := ceil(out.Cols, tileRows)
	_, _ = p.Cells[blocks*p.cellsSize()-1], out.Data[(out.Rows-1)*out.Stride+out.Cols-1]
	runWideTiles(&wideTiles{
		x: unsafe.Pointer(&x[0]), cells: unsafe.Pointer(&p.Cells[0]), room: unsafe.Add(at, -uintptr(at)&63),
		out: unsafe.Pointer(&out.Data[0]), blocks: uint64(blocks), tiles: uint64(tilesOf(p.Depth)),
		lines: uint64(out.Rows), stride: uint64(4 * out.Stride), mask: 1<<((out.Cols-1)%tileRows+1) - 1,
	}, p.planes())
}

// wideTiles is what a kernel works on. The generator spells out its layout.
type wideTiles struct {
	x, cells, room, out                unsafe.Pointer
	blocks, tiles, lines, stride, mask uint64
}
