package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// conversion is the layout of simd.conversion.
const conversion = "func(c *struct{ out, sums, offsets, zeros *float32; lines, stride, blocks, mask uint64; scale, highest, weight float32 })"

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

// convert writes the kernel that converts sums and adds them to others. With AVX-512 a
// last block may have fewer columns.
func (f family) convert() {
	TEXT("convert"+f.name, NOSPLIT, conversion)
	Doc("Converts lines of blocks of sums, and adds them to what is there.")
	c := Dereference(Param("c"))
	out, sums := Load(c.Field("out"), GP64()), Load(c.Field("sums"), GP64())
	offsets, zeros := Load(c.Field("offsets"), GP64()), Load(c.Field("zeros"), GP64())
	lines := Load(c.Field("lines"), GP64())
	scale, highest, weight, nothing := f.number("c", "scale"), f.number("c", "highest"), f.number("c", "weight"), f.vector()
	VXORPS(nothing, nothing, nothing)
	var last reg.OpmaskVirtual
	if f.masked {
		last = K()
		mask := Load(c.Field("mask"), GP64())
		KMOVW(mask.(reg.GP).As32(), last)
	}
	add := func(place Mem, from Mem, offset, zero reg.VecVirtual, lanes ...reg.OpmaskVirtual) {
		code, total := f.vector(), f.vector()
		if lanes == nil {
			VMOVUPS(from, code)
			VMOVUPS(place, total)
		} else {
			VMOVUPS_Z(from, lanes[0], code)
			VMOVUPS_Z(place, lanes[0], total)
		}
		VFMADD213PS(offset, scale, code)
		f.rounded(code)
		VMAXPS(nothing, code, code)
		VMINPS(highest, code, code)
		VSUBPS(zero, code, code)
		VFMADD231PS(weight, code, total)
		if lanes == nil {
			VMOVUPS(total, place)
		} else {
			VMOVUPS(total, lanes[0], place)
		}
	}

	Label("line")
	offset, zero, blocks, at := f.vector(), f.vector(), Load(c.Field("blocks"), GP64()), GP64()
	VBROADCASTSS(Mem{Base: offsets}, offset)
	VBROADCASTSS(Mem{Base: zeros}, zero)
	XORQ(at, at)
	TESTQ(blocks, blocks)
	JZ(LabelRef("rest"))
	Label("block")
	add(Mem{Base: out, Index: at, Scale: 1}, Mem{Base: sums, Index: at, Scale: 1}, offset, zero)
	ADDQ(Imm(uint64(f.size())), at)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	Label("rest")
	if f.masked {
		add(Mem{Base: out, Index: at, Scale: 1}, Mem{Base: sums, Index: at, Scale: 1}, offset, zero, last)
	}
	step := Load(c.Field("stride"), GP64())
	ADDQ(step, out)
	ADDQ(step, sums)
	ADDQ(Imm(4), offsets)
	ADDQ(Imm(4), zeros)
	DECQ(lines)
	JNZ(LabelRef("line"))
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
