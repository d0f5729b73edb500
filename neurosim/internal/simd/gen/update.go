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

// program writes the kernel of Program.
func program() {
	TEXT("programAVX2", NOSPLIT, "func(p *struct{ w, v, r *float32; moved *uint8 })")
	Doc("Programs groups of eight cells.")
	s := Load(Param("p"), GP64())
	w, v, r, moved := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 24)
	table, groups := pointer(s, 32), pointer(s, 40)
	field := func(i int) reg.VecVirtual { return spread(s, 48+4*i) }
	inverse, gain, half, low, high := field(0), field(1), field(2), field(3), field(4)
	bottom, top := field(5), field(6)
	step, rate, open := Mem{Base: s, Disp: 48 + 4*7}, Mem{Base: s, Disp: 48 + 4*8}, Mem{Base: s, Disp: 48 + 4*9}
	zero := YMM()
	VXORPS(zero, zero, zero)

	Label("group")
	n := YMM()
	VMULPS(Mem{Base: v}, inverse, n)
	VMOVUPS(n, Mem{Base: v})
	VMULPS(gain, n, n)
	VMULPS(half, n, n)
	VROUNDPS(Imm(nearest), n, n)
	clip(n, low, high)
	active, lanes := YMM(), GP32()
	VCMPPS(Imm(7), n, n, active) // ordered: 0 stands for what is no number
	VANDPS(active, n, n)
	VCMPPS(Imm(notEqual), zero, n, active)
	VMOVMSKPS(active, lanes)
	TESTL(lanes, lanes)
	JZ(LabelRef("next"))

	offset, slope := lookUp(table, n, active)
	old, d, next := YMM(), YMM(), YMM()
	VMOVUPS(Mem{Base: w}, old)
	VMULPS(old, slope, slope)
	VSUBPS(slope, offset, offset)
	VSUBPS(offset, old, d)
	clip(d, bottom, top)
	VSUBPS(d, old, d)
	VADDPS(Mem{Base: r}, d, d)
	VROUNDPS(Imm(down), d, d)
	VCMPPS(Imm(notEqual), zero, d, active)
	VMOVMSKPS(active, lanes)
	VMULPS(broadcast(step), d, d)
	VMULPS(broadcast(rate), d, d)
	VSUBPS(d, old, next)
	VMOVAPS(next, old)
	clip(next, bottom, top)
	VANDPS(broadcast(open), active, active)
	VBLENDVPS(active, old, next, next)
	VMOVUPS(next, Mem{Base: w})

	Label("next")
	MOVB(lanes.As8(), Mem{Base: moved})
	INCQ(moved)
	ADDQ(Imm(32), w)
	ADDQ(Imm(32), v)
	ADDQ(Imm(32), r)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// lookUp reads the pairs of the active lanes at the whole numbers n from a table;
// those of the others are 0.
func lookUp(table reg.Register, n, active reg.VecVirtual) (first, second reg.VecVirtual) {
	index := YMM()
	VCVTPS2DQ(n, index)
	var halves [2]reg.VecVirtual
	for i := range halves {
		at, lanes, mask := XMM(), XMM(), YMM()
		VEXTRACTI128(Imm(uint64(i)), index, at)
		VEXTRACTI128(Imm(uint64(i)), active, lanes)
		VPMOVSXDQ(lanes, mask)
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
