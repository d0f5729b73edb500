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

// convert writes the kernel that converts sums and adds them to others.
func (f family) convert() {
	TEXT("convert"+f.name, NOSPLIT, conversion)
	Doc("Converts lines of blocks of sums, and adds them to what is there.")
	c := Dereference(Param("c"))
	out, sums := Load(c.Field("out"), GP64()), Load(c.Field("sums"), GP64())
	offsets, zeros := Load(c.Field("offsets"), GP64()), Load(c.Field("zeros"), GP64())
	scale, highest, weight, nothing := f.number("c", "scale"), f.number("c", "highest"), f.number("c", "weight"), f.vector()
	VXORPS(nothing, nothing, nothing)
	step := Load(c.Field("stride"), GP64())
	f.eachBlock("c", func() []reg.VecVirtual {
		offset, zero := f.vector(), f.vector()
		VBROADCASTSS(Mem{Base: offsets}, offset)
		VBROADCASTSS(Mem{Base: zeros}, zero)
		ADDQ(Imm(4), offsets)
		ADDQ(Imm(4), zeros)
		return []reg.VecVirtual{offset, zero}
	}, func(at reg.Register, of []reg.VecVirtual, lanes []reg.OpmaskVirtual) {
		code, total := f.vector(), f.vector()
		f.load(Mem{Base: sums, Index: at, Scale: 1}, code, lanes)
		f.load(Mem{Base: out, Index: at, Scale: 1}, total, lanes)
		VFMADD213PS(of[0], scale, code)
		f.rounded(code)
		VMAXPS(nothing, code, code)
		VMINPS(highest, code, code)
		VSUBPS(of[1], code, code)
		VFMADD231PS(weight, code, total)
		f.save(total, Mem{Base: out, Index: at, Scale: 1}, lanes)
	}, func() {
		ADDQ(step, out)
		ADDQ(step, sums)
	})
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
const disturbance = "func(d *struct{ sums, powers, normals, offsets, bases *float32; lines, stride, blocks, mask uint64; scale, deviation, square, linear float32 })"

// disturb writes the kernel that gives sums their noise.
func (f family) disturb() {
	TEXT("disturb"+f.name, NOSPLIT, disturbance)
	Doc("Scales lines of blocks of sums and adds normal deviates of their variances.")
	d := Dereference(Param("d"))
	sums, powers, normals := Load(d.Field("sums"), GP64()), Load(d.Field("powers"), GP64()), Load(d.Field("normals"), GP64())
	offsets, bases := Load(d.Field("offsets"), GP64()), Load(d.Field("bases"), GP64())
	scale, deviation := f.number("d", "scale"), f.number("d", "deviation")
	square, linear := f.number("d", "square"), f.number("d", "linear")
	step := Load(d.Field("stride"), GP64())
	f.eachBlock("d", func() []reg.VecVirtual {
		offset, base := f.vector(), f.vector()
		VBROADCASTSS(Mem{Base: offsets}, offset)
		VBROADCASTSS(Mem{Base: bases}, base)
		ADDQ(Imm(4), offsets)
		ADDQ(Imm(4), bases)
		return []reg.VecVirtual{offset, base}
	}, func(at reg.Register, of []reg.VecVirtual, lanes []reg.OpmaskVirtual) {
		sum, root, normal, variance := f.vector(), f.vector(), f.vector(), f.vector()
		f.load(Mem{Base: sums, Index: at, Scale: 1}, sum, lanes)
		f.load(Mem{Base: powers, Index: at, Scale: 1}, root, lanes)
		f.load(Mem{Base: normals, Index: at, Scale: 1}, normal, lanes)
		VMOVAPS(of[1], variance)
		VFMADD231PS(linear, sum, variance)
		VFMADD213PS(variance, square, root)
		VSQRTPS(root, root)
		VFMADD213PS(of[0], scale, sum)
		VMULPS(deviation, root, root)
		VFMADD231PS(normal, root, sum)
		f.save(sum, Mem{Base: sums, Index: at, Scale: 1}, lanes)
	}, func() {
		for _, p := range []reg.Register{sums, powers, normals} {
			ADDQ(step, p)
		}
	})
}

// eachBlock writes a loop over the lines in an argument and their blocks; with AVX-512 a
// last block may have fewer columns.
func (f family) eachBlock(argument string, begin func() []reg.VecVirtual, block func(at reg.Register, of []reg.VecVirtual, lanes []reg.OpmaskVirtual), end func()) {
	a := Dereference(Param(argument))
	lines := Load(a.Field("lines"), GP64())
	var last []reg.OpmaskVirtual
	if f.masked {
		last = []reg.OpmaskVirtual{K()}
		mask := Load(a.Field("mask"), GP64())
		KMOVW(mask.(reg.GP).As32(), last[0])
	}
	Label("line")
	of, blocks, at := begin(), Load(a.Field("blocks"), GP64()), GP64()
	XORQ(at, at)
	TESTQ(blocks, blocks)
	JZ(LabelRef("rest"))
	Label("block")
	block(at, of, nil)
	ADDQ(Imm(uint64(f.size())), at)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	Label("rest")
	if f.masked {
		block(at, of, last)
	}
	end()
	DECQ(lines)
	JNZ(LabelRef("line"))
	VZEROUPPER()
	RET()
}

// load and save move a vector, or those of its lanes that there are.
func (f family) load(from Mem, v reg.VecVirtual, lanes []reg.OpmaskVirtual) {
	if lanes == nil {
		VMOVUPS(from, v)
	} else {
		VMOVUPS_Z(from, lanes[0], v)
	}
}

func (f family) save(v reg.VecVirtual, to Mem, lanes []reg.OpmaskVirtual) {
	if lanes == nil {
		VMOVUPS(v, to)
	} else {
		VMOVUPS(v, lanes[0], to)
	}
}
