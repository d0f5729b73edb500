package main

import (
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// doubles writes constants of double precision into a table.
type doubles struct {
	table Mem
	size  int
}

// add spreads a constant over a vector, from which it is read.
func (d *doubles) add(bits uint64) Mem {
	place := d.table.Offset(d.size)
	for range 4 {
		DATA(d.size, U64(bits))
		d.size += 8
	}
	return place
}

func (d *doubles) numbers(values ...float64) (places []Mem) {
	for _, v := range values {
		places = append(places, d.add(math.Float64bits(v)))
	}
	return places
}

// deviates writes the kernel of simd.Deviates: every operation is one of simd.deviate,
// in its order.
func deviates(philox Mem) {
	d := &doubles{table: GLOBL("deviateTable", attr.RODATA|attr.NOPTR)}
	k := newDeviateConstants(d)
	TEXT("deviatesAVX2", NOSPLIT, "func(p *struct{ index *uint32; counter [4]uint32 })")
	Doc("Makes groups of eight listed normal deviates in double precision.")
	s := Load(Param("p"), GP64())
	index, groups, to := pointer(s, 0), pointer(s, 32), pointer(s, 40)

	Label("group")
	words := wordsAt(philox, s, index)
	u, v := chosen(index, 1, words[0], words[2]), chosen(index, 1, words[1], words[3])
	// The odd numbers are sines.
	for half := range 2 {
		x := k.times(k.radius(k.unsigned(u, half)), k.wave(k.unsigned(v, half), index, half))
		VMOVUPD(x, Mem{Base: to, Disp: 32 * half})
	}
	ADDQ(Imm(32), index)
	ADDQ(Imm(64), to)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// deviateConstants is those of simd.deviate.
type deviateConstants struct {
	sign32, half, one, two, minusTwo, scale, turn, octants Mem
	low, exponent, magic, magicExponent, rootHalf, ln2     Mem
	ln2Low                                                 Mem
	log, sin, cos, pi                                      []Mem
	top                                                    Mem
}

func newDeviateConstants(d *doubles) *deviateConstants {
	one := func(v float64) Mem { return d.numbers(v)[0] }
	return &deviateConstants{
		sign32: d.add(0x8000000080000000), top: one(1 << 31),
		half: one(0.5), one: one(1), two: one(2), minusTwo: one(-2), scale: one(0x1p-32),
		turn: one(2 * math.Pi), octants: one(4 / math.Pi),
		low: d.add(1<<52 - 1), exponent: d.add(0x4330000000000000),
		magic: one(1<<52 + 0x3FE), rootHalf: one(math.Sqrt2 / 2),
		ln2: one(6.93147180369123816490e-01), ln2Low: one(1.90821492927058770002e-10),
		log: d.numbers(6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
			2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01),
		sin: d.numbers(1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
			-1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1),
		cos: d.numbers(-1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
			2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2),
		pi: d.numbers(7.85398125648498535156e-1, 3.77489470793079817668e-8, 2.69515142907905952645e-15),
	}
}

func (*deviateConstants) times(x reg.VecVirtual, y Op) reg.VecVirtual {
	z := YMM()
	VMULPD(y, x, z)
	return z
}

func (*deviateConstants) plus(x reg.VecVirtual, y Op) reg.VecVirtual {
	z := YMM()
	VADDPD(y, x, z)
	return z
}

// minus is x - y.
func (*deviateConstants) minus(x reg.VecVirtual, y Op) reg.VecVirtual {
	z := YMM()
	VSUBPD(y, x, z)
	return z
}

func constant(m Mem) reg.VecVirtual {
	v := YMM()
	VMOVUPD(m, v)
	return v
}

// unsigned is four of eight words as numbers.
func (k *deviateConstants) unsigned(words reg.VecVirtual, half int) reg.VecVirtual {
	four, x := XMM(), YMM()
	VEXTRACTI128(Imm(uint64(half)), words, four)
	VPXOR(k.sign32, four, four)
	VCVTDQ2PD(four, x)
	return k.plus(x, k.top)
}

// radius is sqrt(-2 ln((u+1/2)/2^32)).
func (k *deviateConstants) radius(u reg.VecVirtual) reg.VecVirtual {
	x := k.times(k.plus(u, k.half), k.scale)
	e, f1 := YMM(), YMM()
	VPSRLQ(Imm(52), x, e)
	VPOR(k.exponent, e, e)
	e = k.minus(e, k.magic)
	VPAND(k.low, x, f1)
	VPOR(k.half, f1, f1)
	small, one := YMM(), YMM()
	VCMPPD(Imm(2), k.rootHalf, f1, small) // f1 <= sqrt(1/2)
	VPAND(k.one, small, one)
	e = k.minus(e, one)
	f1 = k.times(f1, k.plus(one, k.one))
	f := k.minus(f1, k.one)
	s := YMM()
	VDIVPD(k.plus(f, k.two), f, s)
	s2 := k.times(s, s)
	s4 := k.times(s2, s2)
	t1 := k.times(s4, k.log[6])
	t1 = k.times(k.plus(t1, k.log[4]), s4)
	t1 = k.times(k.plus(t1, k.log[2]), s4)
	t1 = k.times(k.plus(t1, k.log[0]), s2)
	t2 := k.times(s4, k.log[5])
	t2 = k.times(k.plus(t2, k.log[3]), s4)
	t2 = k.times(k.plus(t2, k.log[1]), s4)
	r := k.plus(t1, t2)
	hfsq := k.times(k.times(f, k.half), f)
	sum := k.plus(k.times(k.plus(r, hfsq), s), k.times(e, k.ln2Low))
	rest := k.minus(k.minus(hfsq, sum), f)
	log := k.times(k.minus(k.times(e, k.ln2), rest), k.minusTwo)
	VSQRTPD(log, log)
	return log
}

// wave is the cosine of the angle 2 pi v/2^32 in the lanes with even numbers, and the
// sine in those with odd ones.
func (k *deviateConstants) wave(v reg.VecVirtual, index reg.Register, half int) reg.VecVirtual {
	x := k.times(k.times(v, k.turn), k.scale)
	octant, y := XMM(), YMM()
	VCVTTPD2DQY(k.times(x, k.octants), octant)
	odd := XMM()
	VPSLLD(Imm(31), octant, odd)
	VPSRLD(Imm(31), odd, odd)
	VPADDD(odd, octant, octant)
	VCVTDQ2PD(octant, y)
	z := k.minus(k.minus(k.minus(x, k.times(y, k.pi[0])), k.times(y, k.pi[1])), k.times(y, k.pi[2]))
	square := k.times(z, z)
	cos := k.plus(k.minus(constant(k.one), k.times(square, k.half)), k.times(k.times(square, square), k.polynomial(k.cos, square)))
	sin := k.plus(z, k.times(k.times(z, square), k.polynomial(k.sin, square)))
	// Bit 1 of the octant exchanges sine and cosine and turns the cosine's sign; bit 2
	// turns both signs.
	turned, odds, swap := YMM(), YMM(), YMM()
	VPMOVZXDQ(octant, turned)
	VPMOVZXDQ(Mem{Base: index, Disp: 16 * half}, odds)
	VPSLLQ(Imm(62), turned, swap)
	flip := YMM()
	VPSLLQ(Imm(61), turned, flip)
	VPSLLQ(Imm(63), odds, odds)
	other := YMM()
	VPXOR(odds, swap, other) // whether the polynomial is that of the sine
	VBLENDVPD(other, sin, cos, sin)
	VPANDN(swap, odds, swap)
	VPXOR(swap, flip, flip)
	sign := YMM()
	VPSRLQ(Imm(63), flip, sign)
	VPSLLQ(Imm(63), sign, sign)
	VXORPD(sign, sin, sin)
	return sin
}

func (k *deviateConstants) polynomial(c []Mem, x reg.VecVirtual) reg.VecVirtual {
	sum := k.times(x, c[0])
	for _, next := range c[1 : len(c)-1] {
		sum = k.times(k.plus(sum, next), x)
	}
	return k.plus(sum, c[len(c)-1])
}
