package simd

import (
	"math/bits"
	"unsafe"
)

// The shape of a read by tiles.
const (
	TileCells  = ColumnRows * ColumnBlock // bytes of sixteen columns of a subarray
	TileDigits = 8                        // most binary digits of an input
	TileRows   = 32                       // binary digits of lines that are read together
	TileKinds  = 32                       // most columns of a weight
)

// TileRead is the reads of [ColumnRead] by other means, to the same bits: the products of
// tiles of bytes (AMX), and of all columns that hold a weight's cells, one after the other.
type TileRead struct {
	Cells   []uint8    // block by block of sixteen columns, kind by kind: TileCells bytes
	Inputs  []uint8    // chunk by chunk: TileRows rows of ColumnRows bytes 0 or 1, TilePadded of each line; see FillTileInputs
	Kinds   []TileKind // at most TileKinds
	Digits  int        // of an input
	Highest float32    // code
	Out     []float32  // line by line, Stride apart
	Stride  int
	Lines   int
	Columns int
	Room    *TileRoom // of the worker
}

// TileKind is what a [ColumnRead] of some columns has.
type TileKind struct {
	Offsets []float32 // line by line, one for each digit and that to be added in the end
	Steps   []float32 // scale and weight of each digit
}

// TilePadded is the rows that a line of so many binary digits takes.
func TilePadded(digits int) int { return 1 << bits.Len(uint(digits-1)) }

// FillTileCells sets the bytes of sixteen columns to their digits: for each four rows,
// those of the columns, four by four. Columns beyond the last repeat it, so that they widen
// no range.
func FillTileCells(cells []uint8, levels Matrix) {
	cells = cells[:TileCells]
	PackTiles(cells, levels, 0)
	if levels.Cols <= tileWidth {
		clear(cells[TileBytes:])
	}
	for row := levels.Rows; row < ColumnBlock; row++ {
		for tile := 0; tile < TileCells; tile += TileBytes {
			copy(cells[tile+row*tileWidth:][:tileWidth], cells[tile+(row-1)*tileWidth:])
		}
	}
	TurnTiles(cells)
}

// FillTileInputs sets rows of [TileRead]'s Inputs, from the first on, to the binary digits
// of a line, [ColumnWords] words each.
func FillTileInputs(inputs []uint8, first int, words []uint32) {
	digits := len(words) / ColumnWords
	at := inputs[first/16*(16*ColumnRows)+first%16*64:]
	_ = at[16*64+64*digits-1]
	if fastSpread(&spreading{&at[0], &words[0], uint64(digits)}) {
		return
	}
	for i, word := range words {
		to := at[i%ColumnWords/2*(16*64)+i/ColumnWords*64+i%2*32:][:32]
		for k := range to {
			to[k] = uint8(word >> k & 1)
		}
	}
}

// spreading is what the kernel of FillTileInputs reads. The generator spells out its layout.
type spreading struct {
	to     *uint8
	words  *uint32
	digits uint64
}

// tileRead is what a kernel works on. The generator spells out its layout.
type tileRead struct {
	cells, inputs, room, out      unsafe.Pointer
	stride, down                  uint64 // bytes of out to the next line and the next chunk
	blocks, kinds, sets, chunks   uint64
	lines, ofChunk, quarter       uint64
	digits, skip, mask            uint64
	highest                       float32
	block, now, left, ahead, wrap uint64 // the kernel's own
	each                          [TileKinds]tileKind
}

type tileKind struct{ offsets, steps unsafe.Pointer }

// TileRoom is where a kernel keeps what it puts in tiles, and sums until they are converted.
type TileRoom [5*16*ColumnBlock + 16]int32

// raw checks that the kernel stays in the slices.
func (t *TileRead) raw() (raw tileRead) {
	rows := TilePadded(t.Digits)
	blocks, lines := ceil(t.Columns, ColumnBlock), TileRows/rows
	chunks := ceil(t.Lines, lines)
	_ = t.Cells[blocks*len(t.Kinds)*TileCells-1]
	_ = t.Inputs[chunks*TileRows*ColumnRows-1]
	at := unsafe.Pointer(t.Room)
	raw = tileRead{
		cells: unsafe.Pointer(&t.Cells[0]), inputs: unsafe.Pointer(&t.Inputs[0]), room: unsafe.Add(at, -uintptr(at)&63),
		out: unsafe.Pointer(&t.Out[0]), stride: uint64(4 * t.Stride), down: uint64(4 * t.Stride * lines),
		blocks: uint64(blocks), kinds: uint64(len(t.Kinds)), sets: uint64(blocks * len(t.Kinds)), chunks: uint64(chunks),
		lines: uint64(t.Lines), ofChunk: uint64(lines), quarter: uint64(lines / 4),
		digits: uint64(t.Digits), skip: uint64(4 * ColumnBlock * (rows - t.Digits)),
		mask: 1<<((t.Columns-1)%ColumnBlock+1) - 1, highest: t.Highest,
	}
	for i, kind := range t.Kinds {
		_, _ = kind.Offsets[t.Lines*(t.Digits+1)-1], kind.Steps[2*t.Digits-1]
		raw.each[i] = tileKind{unsafe.Pointer(&kind.Offsets[0]), unsafe.Pointer(&kind.Steps[0])}
	}
	return raw
}
