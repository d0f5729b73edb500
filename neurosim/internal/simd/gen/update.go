package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// How VROUNDPS rounds: to the nearest with ties to even, and down; neither tells of
// what is lost.
const (
	nearest = 8
	down    = 9
)

// notEqual is VCMPPS's predicate.
const notEqual = 4

// normality is what tells subnormal numbers: all bits but the sign, the largest of
// them, and the next number; and the sign.
type normality struct{ magnitude, subnormal, least, sign Mem }

func newNormality() normality {
	table := GLOBL("normality", attr.RODATA|attr.NOPTR)
	for i, bits := range []uint32{math.MaxInt32, 1<<23 - 1, 1 << 23, 1 << 31} {
		DATA(4*i, U32(bits))
	}
	return normality{table, table.Offset(4), table.Offset(8), table.Offset(12)}
}

// What the kernels of package simd read.
const (
	gathering   = "func(s *struct{ v, g *float32; groups uint64; keep, take float32; largest *uint32 })"
	fading      = "func(s *struct{ v, factors *float32; groups, count uint64 })"
	rounding    = "func(r *struct{ to, from *float32; groups uint64; low, high, steps, step float32 })"
	pulsing     = "func(p *struct{ v *float32; index *uint32 })"
	programming = "func(p *struct{ index *uint32; counter [4]uint32 })"
)

// gather writes the kernel of Gather.
func gather(n normality) {
	TEXT("gatherAVX2", NOSPLIT, gathering)
	Doc("Takes groups of eight gradients into velocities, and keeps the largest",
		"magnitude of each of eight lanes.")
	s := Load(Param("s"), GP64())
	v, g, groups, largest := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 32)
	keep, take := spread(s, 24), spread(s, 28)
	bits, subnormal, most := broadcast(n.magnitude), broadcast(n.subnormal), YMM()
	VPXOR(most, most, most)

	Label("group")
	sum, share := YMM(), YMM()
	VMULPS(Mem{Base: v}, keep, sum)
	VMULPS(Mem{Base: g}, take, share)
	VADDPS(share, sum, sum)
	VPAND(bits, sum, share)
	flush(sum, share, subnormal)
	VPAND(bits, sum, share)
	VMOVUPS(sum, Mem{Base: v})
	VPMAXUD(share, most, most)
	ADDQ(Imm(32), v)
	ADDQ(Imm(32), g)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VMOVDQU(most, Mem{Base: largest})
	VZEROUPPER()
	RET()
}

// flush takes x to 0 where its size is that of a subnormal number. The size is lost.
func flush(x, size, subnormal reg.VecVirtual) {
	VPCMPGTD(subnormal, size, size)
	VPAND(size, x, x)
}

