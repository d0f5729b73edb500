package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tileRead is the layout of simd.tileRead, of which the kernels read most again and again.
const tileRead = "func(t *struct{ cells, inputs *uint8; room *int32; out *float32; rest [19]uint64 })"

// The places of its fields.
const (
	tileCells   = 8 * iota
	tileInputs  // of the next chunk
	tileRoom    //
	tileOut     // of the chunk in work
	tileStride  // bytes from one line, or kind, to the next
	tileDown    // and from one chunk to the next
	tileBlocks  //
	tileKinds   //
	tileSets    // blocks times kinds
	tileChunks  // to be taken
	tileLines   // to be read
	tileOfChunk // lines of a whole chunk
	tileQuarter // of those
	tileDigits  //
	tileSkip    // bytes of sums behind a line's
	tileMask    // of the last block
	tileHighest // code
	tileBlock   // to be read in the chunk, with that in work
	tileNow     // lines in the chunk
	tileLeft    // lines to be read of a set
	tileAhead   // sets to be multiplied by the inputs in work
	tileWrap    // sets to be loaded before the first one
	tileEach    // by kind: offsets and steps
)

const (
	tileBytes = 1024          // of a tile, and of the sums of sixteen rows of sixteen columns
	tileSums  = 2 * tileBytes // of thirty-two rows and sixteen columns
)

// The bits of 2^23 and of 1.5 x 2^23, whose sums with smaller numbers have no bits behind
// the point.
const (
	twoTo23       = 0x4B000000
	roundingMagic = 0x4B400000
)

// tileShapes is the shapes of all tiles: sixteen rows of sixty-four bytes each.
func tileShapes() Mem {
	table := GLOBL("tileShapes", attr.RODATA|attr.NOPTR)
	for i, word := range []uint64{
		0: 1,                                               // palette
		2: 0x0040_0040_0040_0040, 3: 0x0040_0040_0040_0040, // bytes of a row
		6: 0x1010_1010_1010_1010, 7: 0, // rows
	} {
		DATA(8*i, U64(word))
	}
	return table
}

// tiler is a kernel that reads subarrays by tiles, while it is written. Tiles 0 to 3 are
// the thirty-two rows of inputs of a chunk of lines, 4 and 5 a set of sixteen columns, 6
// and 7 their sums, which begin with the bits of the number 2^23, or 1.5 x 2^23 if inputs
// have signs: whole numbers added to these make the bits of the numbers about it.
//
// The next set is multiplied beside the conversions of the one before. No instruction
// passes one that waits for a tile in use, so that each comes when its tiles have long
// been left. While tiles are in work, multiply-adds and comparisons of numbers have one of
// two ports, sums and logic both (measured on a Xeon of the fifth generation).
type tiler struct {
	s             reg.Register
	inputs, cells reg.GPPhysical // which encodings of AMX allow
	step, next    reg.GPPhysical
	sums, outs    reg.GPVirtual
	kinds, each   reg.GPVirtual
	at            reg.GPVirtual // in the sums
	offsets       reg.Register
	minus         reg.VecVirtual // less the number with which sums begin
	across        bool           // outs are those of columns side by side
	product       func(sum, a, b amxTile)
}

func (t *tiler) field(place int) Mem { return Mem{Base: t.s, Disp: place} }

// newTiler configures the tiles.
func newTiler(name, doc string, shapes Mem, signed bool) *tiler {
	TEXT(name, NOSPLIT, tileRead)
	Doc(doc)
	t := &tiler{
		product: tileProductUU, inputs: reg.RDI, cells: reg.RSI, step: reg.RDX, next: reg.R8,
		sums: GP64(), outs: GP64(), at: GP64(), minus: ZMM(),
	}
	t.s = Load(Param("t"), GP64())
	LEAQ(shapes, t.inputs)
	tileConfig(t.inputs)
	MOVQ(U32(64), t.step)
	MOVQ(t.field(tileRoom), t.next)
	LEAQ(Mem{Base: t.next, Disp: tileSums}, t.sums)
	begin := uint32(twoTo23)
	if signed {
		begin, t.product = roundingMagic, tileProductSU
	}
	t.minus = t.constant(1<<31 | begin)
	plus := t.constant(begin)
	for i := range tileBytes / 64 {
		VMOVUPS(plus, Mem{Base: t.next, Disp: 2*tileSums + 64*i})
	}
	return t
}

// constant spreads the bits of a number over a vector.
func (t *tiler) constant(bits uint32) reg.VecVirtual {
	word, v := GP32(), ZMM()
	MOVL(U32(bits), word)
	VPBROADCASTD(word, v)
	return v
}

// move copies a number from one field to another.
func (t *tiler) move(from, to int) {
	x := GP64()
	MOVQ(t.field(from), x)
	MOVQ(x, t.field(to))
}

// takeInputs loads those of the next chunk, if there is one.
func (t *tiler) takeInputs(label string) {
	t.move(tileSets, tileAhead)
	DECQ(t.field(tileChunks))
	JS(LabelRef(label))
	MOVQ(t.field(tileInputs), t.inputs)
	for i := range amxTile(4) {
		tileLoad(i, t.inputs, t.step)
		ADDQ(U32(tileBytes), t.inputs)
	}
	MOVQ(t.inputs, t.field(tileInputs))
	Label(label)
	MOVQ(t.field(tileRoom), t.inputs) // where the numbers are with which sums begin
	ADDQ(U32(2*tileSums), t.inputs)
}

// wrap begins with the first set again after the last.
func (t *tiler) wrap(label string) {
	DECQ(t.field(tileWrap))
	JNS(LabelRef(label))
	MOVQ(t.field(tileCells), t.cells)
	t.move(tileSets, tileWrap)
	DECQ(t.field(tileWrap))
	Label(label)
}

// load takes the next sixteen columns in one half of the depth.
func (t *tiler) load(half amxTile) {
	tileLoad(4+half, t.cells, t.step)
	ADDQ(U32(tileBytes), t.cells)
}

// multiply continues their sums.
func (t *tiler) multiply(half amxTile) {
	for rows := range amxTile(2) {
		if half == 0 {
			tileLoad(6+rows, t.inputs, t.step)
		}
		t.product(6+rows, 2*rows+half, 4+half)
	}
}

// store gives the sums to those that are converted next.
func (t *tiler) store() {
	for rows := range amxTile(2) {
		tileStore(6+rows, t.next, t.step)
		ADDQ(U32(tileBytes), t.next)
	}
	SUBQ(U32(tileSums), t.next)
}
