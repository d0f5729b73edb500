package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// elements is the layout of simd.elements.
const elements = "func(e *struct{ to, from *float32; groups uint64; by float32; largest, marks *uint8; shift, mask uint32; sums, places *float32 })"

// element is a loop over the elements of one slice or two, while it is written.
type element struct {
	family
	s, to, from, groups reg.Register
}

// loop writes a kernel that goes through whole vectors.
func (f family) loop(name, doc string, prepare func(element) func()) {
	TEXT(name+f.name, NOSPLIT, elements)
	Doc(doc)
	s := Load(Param("e"), GP64())
	e := element{f, s, pointer(s, 0), pointer(s, 8), pointer(s, 16)}
	body := prepare(e)
	Label("group")
	body()
	ADDQ(Imm(uint64(4*f.lanes)), e.to)
	ADDQ(Imm(uint64(4*f.lanes)), e.from)
	DECQ(e.groups)
	JNZ(LabelRef("group"))
}

func end() {
	VZEROUPPER()
	RET()
}

func (e element) spread(m Mem) reg.VecVirtual {
	v := e.vector()
	VPBROADCASTD(m, v)
	return v
}

func (e element) zero() reg.VecVirtual {
	v := e.vector()
	if e.masked {
		VPXORD(v, v, v)
	} else {
		VPXOR(v, v, v)
	}
	return v
}

// elementwise writes the kernels of an instruction set for single passes.
func (f family) elementwise(n normality) {
	f.summaries(n)
	f.arithmetic()
	f.choices()
	f.bitwise(n)
}

// summaries writes those that make one number of many.
func (f family) summaries(n normality) {
	var most reg.VecVirtual
	var e element
	f.loop("largest", "Finds the largest magnitude of each lane.", func(now element) func() {
		e, most = now, now.zero()
		bits := e.spread(n.magnitude)
		return func() {
			size := e.vector()
			VANDPS(Mem{Base: e.from}, bits, size)
			VPMAXUD(size, most, most)
		}
	})
	VMOVUPS(most, Mem{Base: pointer(e.s, 32)})
	end()
	var sum, squares reg.VecVirtual
	f.loop("sum", "Adds up numbers and their squares in each lane.", func(now element) func() {
		e, sum, squares = now, now.zero(), now.zero()
		return func() {
			x := e.vector()
			VMOVUPS(Mem{Base: e.from}, x)
			VADDPS(x, sum, sum)
			VMULPS(x, x, x)
			VADDPS(x, squares, squares)
		}
	})
	sums := pointer(e.s, 56)
	VMOVUPS(sum, Mem{Base: sums})
	VMOVUPS(squares, Mem{Base: sums, Disp: 64})
	end()
}

func (f family) arithmetic() {
	f.loop("scale", "Multiplies.", func(e element) func() {
		by := e.spread(Mem{Base: e.s, Disp: 24})
		return func() {
			x := e.vector()
			VMULPS(Mem{Base: e.from}, by, x)
			VMOVUPS(x, Mem{Base: e.to})
		}
	})
	end()
	f.loop("add", "Adds.", func(e element) func() {
		return func() {
			x := e.vector()
			VMOVUPS(Mem{Base: e.to}, x)
			VADDPS(Mem{Base: e.from}, x, x)
			VMOVUPS(x, Mem{Base: e.to})
		}
	})
	end()
}

// choices writes the kernels that keep the larger of two numbers, and its place.
func (f family) choices() {
	order := GLOBL("chooseOrder"+f.name, attr.RODATA|attr.NOPTR)
	for i := range f.lanes {
		DATA(4*i, U32(uint32(i)))
	}
	const above, unordered = 0x1E, 3
	f.loop("choose", "Keeps the larger numbers, or what is none, and their places.", func(e element) func() {
		all, place, step, places := e.spread(Mem{Base: e.s, Disp: 52}), e.vector(), e.vector(), pointer(e.s, 64)
		base := e.spread(Mem{Base: e.s, Disp: 48})
		if f.masked {
			VMOVDQU32(order, place)
			VPADDD(base, place, place)
		} else {
			VMOVDQU(order, place)
			VPADDD(base, place, place)
		}
		lanes := GP32()
		MOVL(U32(uint32(f.lanes)), lanes)
		low := XMM()
		VMOVD(lanes, low)
		VPBROADCASTD(low, step)
		return func() {
			x := e.vector()
			VMOVUPS(Mem{Base: e.from}, x)
			if f.masked {
				larger, none, first := K(), K(), K()
				best := e.vector()
				VMOVUPS(Mem{Base: e.to}, best)
				VCMPPS(U8(above), best, x, larger)
				VCMPPS(U8(unordered), x, x, none)
				VPTESTMD(all, all, first)
				KORW(larger, none, none)
				KORW(first, none, none)
				VMOVUPS(x, none, Mem{Base: e.to})
				VMOVDQU32(place, none, Mem{Base: places})
			} else {
				best, old, larger, none := e.vector(), e.vector(), e.vector(), e.vector()
				VMOVUPS(Mem{Base: e.to}, best)
				VMOVDQU(Mem{Base: places}, old)
				VCMPPS(U8(above), best, x, larger)
				VCMPPS(U8(unordered), x, x, none)
				VORPS(larger, none, none)
				VORPS(all, none, none)
				VBLENDVPS(none, x, best, best)
				VBLENDVPS(none, place, old, old)
				VMOVUPS(best, Mem{Base: e.to})
				VMOVDQU(old, Mem{Base: places})
			}
			VPADDD(step, place, place)
			ADDQ(U32(uint32(4*f.lanes)), places)
		}
	})
	end()
}

