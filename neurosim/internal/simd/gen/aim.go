package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// aim writes the kernel of simd.Aim, with a lane for each digit.
func aim() {
	TEXT("aimAVX512", NOSPLIT, "func(a *struct{ ones, offsets *float32; lines, digits uint64; off, zero, highest float32; mask uint32; low, step, scale, weight, products [16]float32 })")
	Doc("Sets the offsets of lines, and in the end what the column of weights 0 gives, taken away.")
	s := Load(Param("a"), GP64())
	ones, offsets, lines := pointer(s, 0), pointer(s, 8), pointer(s, 16)
	field := func(place int) Mem { return Mem{Base: s, Disp: place} }
	var windows [4]reg.VecVirtual
	for i := range windows {
		windows[i] = ZMM()
		VMOVUPS(field(48+64*i), windows[i])
	}
	low, step, scale, weight := windows[0], windows[1], windows[2], windows[3]
	off, zero, highest, magic, nothing := broadcast512(field(32)), broadcast512(field(36)), broadcast512(field(40)), ZMM(), zero512()
	bits := GP32()
	MOVL(U32(roundingMagic), bits)
	VPBROADCASTD(bits, magic)
	lanes, aimed := K(), K()
	KMOVW(field(44), lanes)
	VCMPPS(Imm(greater), nothing, step, aimed)

	Label("line")
	count, at, code := ZMM(), ZMM(), ZMM()
	VMOVUPS_Z(Mem{Base: ones}, lanes, count)
	VMULPS(off, count, at)
	VSUBPS(low, at, at)
	VDIVPS_Z(step, at, aimed, at)
	VMOVUPS(at, lanes, Mem{Base: offsets})
	VMULPS(zero, count, code)
	VMULPS(scale, code, code)
	VADDPS(at, code, code)
	VMAXPS(nothing, code, code)
	VMINPS(highest, code, code)
	VADDPS(magic, code, code)
	VSUBPS(magic, code, code)
	VMULPS(weight, code, code)
	VMOVUPS(code, field(48+4*64))
	sum, products, left := XMM(), GP64(), pointer(s, 24)
	VXORPS(sum, sum, sum)
	LEAQ(field(48+4*64), products)
	Label("digit")
	VSUBSS(Mem{Base: products}, sum, sum)
	ADDQ(Imm(4), products)
	ADDQ(Imm(4), ones)
	ADDQ(Imm(4), offsets)
	DECQ(left)
	JNZ(LabelRef("digit"))
	VMOVSS(sum, Mem{Base: offsets})
	ADDQ(Imm(4), offsets)
	DECQ(lines)
	JNZ(LabelRef("line"))
	VZEROUPPER()
	RET()
}
