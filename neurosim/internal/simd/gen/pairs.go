package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// packPairs writes the kernel that packs lines for wide products: up to eight lines, pair of
// steps by pair, sixteen steps at a time.
func packPairs() {
	TEXT("packPairsAVX2", NOSPLIT, "func(p *struct{ from *float32; to *int16; stepFrom, stepTo, rows, blocks uint64; lanes [8]uint32 })")
	Doc("Writes pairs of whole numbers of up to eight rows as rows of pairs; the lanes say which",
		"of them there are.")
	p := Dereference(Param("p"))
	from := rowPointers(p.Field("from"), p.Field("stepFrom"), p.Field("rows"))
	to, step, blocks := Load(p.Field("to"), GP64()), Load(p.Field("stepTo"), GP64()), Load(p.Field("blocks"), GP64())
	first, err := p.Field("lanes").Index(0).Resolve()
	if err != nil {
		panic(err)
	}
	lanes := YMM()
	VMOVDQU(first.Addr, lanes)

	Label("block")
	var rows [8]reg.VecVirtual
	for i := range rows {
		upper := YMM()
		rows[i] = YMM()
		VCVTPS2DQ(Mem{Base: from[i]}, rows[i])
		VCVTPS2DQ(Mem{Base: from[i], Disp: 32}, upper)
		VPACKSSDW(upper, rows[i], rows[i]) // of each half of the vectors
		VPERMQ(Imm(0xD8), rows[i], rows[i])
		ADDQ(Imm(64), from[i])
	}
	for _, pair := range transposed(rows) {
		VPMASKMOVD(pair, lanes, Mem{Base: to})
		ADDQ(step, to)
	}
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}
