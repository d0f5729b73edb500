package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// packTiles writes the kernel of simd.Tiles.pack for one row of a tile.
func packTiles() {
	TEXT("packTilesAVX512", NOSPLIT, "func(p *struct{ from *float32; to *uint8; count, shift, tiles uint64 })")
	Doc("Packs bytes of a row of whole numbers, with zeros up to the end of the last tile.")
	s := Load(Param("p"), GP64())
	from, to, count, tiles := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 32)
	shift, lanes, all, one := XMM(), K(), GP32(), GP64()
	VMOVQ(Mem{Base: s, Disp: 24}, shift)
	Label("tile")
	for i := range 4 {
		// As many lanes as numbers are left: the lowest bits.
		MOVL(U32(0xFFFF), all)
		MOVQ(U32(16), one)
		CMPQ(count, one)
		CMOVQLT(count, one)
		SUBQ(one, count)
		BZHIL(one.As32(), all, all)
		KMOVW(all, lanes)
		x := ZMM()
		VMOVUPS_Z(Mem{Base: from, Disp: 64 * i}, lanes, x)
		VCVTTPS2DQ(x, x)
		VPSRLD(shift, x, x)
		VPMOVDB(x, Mem{Base: to, Disp: 16 * i})
	}
	ADDQ(U32(256), from)
	ADDQ(U32(tileBytes), to)
	DECQ(tiles)
	JNZ(LabelRef("tile"))
	VZEROUPPER()
	RET()
}

// turnTiles writes the kernel that exchanges the rows and the columns of fours of bytes.
func turnTiles(table Mem) {
	TEXT("turnTilesAVX512", NOSPLIT, "func(to *uint8, tiles uint64)")
	Doc("Exchanges rows and columns of tiles of sixteen by sixteen fours of bytes.")
	to, tiles := Load(Param("to"), GP64()), Load(Param("tiles"), GP64())
	places := ZMM()
	VMOVDQU32(table.Offset(64), places) // 0, 1, 2 ...
	VPSLLD(Imm(6), places, places)      // rows of 64 bytes
	var rows [16]reg.VecVirtual
	Label("tile")
	all, some := GP32(), K()
	MOVL(U32(0xFFFF), all)
	for i := range rows {
		KMOVW(all, some)
		rows[i] = ZMM()
		VPXORD(rows[i], rows[i], rows[i])
		VPGATHERDD(Mem{Base: to, Index: places, Scale: 1, Disp: 4 * i}, some, rows[i])
	}
	for i := range rows {
		VMOVDQU32(rows[i], Mem{Base: to, Disp: 64 * i})
	}
	ADDQ(U32(tileBytes), to)
	DECQ(tiles)
	JNZ(LabelRef("tile"))
	VZEROUPPER()
	RET()
}
