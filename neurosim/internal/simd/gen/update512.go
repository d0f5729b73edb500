package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The kernels of the update with vectors of sixteen numbers. What a mask leaves out costs
// nothing there, so that they have no branches.

// Predicates of VCMPPS and VPCMPUD: not equal, and numbers; not below.
const (
	differs  = 12
	notBelow = 5
)

// threes is the table of VPTERNLOGD for the exclusive or of three.
const threes = 0x96

func broadcast512(m Mem) reg.VecVirtual {
	v := ZMM()
	VPBROADCASTD(m, v)
	return v
}

func zero512() reg.VecVirtual {
	v := ZMM()
	VPXORD(v, v, v)
	return v
}

// flush512 takes subnormal numbers to 0, and keeps the largest magnitude.
func (n normality) flush512(x, most reg.VecVirtual) {
	size, normal := ZMM(), K()
	VPANDD_BCST(n.magnitude, x, size)
	VPCMPUD_BCST(Imm(notBelow), n.least, size, normal)
	VMOVAPS_Z(x, normal, x)
	if most != nil {
		VPMAXUD(size, most, normal, most)
	}
}

// gather512 writes the kernel of Gather.
func gather512(n normality) {
	TEXT("gatherAVX512", NOSPLIT, gathering)
	Doc("Takes groups of sixteen gradients into velocities, and keeps the largest",
		"magnitude of each lane.")
	s := Load(Param("s"), GP64())
	v, g, groups, largest := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 32)
	keep, take := broadcast512(Mem{Base: s, Disp: 24}), broadcast512(Mem{Base: s, Disp: 28})
	most := zero512()

	Label("group")
	sum, share := ZMM(), ZMM()
	VMULPS(Mem{Base: v}, keep, sum)
	VMULPS(Mem{Base: g}, take, share)
	VADDPS(share, sum, sum)
	n.flush512(sum, most)
	VMOVUPS(sum, Mem{Base: v})
	ADDQ(Imm(64), v)
	ADDQ(Imm(64), g)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VMOVDQU32(most, Mem{Base: largest})
	VZEROUPPER()
	RET()
}

// fade512 writes the kernel of Fade: the chain of one group would wait for every product.
func fade512(n normality) {
	TEXT("fadeAVX512", NOSPLIT, fading)
	Doc("Multiplies groups of sixteen velocities by one factor after the other.")
	s := Load(Param("s"), GP64())
	v, groups := pointer(s, 0), pointer(s, 16)
	some := func(label string, count int) {
		Label(label)
		CMPQ(groups, Imm(uint64(count)))
		JL(LabelRef("after" + label))
		var x []reg.VecVirtual
		for i := range count {
			x = append(x, ZMM())
			VMOVUPS(Mem{Base: v, Disp: 64 * i}, x[i])
		}
		factors, left := pointer(s, 8), pointer(s, 24)
		Label("times" + label)
		f := broadcast512(Mem{Base: factors})
		for i := range count {
			VMULPS(f, x[i], x[i])
			n.flush512(x[i], nil)
		}
		ADDQ(Imm(4), factors)
		DECQ(left)
		JNZ(LabelRef("times" + label))
		for i := range count {
			VMOVUPS(x[i], Mem{Base: v, Disp: 64 * i})
		}
		ADDQ(U32(uint32(64*count)), v)
		SUBQ(Imm(uint64(count)), groups)
		JMP(LabelRef(label))
		Label("after" + label)
	}
	some("eight", 8)
	some("one", 1)
	VZEROUPPER()
	RET()
}

// round512 writes the kernel of Round.
func round512() {
	TEXT("roundAVX512", NOSPLIT, rounding)
	Doc("Clips groups of sixteen numbers and rounds them to a grid.")
	s := Load(Param("r"), GP64())
	to, from, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16)
	field := func(at int) reg.VecVirtual { return broadcast512(Mem{Base: s, Disp: at}) }
	low, high, steps, step := field(24), field(28), field(32), field(36)

	Label("group")
	x := ZMM()
	VMOVUPS(Mem{Base: from}, x)
	clip(x, low, high)
	VMULPS(steps, x, x)
	VRNDSCALEPS(Imm(nearest), x, x)
	VMULPS(step, x, x)
	VMOVUPS(x, Mem{Base: to})
	ADDQ(Imm(64), to)
	ADDQ(Imm(64), from)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// append512 appends the lanes of a mask to lists, and counts them.
