package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// conversion is the layout of simd.conversion.
const conversion = "func(c *struct{ out, sums *float32; blocks uint64; scale, offset, highest, zero, weight float32 })"

// number spreads a field of an argument over a vector of AVX2.
func number(argument, field string) reg.VecVirtual { return avx2.number(argument, field) }

// number spreads a field of an argument over a vector of the set.
func (f family) number(argument, field string) reg.VecVirtual {
	place, err := Dereference(Param(argument)).Field(field).Resolve()
	if err != nil {
		panic(err)
	}
	v := f.vector()
	VBROADCASTSS(place.Addr, v)
	return v
}

// size is the bytes of a vector.
func (f family) size() int { return 4 * f.lanes }

// rounded rounds to the nearest, ties to even.
func (f family) rounded(x reg.VecVirtual) {
	if f.masked {
		VRNDSCALEPS(Imm(nearest), x, x)
	} else {
		VROUNDPS(Imm(nearest), x, x)
	}
}

// convert writes the kernel that converts sums and adds them to others.
func (f family) convert() {
	TEXT("convert"+f.name, NOSPLIT, conversion)
	Doc("Converts blocks of sums, and adds them to what is there.")
	c := Dereference(Param("c"))
	out, sums := Load(c.Field("out"), GP64()), Load(c.Field("sums"), GP64())
	blocks := Load(c.Field("blocks"), GP64())
	scale, offset, highest := f.number("c", "scale"), f.number("c", "offset"), f.number("c", "highest")
	zero, weight, nothing := f.number("c", "zero"), f.number("c", "weight"), f.vector()
	VXORPS(nothing, nothing, nothing)

	Label("block")
	code, total := f.vector(), f.vector()
	VMOVUPS(Mem{Base: sums}, code)
	VMOVUPS(Mem{Base: out}, total)
	VFMADD213PS(offset, scale, code)
	f.rounded(code)
	VMAXPS(nothing, code, code)
	VMINPS(highest, code, code)
	VSUBPS(zero, code, code)
	VFMADD231PS(weight, code, total)
	VMOVUPS(total, Mem{Base: out})
	ADDQ(Imm(uint64(f.size())), sums)
	ADDQ(Imm(uint64(f.size())), out)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// span writes the kernel that finds the lowest and the highest of numbers.
func (f family) span() {
	TEXT("span"+f.name, NOSPLIT, "func(s *struct{ x *float32; blocks uint64; low, high, none [16]float32 })")
	Doc("Takes the lowest and the highest of blocks of numbers into low and high, and products with 0 into none.")
	s := Load(Param("s"), GP64())
	x, blocks := pointer(s, 0), pointer(s, 8)
	low, high := f.vector(), f.vector()
	VMOVUPS(Mem{Base: s, Disp: 16}, low)
	VMOVUPS(Mem{Base: s, Disp: 80}, high)
	none, nothing := f.vector(), f.vector()
	VXORPS(none, none, none)
	VXORPS(nothing, nothing, nothing)
	Label("block")
	v := f.vector()
	VMOVUPS(Mem{Base: x}, v)
	VMINPS(low, v, low)
	VMAXPS(high, v, high)
	VMULPS(nothing, v, v)
	VADDPS(v, none, none)
	ADDQ(Imm(uint64(f.size())), x)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VMOVUPS(low, Mem{Base: s, Disp: 16})
	VMOVUPS(high, Mem{Base: s, Disp: 80})
	VMOVUPS(none, Mem{Base: s, Disp: 144})
	VZEROUPPER()
	RET()
}

// disturbance is the layout of simd.disturbance.
const disturbance = "func(d *struct{ sums, variances, normals *float32; blocks uint64; scale, offset, deviation float32 })"

// disturb writes the kernel that gives sums their noise.
func (f family) disturb() {
	TEXT("disturb"+f.name, NOSPLIT, disturbance)
	Doc("Scales blocks of sums and adds normal deviates of their variances.")
	d := Dereference(Param("d"))
	sums, variances := Load(d.Field("sums"), GP64()), Load(d.Field("variances"), GP64())
	normals, blocks := Load(d.Field("normals"), GP64()), Load(d.Field("blocks"), GP64())
	scale, offset, deviation := f.number("d", "scale"), f.number("d", "offset"), f.number("d", "deviation")

	Label("block")
	sum, root := f.vector(), f.vector()
	VMOVUPS(Mem{Base: sums}, sum)
	VSQRTPS(Mem{Base: variances}, root)
	VFMADD213PS(offset, scale, sum)
	VMULPS(deviation, root, root)
	VFMADD231PS(Mem{Base: normals}, root, sum)
	VMOVUPS(sum, Mem{Base: sums})
	for _, p := range []reg.Register{sums, variances, normals} {
		ADDQ(Imm(uint64(f.size())), p)
	}
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}