// fade writes the kernel of Fade.
func fade(n normality) {
	TEXT("fadeAVX2", NOSPLIT, fading)
	Doc("Multiplies groups of eight velocities by one factor after the other.")
	s := Load(Param("s"), GP64())
	v, groups := pointer(s, 0), pointer(s, 16)
	bits, subnormal := broadcast(n.magnitude), broadcast(n.subnormal)

	Label("group")
	x, size := YMM(), YMM()
	VMOVUPS(Mem{Base: v}, x)
	factors, left := pointer(s, 8), pointer(s, 24)
	Label("factor")
	VMULPS(broadcast(Mem{Base: factors}), x, x)
	VPAND(bits, x, size)
	flush(x, size, subnormal)
	ADDQ(Imm(4), factors)
	DECQ(left)
	JNZ(LabelRef("factor"))
	VMOVUPS(x, Mem{Base: v})
	ADDQ(Imm(32), v)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// round writes the kernel of Round.
func round() {
	TEXT("roundAVX2", NOSPLIT, rounding)
	Doc("Clips groups of eight numbers and rounds them to a grid.")
	s := Load(Param("r"), GP64())
	to, from, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16)
	low, high, steps, step := spread(s, 24), spread(s, 28), spread(s, 32), spread(s, 36)

	Label("group")
	x := YMM()
	VMOVUPS(Mem{Base: from}, x)
	clip(x, low, high)
	VMULPS(steps, x, x)
	VROUNDPS(Imm(nearest), x, x)
	VMULPS(step, x, x)
	VMOVUPS(x, Mem{Base: to})
	ADDQ(Imm(32), to)
	ADDQ(Imm(32), from)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// packing is the table by which the lanes of a mask are moved to the front: for each
// mask of eight lanes, their numbers.
func packing() Mem {
	table := GLOBL("packTable", attr.RODATA|attr.NOPTR)
	for mask := range 256 {
		var lanes uint64
		at := 0
		for lane := range 8 {
			if mask>>lane&1 == 1 {
				lanes |= uint64(lane) << (8 * at)
				at++
			}
		}
		DATA(8*mask, U64(lanes))
	}
	return table
}

// packer appends the lanes of a mask to lists of 32-bit numbers.
type packer struct{ order, found reg.Register }

func newPacker(table Mem) packer {
	p := packer{GP64(), GP64()}
	LEAQ(table, p.order)
	XORQ(p.found, p.found)
	return p
}

// append adds the lanes of vectors to their lists, and counts them.
func (p packer) append(lanes reg.GPVirtual, lists []reg.Register, vectors []reg.VecVirtual) {
	order := YMM()
	VPMOVZXBD(Mem{Base: p.order, Index: lanes.As64(), Scale: 8}, order)
	for i, v := range vectors {
		VPERMD(v, order, v)
		VMOVDQU(v, Mem{Base: lists[i], Index: p.found, Scale: 4})
	}
	POPCNTL(lanes, lanes)
	ADDQ(lanes.As64(), p.found)
}

// pulse writes the kernel that lists the pulses of cells.
func pulse(philox, pack Mem) {
	TEXT("pulseAVX2", NOSPLIT, pulsing)
	Doc("Lists the cells of groups of eight that get pulses.")
	s := Load(Param("p"), GP64())
	v, index, counts, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 24)
	field := func(i int) reg.VecVirtual { return spread(s, 40+4*i) }
	inverse, gain, half, low, high := field(0), field(1), field(2), field(3), field(4)
	zero, place, eight := YMM(), field(5), broadcast(philox.Offset(48))
	VXORPS(zero, zero, zero)
	VPADDD(philox, place, place)
	list := newPacker(pack)
	MOVQ(Mem{Base: s, Disp: 32}, list.found)

	Label("group")
	n, active, lanes := YMM(), YMM(), GP32()
	VMULPS(Mem{Base: v}, inverse, n)
	VMULPS(gain, n, n)
	VMULPS(half, n, n)
	VROUNDPS(Imm(nearest), n, n)
	VCMPPS(Imm(differs), zero, n, active)
	VMOVMSKPS(active, lanes)
	TESTL(lanes, lanes)
	JZ(LabelRef("next"))
	clip(n, low, high)
	at := YMM()
	VMOVDQA(place, at)
	VCVTPS2DQ(n, n)
	list.append(lanes, []reg.Register{index, counts}, []reg.VecVirtual{at, n})

	Label("next")
	VPADDD(eight, place, place)
	ADDQ(Imm(32), v)
	DECQ(groups)
	JNZ(LabelRef("group"))
	MOVQ(list.found, Mem{Base: s, Disp: 32})
	VZEROUPPER()
	RET()
}

// program writes the kernel of Program.
func program(philox, pack Mem) {
	TEXT("programAVX2", NOSPLIT, programming)
	Doc("Gives groups of eight listed cells their pulses, and lists those that move.")
	s := Load(Param("p"), GP64())
	index, groups := pointer(s, 0), pointer(s, 32)
	w, counts, table := pointer(s, 40), pointer(s, 48), pointer(s, 56)
	moved, values := pointer(s, 64), pointer(s, 72)
	list := newPacker(pack)

	Label("group")
	r := uniformsAt(philox, s, index)
	at, all, old, n := YMM(), YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: index}, at)
	VPCMPEQD(all, all, all)
	VXORPS(old, old, old)
	VGATHERDPS(all, Mem{Base: w, Index: at, Scale: 4}, old)
	VMOVDQU(Mem{Base: counts}, n)
	next, lanes := moves(s, table, [3]reg.VecVirtual{n, old, r})
	VMOVDQU(Mem{Base: index}, at)
	list.append(lanes, []reg.Register{moved, values}, []reg.VecVirtual{at, next})

	Label("next")
	ADDQ(Imm(32), index)
	ADDQ(Imm(32), counts)
	DECQ(groups)
	JNZ(LabelRef("group"))
	MOVQ(list.found, Mem{Base: s, Disp: 80})
	VZEROUPPER()
	RET()
}

// moves takes cells with n pulses and the weights old to their next ones; it goes to the
// next group if q is 0 in all lanes. What is in the registers is lost.
func moves(s, table reg.Register, of [3]reg.VecVirtual) (next reg.VecVirtual, lanes reg.GPVirtual) {
	field := func(i int) reg.VecVirtual { return spread(s, 88+4*i) }
	n, old, r := of[0], of[1], of[2]
	offset, slope := lookUp(table, n)
	d, bottom, top := YMM(), field(0), field(1)
	VMULPS(old, slope, slope)
	VSUBPS(slope, offset, offset)
	VSUBPS(offset, old, d)
	clip(d, bottom, top)
	VSUBPS(d, old, d)
	VADDPS(r, d, d)
	VROUNDPS(Imm(down), d, d)
	zero, active := YMM(), YMM()
	VXORPS(zero, zero, zero)
	VCMPPS(Imm(notEqual), zero, d, active)
	lanes, next = GP32(), YMM()
	VMOVMSKPS(active, lanes)
	TESTL(lanes, lanes)
	JZ(LabelRef("next"))
	VMULPS(field(2), d, d)
	VMULPS(field(3), d, d)
	VSUBPS(d, old, next)
	VMOVAPS(next, old)
	clip(next, bottom, top)
	VBLENDVPS(field(4), old, next, next)
	return next, lanes
}