func append512(lanes reg.OpmaskVirtual, found reg.Register, lists []reg.Register, vectors []reg.VecVirtual) {
	for i, v := range vectors {
		VPCOMPRESSD(v, lanes, v)
		VMOVDQU32(v, Mem{Base: lists[i], Index: found, Scale: 4})
	}
	count := GP32()
	KMOVW(lanes, count)
	POPCNTL(count, count)
	ADDQ(count.As64(), found)
}

// pulser512 makes pulses of velocities.
type pulser512 struct{ inverse, gain, half, low, high, zero reg.VecVirtual }

// count takes velocities to whole numbers of pulses. It returns the lanes that get any;
// in the others, what is no number stays so.
func (p pulser512) count(n reg.VecVirtual) (lanes reg.OpmaskVirtual) {
	VMULPS(p.inverse, n, n)
	VMULPS(p.gain, n, n)
	VMULPS(p.half, n, n)
	VRNDSCALEPS(Imm(nearest), n, n)
	lanes = K()
	VCMPPS(Imm(differs), p.zero, n, lanes)
	return lanes
}

// whole takes numbers of pulses into the table.
func (p pulser512) whole(n reg.VecVirtual) {
	clip(n, p.low, p.high)
	VCVTPS2DQ(n, n)
}

// pulse512 writes the kernel that lists the pulses of cells.
func pulse512(philox Mem) {
	TEXT("pulseAVX512", NOSPLIT, pulsing)
	Doc("Lists the cells of groups of sixteen that get pulses.")
	s := Load(Param("p"), GP64())
	v, index, counts, groups, found := pointer(s, 0), pointer(s, 8), pointer(s, 16), pointer(s, 24), pointer(s, 32)
	field := func(at int) reg.VecVirtual { return broadcast512(Mem{Base: s, Disp: at}) }
	p := pulser512{field(40), field(44), field(48), field(52), field(56), zero512()}
	place, sixteen := field(60), broadcast512(philox.Offset(4*14))
	VPADDD(philox.Offset(4*16), place, place)
	w, here := pointer(s, 64), GP64()
	MOVQ(w, here)

	Label("group")
	n, at := ZMM(), ZMM()
	VMOVUPS(Mem{Base: v}, n)
	lanes := p.count(n)
	p.whole(n)
	VMOVDQA32(place, at)
	KTESTW(lanes, lanes)
	CMOVQNE(w, here)
	PREFETCHT0(Mem{Base: here}) // what the pulses will need
	append512(lanes, found, []reg.Register{index, counts}, []reg.VecVirtual{at, n})
	VPADDD(sixteen, place, place)
	ADDQ(Imm(64), v)
	ADDQ(Imm(64), w)
	DECQ(groups)
	JNZ(LabelRef("group"))
	MOVQ(found, Mem{Base: s, Disp: 32})
	VZEROUPPER()
	RET()
}

// program512 writes the kernel of Program.
func program512(philox Mem) {
	TEXT("programAVX512", NOSPLIT, programming)
	Doc("Gives groups of sixteen listed cells their pulses, and lists those that move.")
	s := Load(Param("p"), GP64())
	stream := newStream512(philox, s, 8)
	index, groups := pointer(s, 0), pointer(s, 32)
	w, counts := pointer(s, 40), pointer(s, 48)
	m := newMover512(philox, s)

	Label("group")
	at, old, n, all := ZMM(), zero512(), ZMM(), K()
	VMOVDQU32(Mem{Base: index}, at)
	KXNORW(all, all, all)
	VGATHERDPS(Mem{Base: w, Index: at, Scale: 4}, all, old)
	VMOVDQU32(Mem{Base: counts}, n)
	r := stream.uniforms(at)
	m.move(at, n, old, r)
	ADDQ(Imm(64), index)
	ADDQ(Imm(64), counts)
	DECQ(groups)
	JNZ(LabelRef("group"))
	m.finish()
}