// bitwise writes those that work on the bits of numbers.
func (f family) bitwise(n normality) {
	f.loop("addSizes", "Adds magnitudes.", func(e element) func() {
		bits := e.spread(n.magnitude)
		return func() {
			x := e.vector()
			VANDPS(Mem{Base: e.from}, bits, x)
			VADDPS(Mem{Base: e.to}, x, x)
			VMOVUPS(x, Mem{Base: e.to})
		}
	})
	end()
	f.loop("split", "Takes digits of whole numbers, with their signs.", func(e element) func() {
		shift, mask, sign, bits := XMM(), e.spread(Mem{Base: e.s, Disp: 52}), e.spread(n.sign), e.spread(n.magnitude)
		VMOVD(Mem{Base: e.s, Disp: 48}, shift)
		return func() {
			x, minus := e.vector(), e.vector()
			VMOVUPS(Mem{Base: e.from}, x)
			VANDPS(sign, x, minus)
			VANDPS(bits, x, x)
			VCVTTPS2DQ(x, x)
			VPSRLD(shift, x, x)
			VANDPS(mask, x, x)
			VCVTDQ2PS(x, x)
			VORPS(minus, x, x)
			VMOVUPS(x, Mem{Base: e.to})
		}
	})
	end()
	f.loop("rectify", "Clears what has a sign.", func(e element) func() {
		return func() {
			x, sign := e.vector(), e.vector()
			VMOVUPS(Mem{Base: e.from}, x)
			VPSRAD(Imm(31), x, sign)
			VANDNPS(x, sign, x)
			VMOVUPS(x, Mem{Base: e.to})
		}
	})
	end()
	f.loop("gate", "Clears where the other is not above 0.", func(e element) func() {
		zero := e.zero()
		return func() {
			x, above := e.vector(), e.vector()
			VMOVUPS(Mem{Base: e.from}, x)
			VPSUBD(x, zero, above)
			VANDNPS(above, x, above)
			VPSRAD(Imm(31), above, above)
			VANDPS(Mem{Base: e.to}, above, above)
			VMOVUPS(above, Mem{Base: e.to})
		}
	})
	end()
}

// marks512 writes the kernels that make marks, a byte each, and those that heed them.
func marks512(n normality) {
	var e element
	avx512.loop("beyond", "Marks numbers whose magnitude has larger bits.", func(now element) func() {
		e = now
		bits, limit, ones, marks := e.spread(n.magnitude), e.spread(Mem{Base: e.s, Disp: 24}), XMM(), pointer(e.s, 40)
		one := GP32()
		MOVL(U32(0x01010101), one)
		VPBROADCASTD(one, ones)
		return func() {
			size, mark, over := ZMM(), XMM(), K()
			VPANDD(Mem{Base: e.from}, bits, size)
			VPCMPUD(Imm(6), limit, size, over) // not below or equal
			VMOVDQU8_Z(ones, over, mark)
			VMOVDQU(mark, Mem{Base: marks})
			ADDQ(Imm(16), marks)
		}
	})
	end()
	avx512.loop("stop", "Clears what is marked.", func(e element) func() {
		marks := pointer(e.s, 40)
		return func() {
			x, mark, free := ZMM(), XMM(), K()
			VMOVDQU(Mem{Base: marks}, mark)
			VPTESTNMB(mark, mark, free)
			VMOVUPS_Z(Mem{Base: e.from}, free, x)
			VMOVUPS(x, Mem{Base: e.to})
			ADDQ(Imm(16), marks)
		}
	})
	end()
}