// programAll writes program for all cells, where most get pulses.
func programAll(philox, pack Mem) {
	TEXT("programAllAVX2", NOSPLIT, programming)
	Doc("Gives groups of eight cells their pulses, and lists those that move.")
	s := Load(Param("p"), GP64())
	groups, w, table := pointer(s, 32), pointer(s, 40), pointer(s, 56)
	moved, values, v, r := pointer(s, 64), pointer(s, 72), pointer(s, 112), pointer(s, 120)
	field := func(i int) reg.VecVirtual { return spread(s, 128+4*i) }
	place := YMM()
	VMOVDQU(philox, place)
	list := newPacker(pack)

	Label("group")
	n, zero, active, any := YMM(), YMM(), YMM(), GP32()
	VMOVUPS(Mem{Base: v}, n)
	VMULPS(field(4), n, n)
	VMULPS(field(0), n, n)
	VMULPS(field(1), n, n)
	VROUNDPS(Imm(nearest), n, n)
	VCMPPS(Imm(7), n, n, active)
	VANDPS(active, n, n)
	VXORPS(zero, zero, zero)
	VCMPPS(Imm(notEqual), zero, n, active)
	VMOVMSKPS(active, any)
	TESTL(any, any)
	JZ(LabelRef("next"))
	clip(n, field(2), field(3))
	VCVTPS2DQ(n, n)
	old, uniform, at := YMM(), YMM(), YMM()
	VMOVUPS(Mem{Base: w}, old)
	VMOVUPS(Mem{Base: r}, uniform)
	next, lanes := moves(s, table, [3]reg.VecVirtual{n, old, uniform})
	VMOVDQA(place, at)
	list.append(lanes, []reg.Register{moved, values}, []reg.VecVirtual{at, next})

	Label("next")
	VPADDD(broadcast(philox.Offset(48)), place, place)
	for _, p := range []reg.Register{w, v, r} {
		ADDQ(Imm(32), p)
	}
	DECQ(groups)
	JNZ(LabelRef("group"))
	MOVQ(list.found, Mem{Base: s, Disp: 80})
	VZEROUPPER()
	RET()
}

// wordsAt is the words of the blocks in which the listed numbers of a stream are, and
// the numbers.
func wordsAt(philox Mem, s, index reg.Register) (words [4]reg.VecVirtual) {
	block := YMM()
	VMOVDQU(Mem{Base: index}, block)
	VPSRLD(Imm(2), block, block)
	VPADDD(broadcast(Mem{Base: s, Disp: 8}), block, block)
	return encrypted(philox, s, block)
}

// chosen is a in the lanes whose number has not the bit, else b; it is written to b.
func chosen(index reg.Register, bit uint64, a, b reg.VecVirtual) reg.VecVirtual {
	sign := YMM()
	VMOVDQU(Mem{Base: index}, sign)
	VPSLLD(Imm(31-bit), sign, sign)
	VBLENDVPS(sign, b, a, b)
	return b
}

// uniformsAt is listed numbers in [0,1).
func uniformsAt(philox Mem, s, index reg.Register) reg.VecVirtual {
	words := wordsAt(philox, s, index)
	r := chosen(index, 1, chosen(index, 0, words[0], words[1]), chosen(index, 0, words[2], words[3]))
	VPSRLD(Imm(8), r, r)
	VCVTDQ2PS(r, r)
	VMULPS(broadcast(philox.Offset(4*13)), r, r)
	return r
}

// lookUp reads the pairs at the whole numbers n from a table.
func lookUp(table reg.Register, n reg.VecVirtual) (first, second reg.VecVirtual) {
	var halves [2]reg.VecVirtual
	for i := range halves {
		at, mask := XMM(), YMM()
		VEXTRACTI128(Imm(uint64(i)), n, at)
		VPCMPEQD(mask, mask, mask)
		halves[i] = YMM()
		VXORPD(halves[i], halves[i], halves[i])
		VGATHERDPD(mask, Mem{Base: table, Index: at, Scale: 8}, halves[i])
	}
	pick := func(choice uint64) reg.VecVirtual {
		v := YMM()
		VSHUFPS(Imm(choice), halves[1], halves[0], v)
		VPERMPD(Imm(0xD8), v, v)
		return v
	}
	return pick(0x88), pick(0xDD)
}

// clip takes x to low and high; what is no number stays so.
func clip(x, low, high reg.VecVirtual) {
	VMAXPS(x, low, x)
	VMINPS(x, high, x)
}

func pointer(s reg.Register, at int) reg.Register {
	p := GP64()
	MOVQ(Mem{Base: s, Disp: at}, p)
	return p
}

func spread(s reg.Register, at int) reg.VecVirtual { return broadcast(Mem{Base: s, Disp: at}) }
