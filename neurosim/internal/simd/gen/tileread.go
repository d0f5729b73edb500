package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// run writes the loops over chunks of lines, blocks of columns and their kinds, and in
// them what is done with each quarter of the sums of a set.
func (t *tiler) run(quarter func(number string)) {
	t.begin()
	Label("chunk")
	t.move(tileBlocks, tileBlock)
	if t.across {
		MOVQ(t.field(tileOut), t.outs)
	}
	t.count()
	Label("block")
	if !t.across {
		MOVQ(t.field(tileOut), t.outs)
	}
	t.kinds, t.each = GP64(), GP64()
	MOVQ(t.field(tileKinds), t.kinds)
	LEAQ(t.field(tileEach), t.each)
	Label("kind")
	DECQ(t.field(tileAhead))
	JNZ(LabelRef("same"))
	t.takeInputs("taken")
	Label("same")
	t.move(tileNow, tileLeft)
	MOVQ(t.sums, t.at)
	t.offsets = pointer(t.each, 0)
	t.multiply(0)
	quarter("1")
	t.multiply(1)
	quarter("2")
	t.wrap("further")
	t.load(0)
	quarter("3")
	t.store()
	t.load(1)
	quarter("4")
	CMPQ(t.field(tileBlock), Imm(1))
	JNE(LabelRef("other"))
	MOVQ(t.offsets, Mem{Base: t.each}) // those of the next chunk
	Label("other")
	XCHGQ(t.sums, t.next)
	if !t.across {
		ADDQ(t.field(tileStride), t.outs)
	}
	ADDQ(Imm(16), t.each)
	DECQ(t.kinds)
	JNZ(LabelRef("kind"))
	if t.across {
		ADDQ(Imm(64), t.outs)
	}
	DECQ(t.field(tileBlock))
	JNZ(LabelRef("block"))
	down, lines := pointer(t.s, tileDown), pointer(t.s, tileOfChunk)
	ADDQ(down, t.field(tileOut))
	SUBQ(lines, t.field(tileLines))
	JG(LabelRef("chunk"))
	tileRelease()
	VZEROUPPER()
	RET()
}

// begin writes the products of the first set, and loads the second.
func (t *tiler) begin() {
	t.takeInputs("begun")
	MOVQ(t.field(tileCells), t.cells)
	t.move(tileSets, tileWrap)
	t.wrap("first")
	t.load(0)
	t.load(1)
	t.multiply(0)
	t.multiply(1)
	t.store()
	XCHGQ(t.sums, t.next)
	t.wrap("second")
	t.load(0)
	t.load(1)
}

// count finds the lines of the chunk.
func (t *tiler) count() {
	all, some := pointer(t.s, tileOfChunk), pointer(t.s, tileLines)
	CMPQ(all, some)
	CMOVQGT(some, all)
	MOVQ(all, t.field(tileNow))
}

// eachLine writes a loop over a quarter of the lines of a chunk, and in it the
// one over their digits.
func (t *tiler) eachLine(number string, begin func() reg.Register, digit func(z int, step, more reg.Register), end func()) {
	lines := pointer(t.s, tileQuarter)
	Label("line" + number)
	CMPQ(t.field(tileLeft), Imm(0))
	JE(LabelRef("done" + number))
	more := begin()
	step, digits := pointer(t.each, 8), pointer(t.s, tileDigits)
	CMPQ(digits, Imm(8))
	JNE(LabelRef("digit" + number))
	for z := range 8 {
		digit(z, step, more)
	}
	ADDQ(U32(8*64), t.at)
	ADDQ(Imm(8*4), t.offsets)
	JMP(LabelRef("end" + number))
	Label("digit" + number)
	digit(0, step, more)
	if more != nil {
		ADDQ(U32(128), more)
	}
	ADDQ(Imm(64), t.at)
	ADDQ(Imm(4), t.offsets)
	ADDQ(Imm(8), step)
	DECQ(digits)
	JNZ(LabelRef("digit" + number))
	ADDQ(t.field(tileSkip), t.at)
	Label("end" + number)
	end()
	ADDQ(Imm(4), t.offsets)
	DECQ(t.field(tileLeft))
	DECQ(lines)
	JNZ(LabelRef("line" + number))
	Label("done" + number)
}

// readTiles writes the kernel that reads, converts and adds up.
func readTiles(shapes Mem) {
	t := newTiler("readTilesAMX", "Reads blocks of sixteen columns of all kinds, for chunks of lines.", shapes, false)
	t.across = true
	highest, magic, zero, total := ZMM(), t.constant(roundingMagic), zero512(), ZMM()
	VBROADCASTSS(t.field(tileHighest), highest)
	lanes, out := K(), GP64()
	t.run(func(number string) {
		if number == "1" {
			t.lanes(lanes)
			MOVQ(t.outs, out)
		}
		t.eachLine(number, func() reg.Register {
			VMOVUPS_Z(Mem{Base: out}, lanes, total)
			return nil
		}, func(z int, step, _ reg.Register) {
			code, scale, above := ZMM(), ZMM(), K()
			VADDPS(Mem{Base: t.at, Disp: 64 * z}, t.minus, code)
			VBROADCASTSS(Mem{Base: step, Disp: 8 * z}, scale)
			VFMADD213PS_BCST(Mem{Base: t.offsets, Disp: 4 * z}, scale, code)
			VMINPS(highest, code, code)
			VCMPPS(Imm(greater), zero, code, above)
			VADDPS(magic, code, code)
			VSUBPS_Z(magic, code, above, code)
			VFMADD231PS_BCST(Mem{Base: step, Disp: 8*z + 4}, code, total)
		}, func() {
			VADDPS_BCST(Mem{Base: t.offsets}, total, total)
			VMOVUPS(total, lanes, Mem{Base: out})
			ADDQ(t.field(tileStride), out)
		})
	})
}

