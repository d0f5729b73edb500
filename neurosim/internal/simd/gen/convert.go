package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// conversion is the layout of simd.conversion.
const conversion = "func(c *struct{ out, sums *float32; blocks uint64; scale, offset, highest, zero, weight float32 })"

// number spreads a field of an argument over a vector.
func number(argument, field string) reg.VecVirtual {
	place, err := Dereference(Param(argument)).Field(field).Resolve()
	if err != nil {
		panic(err)
	}
	v := YMM()
	VBROADCASTSS(place.Addr, v)
	return v
}

// convert writes the kernel that converts sums and adds them to others.
func convert() {
	TEXT("convertAVX2", NOSPLIT, conversion)
	Doc("Converts blocks of eight sums, and adds them to what is there.")
	c := Dereference(Param("c"))
	out, sums := Load(c.Field("out"), GP64()), Load(c.Field("sums"), GP64())
	blocks := Load(c.Field("blocks"), GP64())
	scale, offset, highest := number("c", "scale"), number("c", "offset"), number("c", "highest")
	zero, weight, nothing := number("c", "zero"), number("c", "weight"), YMM()
	VXORPS(nothing, nothing, nothing)

	Label("block")
	code, total := YMM(), YMM()
	VMOVUPS(Mem{Base: sums}, code)
	VMOVUPS(Mem{Base: out}, total)
	VFMADD213PS(offset, scale, code)
	VROUNDPS(Imm(0), code, code)
	VMAXPS(nothing, code, code)
	VMINPS(highest, code, code)
	VSUBPS(zero, code, code)
	VFMADD231PS(weight, code, total)
	VMOVUPS(total, Mem{Base: out})
	ADDQ(Imm(32), sums)
	ADDQ(Imm(32), out)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// span writes the kernel that finds the lowest and the highest of numbers.
func span() {
	TEXT("spanAVX2", NOSPLIT, "func(s *struct{ x *float32; blocks uint64; low, high [8]float32 })")
	Doc("Takes the lowest and the highest of blocks of eight numbers into low and high.")
	s := Load(Param("s"), GP64())
	x, blocks := GP64(), GP64()
	MOVQ(Mem{Base: s}, x)
	MOVQ(Mem{Base: s, Disp: 8}, blocks)
	low, high := YMM(), YMM()
	VMOVUPS(Mem{Base: s, Disp: 16}, low)
	VMOVUPS(Mem{Base: s, Disp: 48}, high)
	Label("block")
	v := YMM()
	VMOVUPS(Mem{Base: x}, v)
	VMINPS(low, v, low)
	VMAXPS(high, v, high)
	ADDQ(Imm(32), x)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VMOVUPS(low, Mem{Base: s, Disp: 16})
	VMOVUPS(high, Mem{Base: s, Disp: 48})
	VZEROUPPER()
	RET()
}

// disturbance is the layout of simd.disturbance.
const disturbance = "func(d *struct{ sums, variances, normals *float32; blocks uint64; scale, offset, deviation float32 })"

// disturb writes the kernel that gives sums their noise.
func disturb() {
	TEXT("disturbAVX2", NOSPLIT, disturbance)
	Doc("Scales blocks of eight sums and adds normal deviates of their variances.")
	d := Dereference(Param("d"))
	sums, variances := Load(d.Field("sums"), GP64()), Load(d.Field("variances"), GP64())
	normals, blocks := Load(d.Field("normals"), GP64()), Load(d.Field("blocks"), GP64())
	scale, offset, deviation := number("d", "scale"), number("d", "offset"), number("d", "deviation")

	Label("block")
	sum, root := YMM(), YMM()
	VMOVUPS(Mem{Base: sums}, sum)
	VSQRTPS(Mem{Base: variances}, root)
	VFMADD213PS(offset, scale, sum)
	VMULPS(deviation, root, root)
	VFMADD231PS(Mem{Base: normals}, root, sum)
	VMOVUPS(sum, Mem{Base: sums})
	ADDQ(Imm(32), sums)
	ADDQ(Imm(32), variances)
	ADDQ(Imm(32), normals)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}
