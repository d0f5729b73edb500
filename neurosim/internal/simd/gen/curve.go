package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// curving is the layout of simd.curving.
const curving = "func(c *struct{ to, w, u *float32; a, b [2]*float32; step, groups uint64; pulses, low, high float32; fit *uint8 })"

// Comparisons, which are false of what is no number.
const (
	isLess    = U8(0x11)
	isAtMost  = U8(0x12)
	isAtLeast = U8(0x1D)
	isGreater = U8(0x1E)
)

// curve is the kernel of simd.Curve while it is written: eight cells at once, in single
// precision, and in double where a result is rounded once.
type curve struct{ doubles }

// single is a constant of single precision, from which it is spread.
func (c *curve) single(v float32) Mem {
	bits := uint64(math.Float32bits(v))
	return c.add(bits<<32 | bits)
}

// wide is numbers in double precision.
func wide64(x Op) reg.VecVirtual {
	z := ZMM()
	VCVTPS2PD(x, z)
	return z
}

// rounded is numbers in single precision.
func rounded(x reg.VecVirtual) reg.VecVirtual {
	y := YMM()
	VCVTPD2PS(x, y)
	return y
}

// chain is sum = sum factor + constant, rounded to single precision at each step.
func (c *curve) chain(first float32, factor reg.VecVirtual, constants ...float32) reg.VecVirtual {
	sum := ZMM()
	VBROADCASTSD(c.numbers(float64(first))[0], sum)
	for _, v := range constants {
		VFMADD213PD_BCST(c.numbers(float64(v))[0], factor, sum)
		sum = wide64(rounded(sum))
	}
	return sum
}

// within says which numbers are from a lower limit to an upper one.
func within(x reg.VecVirtual, low, high Mem, compare [2]U8) reg.OpmaskVirtual {
	from, to := K(), K()
	VCMPPS_BCST(compare[0], low, x, from)
	VCMPPS_BCST(compare[1], high, x, from, to)
	return to
}

// curves512 writes the kernel.
func curves512() {
	c := &curve{doubles{table: GLOBL("curveTable", attr.RODATA|attr.NOPTR)}}
	one, half := c.single(1), c.single(0.5)
	TEXT("curvesAVX512", NOSPLIT, curving)
	Doc("Makes the changes of groups of eight cells, and marks those that are to be made anew.")
	s := Load(Param("c"), GP64())
	to, w, u, fit := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 88)
	var sides [4]reg.Register // a of both, b of both
	for i := range sides {
		sides[i] = pointer(s, 24+8*i)
	}
	step, groups := pointer(s, 56), pointer(s, 64)

	Label("group")
	n, up := YMM(), K()
	VMOVUPS(Mem{Base: u}, n)
	VMULPS_BCST(half, n, n)
	VMULPS_BCST(Mem{Base: s, Disp: 72}, n, n)
	VRNDSCALEPS(Imm(8), n, n)
	zero := YMM()
	VXORPS(zero, zero, zero)
	VCMPPS(isLess, zero, n, up)
	var a, b reg.VecVirtual
	for i, to := range []*reg.VecVirtual{&a, &b} {
		*to = YMM()
		VMOVUPS(Mem{Base: sides[2*i+1]}, *to)
		VMOVUPS(Mem{Base: sides[2*i]}, up, *to)
	}
	now, share := YMM(), YMM()
	VMOVUPS(Mem{Base: w}, now)
	VADDPS_BCST(one, now, share)
	VDIVPS(b, share, share)
	unit := YMM()
	VBROADCASTSS(one, unit)
	VSUBPS(share, unit, share)
	inDomain := within(share, c.single(0x1p-126), c.single(math.MaxFloat32), [2]U8{isAtLeast, isAtMost})
	v := c.logarithm(share, one)
	VMULPS(v, a, v)
	VADDPS(v, n, v)
	VDIVPS(a, v, v)
	inRange := within(v, c.single(-104), c.single(100), [2]U8{isGreater, isLess})
	next := c.exponential(v, one)
	VSUBPS(next, unit, next)
	VMULPS(b, next, next)
	VSUBPS(unit, next, next)
	VMAXPS_BCST(Mem{Base: s, Disp: 76}, next, next)
	VMINPS_BCST(Mem{Base: s, Disp: 80}, next, next)
	VSUBPS(next, now, now)
	VMOVUPS(now, Mem{Base: to})
	both := GP32()
	KANDB(inDomain, inRange, inRange)
	KMOVB(inRange, both)
	MOVB(both.As8(), Mem{Base: fit})

	for _, at := range []reg.Register{to, w, u} {
		ADDQ(Imm(32), at)
	}
	for _, side := range sides {
		ADDQ(step, side)
	}
	INCQ(fit)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// logarithm is simd.log32.
func (c *curve) logarithm(x reg.VecVirtual, one Mem) reg.VecVirtual {
	e, m, high := YMM(), YMM(), K()
	VPSRLD(Imm(23), x, e)
	VPADDD_BCST(c.add(0xFFFFFF81FFFFFF81), e, e) // -127
	VPANDD_BCST(c.add(0x007FFFFF007FFFFF), x, m)
	VPORD_BCST(one, m, m)
	VCMPPS_BCST(isAtLeast, c.single(1.5), m, high)
	VMULPS_BCST(c.single(0.5), m, high, m)
	VPADDD_BCST(c.add(0x0000000100000001), e, high, e)
	wide, below := wide64(m), ZMM()
	unit := c.numbers(1)[0]
	VSUBPD_BCST(unit, wide, below)
	VADDPD_BCST(unit, wide, wide)
	VDIVPD(wide, below, below)
	y := rounded(below)
	square := YMM()
	VMULPS(y, y, square)
	t := rounded(c.chain(0.3027294874, wide64(square), 0.3996108174, 0.6666694880))
	VMULPS(square, y, y)
	VMULPS(t, y, y)
	sum := ZMM()
	VCVTDQ2PD(e, sum)
	VMULPD_BCST(c.numbers(0.69314718246459960938 - 1.904654323148236017e-09)[0], sum, sum)
	VADDPD(below, below, below)
	VADDPD(below, sum, sum)
	VADDPD(wide64(y), sum, sum)
	return rounded(sum)
}

// exponential is simd.exp32.
func (c *curve) exponential(x reg.VecVirtual, one Mem) reg.VecVirtual {
	q := YMM()
	VMULPS_BCST(c.single(math.Log2E), x, q)
	VRNDSCALEPS(Imm(8), q, q)
	power, rest := wide64(q), wide64(x)
	for _, part := range []float32{-0.693145751953125, -1.428606765330187045e-06} {
		VFMADD231PD_BCST(c.numbers(float64(part))[0], power, rest)
		rest = wide64(rounded(rest))
	}
	u := c.chain(0.000198527617612853646278381, rest, 0.00139304355252534151077271,
		0.00833336077630519866943359, 0.0416664853692054748535156, 0.166666671633720397949219, 0.5)
	square := rounded(rest)
	VMULPS(square, square, square)
	VFMADD213PD(rest, wide64(square), u)
	y := rounded(u)
	VADDPS_BCST(one, y, y)
	z := wide64(y)
	VSCALEFPD(power, z, z)
	return rounded(z)
}