const greater = 14 // VCMPPS

// lanes is the columns of a block that there are.
func (t *tiler) lanes(lanes reg.OpmaskVirtual) {
	all, some := GP32(), GP32()
	MOVL(U32(0xFFFF), all)
	MOVL(t.field(tileMask), some)
	CMPQ(t.field(tileBlock), Imm(1))
	CMOVLEQ(some, all)
	KMOVW(all, lanes)
}

// spanTiles writes the kernel that finds the lowest and the highest sums.
func spanTiles(shapes Mem) {
	t := newTiler("spanTilesAMX", "Finds the lowest and highest sums of each kind's sixteens of columns, for each digit.", shapes, false)
	t.run(func(number string) {
		t.eachLine(number, func() reg.Register {
			out := GP64()
			MOVQ(t.outs, out)
			return out
		}, func(z int, step, out reg.Register) {
			sum, scale, low := ZMM(), ZMM(), ZMM()
			VADDPS(Mem{Base: t.at, Disp: 64 * z}, t.minus, sum)
			VBROADCASTSS(Mem{Base: step, Disp: 8 * z}, scale)
			VFMADD213PS_BCST(Mem{Base: t.offsets, Disp: 4 * z}, scale, sum)
			VMINPS(Mem{Base: out, Disp: 128 * z}, sum, low)
			VMAXPS(Mem{Base: out, Disp: 128*z + 64}, sum, sum)
			VMOVUPS(low, Mem{Base: out, Disp: 128 * z})
			VMOVUPS(sum, Mem{Base: out, Disp: 128*z + 64})
		}, func() {})
	})
}

// sumTiles writes the kernel that sets lines to sums, or adds them: of each kind times its
// weight. What is not the last kind goes to the room, behind what sums begin with.
func sumTiles(shapes Mem) {
	t := newTiler("sumTilesAMX", "Adds up the weighted sums of all kinds of blocks of sixteen columns, for chunks of lines.", shapes, true)
	t.across = true
	lanes, old, weight := K(), K(), ZMM()
	from, to := GP64(), GP64()
	t.run(func(number string) {
		if number == "1" {
			t.lanes(lanes)
			t.chooseSums(from, to)
			KMOVW(t.field(tileDigits), old)
			CMPQ(t.kinds, t.field(tileKinds))
			JE(LabelRef("fresh")) // the first kind
			KXNORW(lanes, lanes, old)
			Label("fresh")
			KANDW(lanes, old, old)
			VBROADCASTSS(Mem{Base: pointer(t.each, 8)}, weight)
		}
		lines := pointer(t.s, tileQuarter)
		Label("line" + number)
		CMPQ(t.field(tileLeft), Imm(0))
		JE(LabelRef("done" + number))
		sum, total := ZMM(), ZMM()
		VMOVUPS_Z(Mem{Base: from}, old, total)
		VADDPS(Mem{Base: t.at}, t.minus, sum)
		VFMADD231PS(sum, weight, total)
		VMOVUPS(total, lanes, Mem{Base: to})
		ADDQ(Imm(64), t.at)
		ADDQ(t.field(tileSkip), from)
		ADDQ(t.field(tileHighest), to)
		DECQ(t.field(tileLeft))
		DECQ(lines)
		JNZ(LabelRef("line" + number))
		Label("done" + number)
	})
}

// chooseSums sets where the sums so far are, and where they go, and in two fields of no
// other use here the bytes from line to line.
func (t *tiler) chooseSums(from, to reg.GPVirtual) {
	for _, end := range []struct {
		at    reg.GPVirtual
		kinds Op
		step  int
		label string
	}{{from, t.field(tileKinds), tileSkip, "begin"}, {to, Imm(1), tileHighest, "end"}} {
		t.move(tileStride, end.step)
		MOVQ(t.outs, end.at)
		CMPQ(t.kinds, end.kinds)
		JE(LabelRef(end.label)) // the first kind, or the last
		MOVQ(U32(64), t.field(end.step))
		MOVQ(t.field(tileRoom), end.at)
		ADDQ(U32(2*tileSums+tileBytes), end.at)
		Label(end.label)
	}
}

// spreadBits writes the kernel of simd.FillTileInputs.
func spreadBits(philox Mem) {
	TEXT("spreadBitsAVX512", NOSPLIT, "func(b *struct{ to *uint8; words *uint32; digits uint64 })")
	Doc("Spreads rows of 128 bits over bytes, in two tiles.")
	s := Load(Param("b"), GP64())
	to, words, digits := pointer(s, 0), pointer(s, 8), pointer(s, 16)
	one := ZMM()
	VPBROADCASTB(philox.Offset(4), one)
	Label("digit")
	for half := range 2 {
		bits, bytes := K(), ZMM()
		KMOVQ(Mem{Base: words, Disp: 8 * half}, bits)
		VMOVDQU8_Z(one, bits, bytes)
		VMOVDQU8(bytes, Mem{Base: to, Disp: tileBytes * half})
	}
	ADDQ(Imm(64), to)
	ADDQ(Imm(16), words)
	DECQ(digits)
	JNZ(LabelRef("digit"))
	VZEROUPPER()
	RET()
}
