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

// magnitude is all bits of a float32 but the sign.
func magnitude() Mem {
	table := GLOBL("magnitude", attr.RODATA|attr.NOPTR)
	DATA(0, U32(math.MaxInt32))
	return table
}

// gather writes the kernel of Gather.
func gather(magnitude Mem) {
	TEXT("gatherAVX2", NOSPLIT, "func(s *struct{ v, g *float32; groups uint64; keep, take float32; largest *uint32 })")
	Doc("Takes groups of eight gradients into velocities, and keeps the largest",
		"magnitude of each of eight lanes.")
	s := Load(Param("s"), GP64())
	v, g, groups, largest := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 32)
	keep, take := spread(s, 24), spread(s, 28)
	bits, most := broadcast(magnitude), YMM()
	VPXOR(most, most, most)

	Label("group")
	sum, share := YMM(), YMM()
	VMULPS(Mem{Base: v}, keep, sum)
	VMULPS(Mem{Base: g}, take, share)
	VADDPS(share, sum, sum)
	VMOVUPS(sum, Mem{Base: v})
	VPAND(bits, sum, share)
	VPMAXUD(share, most, most)
	ADDQ(Imm(32), v)
	ADDQ(Imm(32), g)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VMOVDQU(most, Mem{Base: largest})
	VZEROUPPER()
	RET()
}

// round writes the kernel of Round.
func round() {
	TEXT("roundAVX2", NOSPLIT, "func(r *struct{ to, from *float32; groups uint64; low, high, steps, step float32 })")
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
	TEXT("pulseAVX2", NOSPLIT, "func(p *struct{ v *float32; index *uint32 })")
	Doc("Divides groups of eight velocities and lists the cells that get pulses.")
	s := Load(Param("p"), GP64())
	v, index, counts, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 24)
	field := func(i int) reg.VecVirtual { return spread(s, 40+4*i) }
	inverse, gain, half, low, high := field(0), field(1), field(2), field(3), field(4)
	zero, place, eight := YMM(), YMM(), broadcast(philox.Offset(48))
	VXORPS(zero, zero, zero)
	VMOVDQU(philox, place)
	list := newPacker(pack)

	Label("group")
	n, active, lanes := YMM(), YMM(), GP32()
	VMULPS(Mem{Base: v}, inverse, n)
	VMOVUPS(n, Mem{Base: v})
	VMULPS(gain, n, n)
	VMULPS(half, n, n)
	VROUNDPS(Imm(nearest), n, n)
	VCMPPS(Imm(7), n, n, active) // ordered: 0 stands for what is no number
	VANDPS(active, n, n)
	VCMPPS(Imm(notEqual), zero, n, active)
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
	TEXT("programAVX2", NOSPLIT, "func(p *struct{ index *uint32; counter [4]uint32 })")
	Doc("Gives groups of eight listed cells their pulses, and lists those that move.")
	s := Load(Param("p"), GP64())
	index, groups := pointer(s, 0), pointer(s, 32)
	w, counts, table := pointer(s, 40), pointer(s, 48), pointer(s, 56)
	moved, values := pointer(s, 64), pointer(s, 72)
	field := func(i int) reg.VecVirtual { return spread(s, 88+4*i) }
	list := newPacker(pack)

	Label("group")
	r := uniformsAt(philox, s, index)
	at, all, old, n := YMM(), YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: index}, at)
	VPCMPEQD(all, all, all)
	VXORPS(old, old, old)
	VGATHERDPS(all, Mem{Base: w, Index: at, Scale: 4}, old)
	VMOVDQU(Mem{Base: counts}, n)
	offset, slope := lookUp(table, n)
	d, next, bottom, top := YMM(), YMM(), field(0), field(1)
	VMULPS(old, slope, slope)
	VSUBPS(slope, offset, offset)
	VSUBPS(offset, old, d)
	clip(d, bottom, top)
	VSUBPS(d, old, d)
	VADDPS(r, d, d)
	VROUNDPS(Imm(down), d, d)
	zero, active, lanes := YMM(), YMM(), GP32()
	VXORPS(zero, zero, zero)
	VCMPPS(Imm(notEqual), zero, d, active)
	VMOVMSKPS(active, lanes)
	TESTL(lanes, lanes)
	JZ(LabelRef("next"))
	VMULPS(field(2), d, d)
	VMULPS(field(3), d, d)
	VSUBPS(d, old, next)
	VMOVAPS(next, old)
	clip(next, bottom, top)
	VBLENDVPS(field(4), old, next, next)
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
