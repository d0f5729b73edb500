package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// wideTiles is a kernel of products of whole numbers in bytes, while it is written. Tiles 0
// and 1 are thirty-two lines, 2 and 3 the planes of sixteen columns, and 4 to 7 their sums:
// lines 0 to 15 and 16 to 31 of the first, then of the second plane.
type wideTiles struct {
	planes        int
	s             reg.Register
	x, cells      reg.GPPhysical // which encodings of AMX allow
	step, room    reg.GPPhysical
	blocks, depth reg.GPVirtual
}

// wideAMX writes simd.runWideTiles for cells of one or two bytes.
func wideAMX(planes int, shapes Mem) {
	TEXT(fmt.Sprintf("wideTiles%dAMX", planes), NOSPLIT, "func(w *struct{ x, cells *int8; room *int32; out *float32; blocks, tiles, lines, stride, mask uint64 })")
	Doc(fmt.Sprintf("Sets up to thirty-two lines of sums of products of bytes with cells of %d bytes, for blocks of sixteen columns.", planes))
	w := &wideTiles{planes: planes, x: reg.RDI, cells: reg.RSI, step: reg.RDX, room: reg.R8, blocks: GP64(), depth: GP64()}
	w.s = Load(Param("w"), GP64())
	LEAQ(shapes, w.x)
	tileConfig(w.x)
	MOVQ(U32(64), w.step)
	MOVQ(Mem{Base: w.s, Disp: 8}, w.cells)
	MOVQ(Mem{Base: w.s, Disp: 16}, w.room)
	out := pointer(w.s, 24)
	MOVQ(Mem{Base: w.s, Disp: 32}, w.blocks)
	w.multiply("first")
	w.store()
	Label("block")
	CMPQ(w.blocks, Imm(1))
	JE(LabelRef("last"))
	w.multiply("next")
	Label("last")
	w.convert(out)
	ADDQ(Imm(64), out)
	w.store()
	DECQ(w.blocks)
	JNZ(LabelRef("block"))
	tileRelease()
	VZEROUPPER()
	RET()
}

// multiply writes the products of all lines and the next columns.
func (w *wideTiles) multiply(label string) {
	for i := range amxTile(2 * w.planes) {
		tileZero(4 + i)
	}
	MOVQ(Mem{Base: w.s}, w.x)
	MOVQ(Mem{Base: w.s, Disp: 40}, w.depth)
	Label(label)
	for i := range amxTile(2) {
		tileLoad(i, w.x, w.step)
		ADDQ(U32(tileBytes), w.x)
	}
	for plane := range amxTile(w.planes) {
		tileLoad(2+plane, w.cells, w.step)
		ADDQ(U32(tileBytes), w.cells)
		for rows := range amxTile(2) {
			tileProductSU(4+2*plane+rows, rows, 2+plane)
		}
	}
	DECQ(w.depth)
	JNZ(LabelRef(label))
}

func (w *wideTiles) store() {
	for i := range amxTile(2 * w.planes) {
		tileStore(4+i, w.room, w.step)
		ADDQ(U32(tileBytes), w.room)
	}
	SUBQ(U32(uint32(2*w.planes*tileBytes)), w.room)
}

// convert writes the sums of a block as numbers.
func (w *wideTiles) convert(out reg.Register) {
	all, some, lanes := GP32(), GP32(), K()
	MOVL(U32(0xFFFF), all)
	MOVL(Mem{Base: w.s, Disp: 64}, some)
	CMPQ(w.blocks, Imm(1))
	CMOVLEQ(some, all)
	KMOVW(all, lanes)
	to, from, lines, stride := GP64(), GP64(), pointer(w.s, 48), pointer(w.s, 56)
	MOVQ(out, to)
	MOVQ(w.room, from)
	Label("line")
	sum := ZMM()
	if w.planes == 2 {
		VPSLLD(Imm(8), Mem{Base: from, Disp: tileSums}, sum)
		VPADDD(Mem{Base: from}, sum, sum)
		VCVTDQ2PS(sum, sum)
	} else {
		VCVTDQ2PS(Mem{Base: from}, sum)
	}
	VMOVUPS(sum, lanes, Mem{Base: to})
	ADDQ(Imm(64), from)
	ADDQ(stride, to)
	DECQ(lines)
	JNZ(LabelRef("line"))
}