// programAll512 writes program for all cells, where most get pulses.
func programAll512(philox Mem) {
	TEXT("programAllAVX512", NOSPLIT, programming)
	Doc("Gives groups of sixteen cells their pulses, and lists those that move.")
	s := Load(Param("p"), GP64())
	groups, w, v, r := pointer(s, 32), pointer(s, 40), pointer(s, 112), pointer(s, 120)
	field := func(at int) reg.VecVirtual { return broadcast512(Mem{Base: s, Disp: at}) }
	p := pulser512{field(144), field(128), field(132), field(136), field(140), zero512()}
	place, sixteen := ZMM(), broadcast512(philox.Offset(4*14))
	VMOVDQU32(philox.Offset(4*16), place)
	m := newMover512(philox, s)

	Label("group")
	n, old, uniform, at := ZMM(), ZMM(), ZMM(), ZMM()
	VMOVUPS(Mem{Base: v}, n)
	VMOVAPS_Z(n, p.count(n), n) // 0 stands for what is no number
	p.whole(n)
	VMOVUPS(Mem{Base: w}, old)
	VMOVUPS(Mem{Base: r}, uniform)
	VMOVDQA32(place, at)
	m.move(at, n, old, uniform)
	VPADDD(sixteen, place, place)
	for _, p := range []reg.Register{w, v, r} {
		ADDQ(Imm(64), p)
	}
	DECQ(groups)
	JNZ(LabelRef("group"))
	m.finish()
}

// mover512 moves cells by their pulses.
type mover512 struct {
	s, table, moved, values, found reg.Register
	bottom, top, unit, rate, zero  reg.VecVirtual
	firsts, seconds                reg.VecVirtual // of pairs
	open                           reg.OpmaskVirtual
}

func newMover512(philox Mem, s reg.Register) mover512 {
	field := func(i int) reg.VecVirtual { return broadcast512(Mem{Base: s, Disp: 88 + 4*i}) }
	m := mover512{
		s: s, table: pointer(s, 56), moved: pointer(s, 64), values: pointer(s, 72), found: GP64(),
		bottom: field(0), top: field(1), unit: field(2), rate: field(3), zero: zero512(),
		firsts: ZMM(), seconds: ZMM(), open: K(),
	}
	VMOVDQU32(philox.Offset(4*16), m.firsts)
	VPADDD(m.firsts, m.firsts, m.firsts)
	VPADDD_BCST(philox.Offset(4), m.firsts, m.seconds)
	XORQ(m.found, m.found)
	KMOVW(Mem{Base: s, Disp: 104}, m.open)
	return m
}

// move takes the cells at some places, with n pulses and the weights old, to their next
// weights, and lists those that move. What is in the registers is lost.
func (m mover512) move(at, n, old, r reg.VecVirtual) {
	offset, slope := m.lookUp(n)
	d, next, lanes := ZMM(), ZMM(), K()
	VMULPS(old, slope, slope)
	VSUBPS(slope, offset, offset)
	VSUBPS(offset, old, d)
	clip(d, m.bottom, m.top)
	VSUBPS(d, old, d)
	VADDPS(r, d, d)
	VRNDSCALEPS(Imm(down), d, d)
	VCMPPS(Imm(notEqual), m.zero, d, lanes)
	VMULPS(m.unit, d, d)
	VMULPS(m.rate, d, d)
	VSUBPS(d, old, old)
	VMOVAPS(old, next)
	clip(next, m.bottom, m.top)
	VMOVAPS(old, m.open, next)
	append512(lanes, m.found, []reg.Register{m.moved, m.values}, []reg.VecVirtual{at, next})
}

func (m mover512) finish() {
	MOVQ(m.found, Mem{Base: m.s, Disp: 80})
	VZEROUPPER()
	RET()
}

// lookUp reads the pairs at the whole numbers n from the table.
func (m mover512) lookUp(n reg.VecVirtual) (first, second reg.VecVirtual) {
	var halves [2]reg.VecVirtual
	for i := range halves {
		at, all := YMM(), K()
		VEXTRACTI64X4(Imm(uint64(i)), n, at)
		KXNORB(all, all, all)
		halves[i] = zero512()
		VGATHERDPD(Mem{Base: m.table, Index: at, Scale: 8}, all, halves[i])
	}
	first, second = ZMM(), halves[0]
	VMOVAPS(halves[0], first)
	VPERMT2PS(halves[1], m.firsts, first)
	VPERMT2PS(halves[1], m.seconds, second)
	return first, second
}

// stream512 makes the words of listed places in a stream.
type stream512 struct {
	philox      Mem
	s           reg.Register
	counter     int // where it lies in s, with the key behind it
	keys        Mem // of every round
	multipliers [2]reg.VecVirtual
	even        reg.OpmaskVirtual
}

