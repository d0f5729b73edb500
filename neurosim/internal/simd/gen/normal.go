package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The polynomials of simd.Normal.
var (
	normalLog = []float32{
		-1.99999995, 0.999999928, -0.666683866, 0.500027044, -0.399118667, 0.331559858,
		-0.299548026, 0.285385164, -0.170666262,
	}
	normalSin = []float32{0.785398161, -0.0807454347, 0.0024900068, -3.59542907e-05}
	normalCos = []float32{0.999999972, -0.308424252, 0.0158499107, -0.000318877475}
)

// normals writes the kernel of Normal while it keeps its constants.
type normals struct {
	table Mem
	size  int
}

func (n *normals) add(value Constant) Mem {
	DATA(n.size, value)
	place := n.table.Offset(n.size)
	n.size += 4
	return place
}

func (n *normals) numbers(values ...float32) (places []Mem) {
	for _, v := range values {
		places = append(places, n.add(F32(v)))
	}
	return places
}

// normal writes the kernel that makes groups of eight blocks of four deviates.
func normal(philox Mem) {
	n := &normals{table: GLOBL("normalTable", attr.RODATA|attr.NOPTR)}
	log, sin, cos := n.numbers(normalLog...), n.numbers(normalSin...), n.numbers(normalCos...)
	scale := n.numbers(0x1p-24, 0x1p-25, 1, -1.38629436, 0x1p-31)
	root, sign := n.add(U32(0x3F3504F3)), n.add(U32(0x80000000))

	TEXT("normalAVX2", NOSPLIT, "func(b *struct{ to *uint32; counter [4]uint32; key [2]uint32; groups uint64 })")
	Doc("Fills groups of eight blocks. No counter may pass 2^32 in its first word.")
	b := Load(Param("b"), GP64())
	to, groups := GP64(), GP64()
	MOVQ(Mem{Base: b}, to)
	MOVQ(Mem{Base: b, Disp: 32}, groups)
	first := broadcast(Mem{Base: b, Disp: 8})
	VPADDD(philox, first, first)

	Label("group")
	words := encrypted(philox, b, first)
	box := func(u, v reg.VecVirtual) (x, y reg.VecVirtual) {
		radius := radiusOf(u, log, scale, root)
		t := YMM()
		VPSLLD(Imm(2), v, t)
		VCVTDQ2PS(t, t)
		VMULPS(broadcast(scale[4]), t, t)
		square := YMM()
		VMULPS(t, t, square)
		s, c := polynomial(sin, square), polynomial(cos, square)
		VMULPS(t, s, s)
		turn := YMM()
		VPSLLD(Imm(1), v, turn)
		VPAND(broadcast(sign), turn, turn)
		VXORPS(turn, radius, radius)
		x, y = YMM(), YMM()
		VBLENDVPS(v, s, c, x)
		VBLENDVPS(v, c, s, y)
		VMULPS(radius, x, x)
		VMULPS(radius, y, y)
		return x, y
	}
	var four [4]reg.VecVirtual
	four[0], four[1] = box(words[0], words[1])
	four[2], four[3] = box(words[2], words[3])
	for i, v := range interleaved(four) {
		VMOVUPS(v, Mem{Base: to, Disp: 32 * i})
	}
	ADDQ(Imm(128), to)
	VPADDD(broadcast(philox.Offset(48)), first, first)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// encrypted is the words of eight counters, the first of which are in a vector.
func encrypted(table Mem, b reg.Register, first reg.VecVirtual) [4]reg.VecVirtual {
	c := [4]reg.VecVirtual{YMM()}
	VMOVDQA(first, c[0])
	for i := 1; i < 4; i++ {
		c[i] = broadcast(Mem{Base: b, Disp: 8 + 4*i})
	}
	key := [2]reg.VecVirtual{broadcast(Mem{Base: b, Disp: 24}), broadcast(Mem{Base: b, Disp: 28})}
	for round := range philoxRounds {
		if round > 0 {
			for i := range key {
				VPADDD(broadcast(table.Offset(40+4*i)), key[i], key[i])
			}
		}
		c = philoxRound(c, key, [2]reg.VecVirtual{broadcast(table.Offset(32)), broadcast(table.Offset(36))})
	}
	return c
}

// radiusOf is sqrt(-2 ln u) of the share u that a word makes.
func radiusOf(word reg.VecVirtual, log, scale []Mem, root Mem) reg.VecVirtual {
	u := YMM()
	VPSRLD(Imm(8), word, u)
	VCVTDQ2PS(u, u)
	VFMADD213PS(broadcast(scale[1]), broadcast(scale[0]), u)
	exponent := YMM()
	VPSUBD(broadcast(root), u, exponent)
	VPSRAD(Imm(23), exponent, exponent)
	t := YMM()
	VPSLLD(Imm(23), exponent, t)
	VPSUBD(t, u, t)
	VSUBPS(broadcast(scale[2]), t, t)
	radius := polynomial(log, t)
	VMULPS(t, radius, radius)
	VCVTDQ2PS(exponent, exponent)
	VFMADD231PS(broadcast(scale[3]), exponent, radius)
	nothing := YMM()
	VXORPS(nothing, nothing, nothing)
	VMAXPS(nothing, radius, radius)
	VSQRTPS(radius, radius)
	return radius
}

func polynomial(c []Mem, x reg.VecVirtual) reg.VecVirtual {
	sum := broadcast(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		VFMADD213PS(broadcast(c[i]), x, sum)
	}
	return sum
}
