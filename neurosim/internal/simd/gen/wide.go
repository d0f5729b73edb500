package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// wideLines is the height of a tile of whole numbers: with two vectors of sums in each
// line, as many as the registers hold beside the factors.
const wideLines = 13

// wide writes the kernel that multiplies whole numbers of 16 bits.
func wide() {
	TEXT("wideAVX512Kernel", NOSPLIT, "func(w *struct{ x, cells *int16; out *float32; pairs, lines, stride, mask uint64 })")
	Doc("Sets up to thirteen lines of thirty-two sums of products of pairs.")
	w := Dereference(Param("w"))
	x, cells, out := Load(w.Field("x"), GP64()), Load(w.Field("cells"), GP64()), Load(w.Field("out"), GP64())
	pairs, lines, stride := Load(w.Field("pairs"), GP64()), Load(w.Field("lines"), GP64()), Load(w.Field("stride"), GP64())
	mask := Load(w.Field("mask"), GP64())
	masks := [2]reg.OpmaskVirtual{K(), K()}
	KMOVW(mask.(reg.GP).As32(), masks[0])
	SHRQ(Imm(16), mask)
	KMOVW(mask.(reg.GP).As32(), masks[1])
	var sums [wideLines][2]reg.VecVirtual
	for i := range sums {
		for v := range sums[i] {
			sums[i][v] = ZMM()
			VPXORD(sums[i][v], sums[i][v], sums[i][v])
		}
	}
	Label("pair")
	b := [2]reg.VecVirtual{ZMM(), ZMM()}
	a := [2]reg.VecVirtual{ZMM(), ZMM()}
	VMOVDQU32(Mem{Base: cells}, b[0])
	VMOVDQU32(Mem{Base: cells, Disp: 64}, b[1])
	for i := range sums {
		VPBROADCASTD(Mem{Base: x, Disp: 4 * i}, a[i%2])
		VPDPWSSD(a[i%2], b[0], sums[i][0])
		VPDPWSSD(a[i%2], b[1], sums[i][1])
	}
	ADDQ(Imm(4*wideLines), x)
	ADDQ(Imm(128), cells)
	DECQ(pairs)
	JNZ(LabelRef("pair"))
	for i := range sums {
		for v := range sums[i] {
			VCVTDQ2PS(sums[i][v], sums[i][v])
			VMOVUPS(sums[i][v], masks[v], Mem{Base: out, Disp: 64 * v})
		}
		ADDQ(stride, out)
		DECQ(lines)
		JZ(LabelRef("end"))
	}
	Label("end")
	VZEROUPPER()
	RET()
}

// The tile of wide8.
const wide8Lines, wide8Cols = 6, 16

// wide8 writes wide for processors with AVX2: six lines of sixteen sums.
func wide8(table Mem) {
	TEXT("wideAVX2Kernel", NOSPLIT, "func(w *struct{ x, cells *int16; out *float32; pairs, lines, stride, mask uint64 })")
	Doc("Sets up to six lines of sixteen sums of products of pairs.")
	w := Dereference(Param("w"))
	x, cells, out := Load(w.Field("x"), GP64()), Load(w.Field("cells"), GP64()), Load(w.Field("out"), GP64())
	pairs, lines, stride := Load(w.Field("pairs"), GP64()), Load(w.Field("lines"), GP64()), Load(w.Field("stride"), GP64())
	var sums [wide8Lines][2]reg.VecVirtual
	for i := range sums {
		for v := range sums[i] {
			sums[i][v] = YMM()
			VPXOR(sums[i][v], sums[i][v], sums[i][v])
		}
	}
	Label("pair")
	b := [2]reg.VecVirtual{YMM(), YMM()}
	VMOVDQU(Mem{Base: cells}, b[0])
	VMOVDQU(Mem{Base: cells, Disp: 32}, b[1])
	for i := range sums {
		a := broadcast(Mem{Base: x, Disp: 4 * i})
		for v := range sums[i] {
			product := YMM()
			VPMADDWD(a, b[v], product)
			VPADDD(product, sums[i][v], sums[i][v])
		}
	}
	ADDQ(Imm(4*wide8Lines), x)
	ADDQ(Imm(4*wide8Cols), cells)
	DECQ(pairs)
	JNZ(LabelRef("pair"))
	masks := (&counter8{table: table}).masksOf("w")
	for i := range sums {
		for v := range sums[i] {
			VCVTDQ2PS(sums[i][v], sums[i][v])
			VMASKMOVPS(sums[i][v], masks[v], Mem{Base: out, Disp: 32 * v})
		}
		ADDQ(stride, out)
		DECQ(lines)
		JZ(LabelRef("end"))
	}
	Label("end")
	VZEROUPPER()
	RET()
}
