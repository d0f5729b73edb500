package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// mark512 writes the kernel of Subset.Find.
func mark512(n normality) {
	TEXT("markAVX512", NOSPLIT, "func(m *struct{ from *float32; stride, rows, groups uint64; bits *uint16 })")
	Doc("Sets a bit for each column that is not all zero, of groups of sixteen.")
	s := Load(Param("m"), GP64())
	from, stride, groups, bits := pointer(s, 0), pointer(s, 8), pointer(s, 24), pointer(s, 32)
	some := func(label string, count int) {
		Label(label)
		CMPQ(groups, Imm(uint64(count)))
		JL(LabelRef("after" + label))
		var any []reg.VecVirtual
		for range count {
			any = append(any, zero512())
		}
		row, rows := GP64(), pointer(s, 16)
		MOVQ(from, row)
		Label("rows" + label)
		for i, v := range any {
			VPORD(Mem{Base: row, Disp: 64 * i}, v, v)
		}
		ADDQ(stride, row)
		DECQ(rows)
		JNZ(LabelRef("rows" + label))
		for i, v := range any {
			lanes := K()
			VPTESTMD_BCST(n.magnitude, v, lanes)
			KMOVW(lanes, Mem{Base: bits, Disp: 2 * i})
		}
		ADDQ(U32(uint32(64*count)), from)
		ADDQ(Imm(uint64(2*count)), bits)
		SUBQ(Imm(uint64(count)), groups)
		JMP(LabelRef(label))
		Label("after" + label)
	}
	some("eight", 8)
	some("one", 1)
	VZEROUPPER()
	RET()
}

// pick512 writes the kernel of Subset.Pick.
func pick512() {
	TEXT("pickAVX512", NOSPLIT, "func(c *struct{ to, from *float32; bits *uint16; groups uint64 })")
	Doc("Copies the numbers of a line whose bits are set, with anything behind them.")
	s := Load(Param("c"), GP64())
	to, from, bits, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 24)
	Label("group")
	x, lanes, count := ZMM(), K(), GP32()
	MOVWLZX(Mem{Base: bits}, count)
	KMOVW(count, lanes)
	VMOVUPS(Mem{Base: from}, x)
	VPCOMPRESSD(x, lanes, x)
	VMOVUPS(x, Mem{Base: to})
	POPCNTL(count, count)
	LEAQ(Mem{Base: to, Index: count.As64(), Scale: 4}, to)
	ADDQ(Imm(64), from)
	ADDQ(Imm(2), bits)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// spread512 writes the kernel of Subset.Spread.
func spread512() {
	TEXT("spreadAVX512", NOSPLIT, "func(c *struct{ to, from *float32; bits *uint16; groups uint64 })")
	Doc("Puts numbers where bits are set in a line, and zeros elsewhere.")
	s := Load(Param("c"), GP64())
	to, from, bits, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 24)
	Label("group")
	x, lanes, count := ZMM(), K(), GP32()
	MOVWLZX(Mem{Base: bits}, count)
	KMOVW(count, lanes)
	VEXPANDPS_Z(Mem{Base: from}, lanes, x)
	VMOVUPS(x, Mem{Base: to})
	POPCNTL(count, count)
	LEAQ(Mem{Base: from, Index: count.As64(), Scale: 4}, from)
	ADDQ(Imm(64), to)
	ADDQ(Imm(2), bits)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}