func newStream512(philox Mem, s reg.Register, counter int) *stream512 {
	t := &stream512{philox: philox, s: s, counter: counter, keys: AllocLocal(8 * philoxRounds), even: K()}
	for i := range 2 {
		key := GP32()
		MOVL(Mem{Base: s, Disp: counter + 16 + 4*i}, key)
		for round := range philoxRounds {
			if round > 0 {
				ADDL(philox.Offset(40+4*i), key)
			}
			MOVL(key, t.keys.Offset(8*round+4*i))
		}
		t.multipliers[i] = broadcast512(philox.Offset(32 + 4*i))
	}
	mask := GP32()
	MOVL(U32(0x5555), mask)
	KMOVW(mask, t.even)
	return t
}

// split is sixteen words in the low halves of twice eight, whose high halves hold
// anything: those of the even lanes, and those of the odd ones. They are the same
// register where all words are one.
type split struct{ even, odd reg.VecVirtual }

// words is those of the blocks in which the places are.
func (t *stream512) words(at reg.VecVirtual) (c [4]split) {
	first := ZMM()
	VPSRLD(Imm(2), at, first)
	VPADDD_BCST(Mem{Base: t.s, Disp: t.counter}, first, first)
	return t.blocks(first)
}

// blocks is the words of the blocks whose counters have these first words.
func (t *stream512) blocks(first reg.VecVirtual) (c [4]split) {
	c[0] = split{first, ZMM()}
	VPSRLQ(Imm(32), first, c[0].odd)
	for i := 1; i < 4; i++ {
		v := broadcast512(Mem{Base: t.s, Disp: t.counter + 4*i})
		c[i] = split{v, v}
	}
	for round := range philoxRounds {
		p0, p1 := c[0].times(t.multipliers[0]), c[2].times(t.multipliers[1])
		pause()
		c0 := p1.high().mixed(c[1], t.keys.Offset(8*round))
		pause()
		c2 := p0.high().mixed(c[3], t.keys.Offset(8*round+4))
		pause()
		c = [4]split{c0, p1, c2, p0}
	}
	return c
}

// each does the same to both halves, once where they are one.
func (a split) each(do func(reg.VecVirtual) reg.VecVirtual) (b split) {
	b.even = do(a.even)
	if b.odd = b.even; a.odd != a.even {
		b.odd = do(a.odd)
	}
	return b
}

func (a split) times(multiplier reg.VecVirtual) split {
	return a.each(func(x reg.VecVirtual) reg.VecVirtual {
		y := ZMM()
		VPMULUDQ(multiplier, x, y)
		return y
	})
}

func (a split) high() split {
	return a.each(func(x reg.VecVirtual) reg.VecVirtual {
		y := ZMM()
		VPSRLQ(Imm(32), x, y)
		return y
	})
}

// mixed is the exclusive or of a, which is lost, with b and a key.
func (a split) mixed(b split, key Mem) split {
	if a.even == a.odd && b.even != b.odd {
		a.odd = ZMM()
		VMOVDQA32(a.even, a.odd)
	}
	VPTERNLOGD_BCST(Imm(threes), key, b.even, a.even)
	if a.even != a.odd {
		VPTERNLOGD_BCST(Imm(threes), key, b.odd, a.odd)
	}
	return a
}

// joined is the sixteen words of a split one.
func (t *stream512) joined(a split) reg.VecVirtual {
	v := ZMM()
	VPSLLQ(Imm(32), a.odd, v)
	VMOVDQA32(a.even, t.even, v)
	return v
}

// uniforms is the numbers in [0,1) at listed places.
func (t *stream512) uniforms(at reg.VecVirtual) reg.VecVirtual {
	c := t.words(at)
	var x [4]reg.VecVirtual
	for i := range x {
		x[i] = t.joined(c[i])
	}
	odd, high := K(), K()
	VPTESTMD_BCST(t.philox.Offset(4), at, odd)
	VPTESTMD_BCST(t.philox.Offset(8), at, high)
	VMOVDQA32(x[1], odd, x[0])
	VMOVDQA32(x[3], odd, x[2])
	VMOVDQA32(x[2], high, x[0])
	VPSRLD(Imm(8), x[0], x[0])
	VCVTDQ2PS(x[0], x[0])
	VMULPS_BCST(t.philox.Offset(4*13), x[0], x[0])
	return x[0]
}
