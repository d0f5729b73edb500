package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// weaveFours writes the kernel that packs lines of bytes, which lie anywhere, as the right
// factor of a grid: four steps of a column side by side.
func weaveFours() {
	TEXT("weaveFours", NOSPLIT, "func(w *struct{ from *int8; bases *int32; fours, panels uint64; to *int8; nextTo uint64; flip uint32 })")
	Doc("Packs fours of lines of bytes, sixteen columns in a panel.")
	w := Dereference(Param("w"))
	field := func(name string) reg.Register { return Load(w.Field(name), GP64()) }
	from, bases, fours, to, nextTo := field("from"), field("bases"), field("fours"), field("to"), field("nextTo")
	flip := XMM()
	place, err := w.Field("flip").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(place.Addr, flip)

	Label("four")
	var line [4]reg.GPVirtual
	for i := range line {
		line[i] = GP64()
		MOVLQSX(Mem{Base: bases, Disp: 4 * i}, line[i])
		ADDQ(from, line[i])
	}
	panels, at, column := field("panels"), GP64(), GP64()
	MOVQ(to, at)
	XORQ(column, column)
	Label("panel")
	var byte4 [4]reg.VecVirtual
	for i := range byte4 {
		byte4[i] = XMM()
		VMOVDQU(Mem{Base: line[i], Index: column, Scale: 1}, byte4[i])
	}
	var pairs [4]reg.VecVirtual // of the first two and the last two, low and high
	for i := range 2 {
		pairs[i], pairs[2+i] = XMM(), XMM()
		VPUNPCKLBW(byte4[2*i+1], byte4[2*i], pairs[i])
		VPUNPCKHBW(byte4[2*i+1], byte4[2*i], pairs[2+i])
	}
	for half := range 2 {
		first, last := XMM(), XMM()
		VPUNPCKLWD(pairs[2*half+1], pairs[2*half], first)
		VPUNPCKHWD(pairs[2*half+1], pairs[2*half], last)
		VPXOR(flip, first, first)
		VPXOR(flip, last, last)
		VMOVDQU(first, Mem{Base: at, Disp: 32 * half})
		VMOVDQU(last, Mem{Base: at, Disp: 32*half + 16})
	}
	ADDQ(Imm(16), column)
	ADDQ(nextTo, at)
	DECQ(panels)
	JNZ(LabelRef("panel"))
	ADDQ(Imm(16), bases)
	ADDQ(Imm(64), to)
	DECQ(fours)
	JNZ(LabelRef("four"))
	RET()
}

// sumBytes writes the kernel that adds up bytes and their magnitudes.
func sumBytes(ones Mem) {
	TEXT("sumBytesAVX2", NOSPLIT, "func(s *struct{ from *int8; blocks uint64; sum [8]int32; size [4]uint64 })")
	Doc("Adds up blocks of thirty-two bytes, and their magnitudes.")
	s := Load(Param("s"), GP64())
	from, blocks := GP64(), GP64()
	MOVQ(Mem{Base: s}, from)
	MOVQ(Mem{Base: s, Disp: 8}, blocks)
	sum, size, unit, zero := YMM(), YMM(), YMM(), YMM()
	VPXOR(sum, sum, sum)
	VPXOR(size, size, size)
	VPXOR(zero, zero, zero)
	VPCMPEQD(unit, unit, unit)
	VPABSB(unit, unit)
	Label("block")
	x, pairs := YMM(), YMM()
	VMOVDQU(Mem{Base: from}, x)
	VPMADDUBSW(x, unit, pairs)
	VPMADDWD(ones, pairs, pairs)
	VPADDD(pairs, sum, sum)
	VPABSB(x, x)
	VPSADBW(zero, x, x)
	VPADDQ(x, size, size)
	ADDQ(Imm(32), from)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VMOVDQU(sum, Mem{Base: s, Disp: 16})
	VMOVDQU(size, Mem{Base: s, Disp: 48})
	VZEROUPPER()
	RET()
}
