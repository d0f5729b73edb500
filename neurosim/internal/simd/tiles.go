package simd

import (
	"math/bits"
	"unsafe"
)

// The shape of a read by tiles.
const (
	TileCells = ColumnRows * ColumnBlock // bytes of sixteen columns of a subarray
	TileChunk = tileDigits * ColumnRows  // bytes of the inputs of a chunk of lines

	tileDigits = 32 // binary digits of lines that are read together
	tileKinds  = 32 // most columns of a weight
	mostDigits = 8  // of an input
)

// CanTiles says whether this processor reads fastest by tiles: inputs of so many binary
// digits, and weights of so many kinds of columns.
func CanTiles(digits, kinds int) bool {
	return tilesHere() && digits <= mostDigits && kinds <= tileKinds
}

// tilePadded is the rows that a line of so many binary digits takes.
func tilePadded(digits int) int { return 1 << bits.Len(uint(digits-1)) }

// TileRead is the reads of [ColumnRead] by other means, to the same bits: the products of
// tiles of bytes (AMX), and of all kinds of columns that hold a weight's cells, one after
// the other. It holds what a kernel works in, for one worker.
type TileRead struct {
	Cells   Tiles   // block by block of sixteen columns, kind by kind: TileCells bytes
	Inputs  Tiles   // chunk by chunk of lines: TileChunk bytes
	Kinds   int     // of columns
	Digits  int     // of an input
	Highest float32 // code
	Out     []float32
	Stride  int // numbers of Out from one line to the next
	Lines   int
	Columns int

	kinds [tileKinds]struct{ offsets, steps []float32 }
	room  [7*tileRows*ColumnBlock + 16]int32 // what goes into tiles, and sums until they are converted
}

// ChunkLines is the lines of a chunk.
func (t *TileRead) ChunkLines() int { return tileDigits / tilePadded(t.Digits) }

// Kind sets what a [ColumnRead] of the columns of a kind has: Offsets and Steps.
func (t *TileRead) Kind(i int, offsets, steps []float32) {
	t.kinds[i].offsets, t.kinds[i].steps = offsets, steps
}

// FillColumns sets the bytes of sixteen columns to their digits: for each four rows,
// those of the columns, four by four. Columns beyond the last repeat it, so that they widen
// no range.
func (t Tiles) FillColumns(levels Matrix) {
	t = t[:TileCells]
	t.packPart(levels, 0)
	for row := levels.Rows; row < ColumnBlock; row++ {
		for tile := 0; tile < TileCells; tile += tileBytes {
			copy(t[tile+row*tileWidth:][:tileWidth], t[tile+(row-1)*tileWidth:])
		}
	}
	t.turn()
}

// FillDigits sets a line of a chunk to its binary digits, [ColumnWords] words each.
func (t Tiles) FillDigits(line int, words []uint32) {
	digits := len(words) / ColumnWords
	first := line * tilePadded(digits)
	at := t[first/tileRows*2*tileBytes+first%tileRows*tileWidth:]
	_ = at[tileBytes+tileWidth*digits-1]
	if fastSpread(&spreading{&at[0], &words[0], uint64(digits)}) {
		return
	}
	for i, word := range words {
		to := at[i%ColumnWords/2*tileBytes+i/ColumnWords*tileWidth+i%2*32:][:32]
		for k := range to {
			to[k] = uint8(word >> k & 1)
		}
	}
}

// spreading is what the kernel of FillDigits reads. The generator spells out its layout.
type spreading struct {
	to     *uint8
	words  *uint32
	digits uint64
}

// tileRead is what a kernel works on. The generator spells out its layout.
type tileRead struct {
	cells, inputs, room, out    unsafe.Pointer
	stride, down                uint64 // bytes of out to the next line and the next chunk
	blocks, kinds, sets, chunks uint64
	lines, ofChunk, quarter     uint64
	digits, skip, mask          uint64
	highest                     float32
	_                           [5]uint64 // the kernel's own
	each                        [tileKinds]tileKind
}

type tileKind struct{ offsets, steps unsafe.Pointer }

// raw checks that the kernel stays in the slices.
func (t *TileRead) raw() (raw tileRead) {
	rows, lines := tilePadded(t.Digits), t.ChunkLines()
	blocks := ceil(t.Columns, ColumnBlock)
	chunks := ceil(t.Lines, lines)
	_ = t.Cells[blocks*t.Kinds*TileCells-1]
	_ = t.Inputs[chunks*TileChunk-1]
	at := unsafe.Pointer(&t.room)
	raw = tileRead{
		cells: unsafe.Pointer(&t.Cells[0]), inputs: unsafe.Pointer(&t.Inputs[0]), room: unsafe.Add(at, -uintptr(at)&63),
		out: unsafe.Pointer(&t.Out[0]), stride: uint64(4 * t.Stride), down: uint64(4 * t.Stride * lines),
		blocks: uint64(blocks), kinds: uint64(t.Kinds), sets: uint64(blocks * t.Kinds), chunks: uint64(chunks),
		lines: uint64(t.Lines), ofChunk: uint64(lines), quarter: uint64(lines / 4),
		digits: uint64(t.Digits), skip: uint64(4 * ColumnBlock * (rows - t.Digits)),
		mask: 1<<((t.Columns-1)%ColumnBlock+1) - 1, highest: t.Highest,
	}
	return raw
}

// setKinds tells the kernel what each kind of columns has.
func (t *TileRead) setKinds(raw *tileRead) {
	for i, kind := range t.kinds[:t.Kinds] {
		_, _ = kind.offsets[t.Lines*(t.Digits+1)-1], kind.steps[2*t.Digits-1]
		raw.each[i] = tileKind{unsafe.Pointer(&kind.offsets[0]), unsafe.Pointer(&kind.steps[0])}
	}
}
