package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/gotypes"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// strip is the layout of simd.strip; strides count bytes.
const strip = "func(s *struct{ from, to *float32; stepFrom, stepTo, rows, depth, panels, nextTo uint64 })"

// transpose8 writes the kernel that turns up to eight rows into columns.
func transpose8() {
	TEXT("transpose8AVX2", NOSPLIT, strip)
	Doc("Writes depth columns of eight rows, depth a multiple of eight, as rows of",
		"eight; the last of the given rows stands for those that are missing.")
	s := Dereference(Param("s"))
	from := rowPointers(s.Field("from"), s.Field("stepFrom"), s.Field("rows"))
	to, step, depth := Load(s.Field("to"), GP64()), Load(s.Field("stepTo"), GP64()), Load(s.Field("depth"), GP64())

	Label("block")
	var rows [8]reg.VecVirtual
	for i := range rows {
		rows[i] = YMM()
		VMOVUPS(Mem{Base: from[i]}, rows[i])
		ADDQ(Imm(32), from[i])
	}
	for _, column := range transposed(rows) {
		VMOVUPS(column, Mem{Base: to})
		ADDQ(step, to)
	}
	SUBQ(Imm(8), depth)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// rowPointers are eight addresses, the last row's repeated where rows end.
func rowPointers(from, stepFrom, count gotypes.Component) [8]reg.Register {
	var pointers [8]reg.Register
	step, rows := Load(stepFrom, GP64()), Load(count, GP64())
	pointers[0] = Load(from, GP64())
	for i := 1; i < len(pointers); i++ {
		next := GP64()
		LEAQ(Mem{Base: pointers[i-1], Index: step, Scale: 1}, next)
		CMPQ(rows, Imm(uint64(i)))
		CMOVQLE(pointers[i-1], next)
		pointers[i] = next
	}
	return pointers
}

// transposed exchanges the rows and columns of eight vectors.
func transposed(r [8]reg.VecVirtual) (columns [8]reg.VecVirtual) {
	pairs := combine(func(to *[8]reg.VecVirtual) {
		for i := 0; i < 8; i += 2 {
			VUNPCKLPS(r[i+1], r[i], to[i])
			VUNPCKHPS(r[i+1], r[i], to[i+1])
		}
	})
	fours := combine(func(to *[8]reg.VecVirtual) {
		for i := 0; i < 8; i += 4 {
			VSHUFPS(Imm(0x44), pairs[i+2], pairs[i], to[i])
			VSHUFPS(Imm(0xEE), pairs[i+2], pairs[i], to[i+1])
			VSHUFPS(Imm(0x44), pairs[i+3], pairs[i+1], to[i+2])
			VSHUFPS(Imm(0xEE), pairs[i+3], pairs[i+1], to[i+3])
		}
	})
	return combine(func(to *[8]reg.VecVirtual) {
		for i := range 4 {
			VPERM2F128(Imm(0x20), fours[i+4], fours[i], to[i])
			VPERM2F128(Imm(0x31), fours[i+4], fours[i], to[i+4])
		}
	})
}

// combine hands eight fresh vectors to a step.
func combine(step func(to *[8]reg.VecVirtual)) (to [8]reg.VecVirtual) {
	for i := range to {
		to[i] = YMM()
	}
	step(&to)
	return to
}

// copyRows writes the kernel that gathers rows of panels of width numbers, which lie side
// by side, one after another.
func copyRows(width int) {
	TEXT(fmt.Sprintf("copy%dAVX2", width), NOSPLIT, strip)
	Doc(fmt.Sprintf("Copies depth rows of %d numbers to each of some panels.", width))
	s := Dereference(Param("s"))
	from, to := Load(s.Field("from"), GP64()), Load(s.Field("to"), GP64())
	stepFrom, stepTo := Load(s.Field("stepFrom"), GP64()), Load(s.Field("stepTo"), GP64())
	depth, panels, nextTo := Load(s.Field("depth"), GP64()), Load(s.Field("panels"), GP64()), Load(s.Field("nextTo"), GP64())

	Label("row")
	at, place, left := GP64(), GP64(), GP64()
	MOVQ(from, at)
	MOVQ(to, place)
	MOVQ(panels, left)
	Label("panel")
	var row []reg.VecVirtual
	for i := 0; i < width; i += 8 {
		row = append(row, YMM())
		VMOVUPS(Mem{Base: at, Disp: 4 * i}, row[i/8])
	}
	for i, part := range row {
		VMOVUPS(part, Mem{Base: place, Disp: 32 * i})
	}
	ADDQ(Imm(uint64(4*width)), at)
	ADDQ(nextTo, place)
	DECQ(left)
	JNZ(LabelRef("panel"))
	ADDQ(stepFrom, from)
	ADDQ(stepTo, to)
	DECQ(depth)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}
