package main

import (
	"iter"

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

// transform is the one of Box and Muller, while the kernels are written.
type transform struct {
	family
	log, sin, cos, scale []Mem
	root, sign           Mem
}

// normal writes the kernels that make blocks of four deviates.
func normal(philox Mem) {
	n := &normals{table: GLOBL("normalTable", attr.RODATA|attr.NOPTR)}
	t := transform{
		log: n.numbers(normalLog...), sin: n.numbers(normalSin...), cos: n.numbers(normalCos...),
		scale: n.numbers(0x1p-24, 0x1p-25, 1, -1.38629436, 0x1p-31),
		root:  n.add(U32(0x3F3504F3)), sign: n.add(U32(0x80000000)),
	}
	t.family = avx2
	normal8(philox, t)
	t.family = avx512
	normal16(philox, t)
}

// fill is what the kernels that fill blocks take.
const fill = "func(b *struct{ to *uint32; counter [4]uint32; key [2]uint32; groups uint64 })"

func normal8(philox Mem, t transform) {
	TEXT("normalAVX2", NOSPLIT, fill)
	Doc("Fills groups of eight blocks. No counter may pass 2^32 in its first word.")
	b := Load(Param("b"), GP64())
	to, groups := pointer(b, 0), pointer(b, 32)
	first := broadcast(Mem{Base: b, Disp: 8})
	VPADDD(philox, first, first)

	Label("group")
	for i, v := range interleaved(t.deviates(encrypted(philox, b, first))) {
		VMOVUPS(v, Mem{Base: to, Disp: 32 * i})
	}
	ADDQ(Imm(128), to)
	VPADDD(broadcast(philox.Offset(48)), first, first)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// normal16 takes the blocks in an order in which those that go together are side by side.
// The words of the next blocks are made between the instructions of the transform: either
// is a chain in which each waits for the one before.
func normal16(philox Mem, t transform) {
	TEXT("normalAVX512", NOSPLIT, fill)
	Doc("Fills groups of sixteen blocks. No counter may pass 2^32 in its first word.")
	b := Load(Param("b"), GP64())
	to, groups := pointer(b, 0), pointer(b, 32)
	stream := newStream512(philox, b, 8)
	first := broadcast512(Mem{Base: b, Disp: 8})
	VPADDD(philox.Offset(4*32), first, first)
	var words [4]reg.VecVirtual
	for i, c := range stream.blocks(first) {
		words[i] = stream.joined(c)
	}

	Label("group")
	VPADDD_BCST(philox.Offset(4*14), first, first)
	var next [4]reg.VecVirtual
	woven(func() {
		for i, v := range besides(t.deviates(words)) {
			VMOVUPS(v, Mem{Base: to, Disp: 64 * i})
		}
	}, func() {
		for i, c := range stream.blocks(first) {
			next[i] = stream.joined(c)
		}
	})
	for i := range words {
		VMOVDQA32(next[i], words[i])
	}
	ADDQ(U32(256), to)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// pause lets the other of two woven sequences of instructions come.
var pause = func() {}

// woven writes two sequences of instructions in turns.
func woven(a, b func()) {
	before := pause
	defer func() { pause = before }()
	var next [2]func() (struct{}, bool)
	for i, write := range []func(){a, b} {
		n, stop := iter.Pull(func(yield func(struct{}) bool) {
			pause = func() { yield(struct{}{}) }
			write()
		})
		defer stop()
		next[i] = n
	}
	pauses := [2]func(){}
	for going := 3; going != 0; {
		for i := range next {
			if going>>i&1 == 0 {
				continue
			}
			if pauses[i] != nil {
				pause = pauses[i]
			}
			_, more := next[i]()
			pauses[i] = pause
			if !more {
				going &^= 1 << i
			}
		}
	}
}

func (t transform) deviates(words [4]reg.VecVirtual) (four [4]reg.VecVirtual) {
	four[0], four[1] = t.pair(words[0], words[1])
	four[2], four[3] = t.pair(words[2], words[3])
	return four
}

// pair is the deviates of two words.
func (t transform) pair(u, v reg.VecVirtual) (x, y reg.VecVirtual) {
	radius := t.radius(u)
	angle := t.vector()
	VPSLLD(Imm(2), v, angle)
	VCVTDQ2PS(angle, angle)
	pause()
	VMULPS(t.broadcast(t.scale[4]), angle, angle)
	square := t.vector()
	VMULPS(angle, angle, square)
	s, c := t.polynomial(t.sin, square), t.polynomial(t.cos, square)
	VMULPS(angle, s, s)
	turn := t.vector()
	VPSLLD(Imm(1), v, turn)
	VANDPS(t.broadcast(t.sign), turn, turn)
	VXORPS(turn, radius, radius)
	x, y = t.exchanged(v, c, s)
	VMULPS(radius, x, x)
	VMULPS(radius, y, y)
	return x, y
}

// exchanged is a and b, the other way round where v has a sign.
func (t transform) exchanged(v, a, b reg.VecVirtual) (x, y reg.VecVirtual) {
	x, y = t.vector(), t.vector()
	if !t.masked {
		VBLENDVPS(v, b, a, x)
		VBLENDVPS(v, a, b, y)
		return x, y
	}
	sign := K()
	VPMOVD2M(v, sign)
	VBLENDMPS(b, a, sign, x)
	VBLENDMPS(a, b, sign, y)
	return x, y
}

func (f family) broadcast(m Mem) reg.VecVirtual {
	v := f.vector()
	VPBROADCASTD(m, v)
	return v
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

// radius is sqrt(-2 ln u) of the share u that a word makes.
func (t transform) radius(word reg.VecVirtual) reg.VecVirtual {
	u := t.vector()
	VPSRLD(Imm(8), word, u)
	VCVTDQ2PS(u, u)
	pause()
	VFMADD213PS(t.broadcast(t.scale[1]), t.broadcast(t.scale[0]), u)
	pause()
	exponent := t.vector()
	VPSUBD(t.broadcast(t.root), u, exponent)
	VPSRAD(Imm(23), exponent, exponent)
	pause()
	share := t.vector()
	VPSLLD(Imm(23), exponent, share)
	VPSUBD(share, u, share)
	VSUBPS(t.broadcast(t.scale[2]), share, share)
	pause()
	radius := t.polynomial(t.log, share)
	VMULPS(share, radius, radius)
	VCVTDQ2PS(exponent, exponent)
	VFMADD231PS(t.broadcast(t.scale[3]), exponent, radius)
	pause()
	nothing := t.vector()
	VXORPS(nothing, nothing, nothing)
	VMAXPS(nothing, radius, radius)
	VSQRTPS(radius, radius)
	return radius
}

func (t transform) polynomial(c []Mem, x reg.VecVirtual) reg.VecVirtual {
	sum := t.broadcast(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		VFMADD213PS(t.broadcast(c[i]), x, sum)
		pause()
	}
	return sum
}

// besides turns four words of sixteen blocks into blocks of four words; vector i has
// those of lanes i, i+4, i+8 and i+12.
func besides(c [4]reg.VecVirtual) [4]reg.VecVirtual {
	pair := func(unpack func(...Op), a, b reg.VecVirtual) reg.VecVirtual {
		v := ZMM()
		unpack(b, a, v)
		return v
	}
	low := func(o ...Op) { VUNPCKLPS(o...) }
	high := func(o ...Op) { VUNPCKHPS(o...) }
	low2 := func(o ...Op) { VUNPCKLPD(o...) }
	high2 := func(o ...Op) { VUNPCKHPD(o...) }
	t := [4]reg.VecVirtual{pair(low, c[0], c[1]), pair(low, c[2], c[3]), pair(high, c[0], c[1]), pair(high, c[2], c[3])}
	return [4]reg.VecVirtual{pair(low2, t[0], t[1]), pair(high2, t[0], t[1]), pair(low2, t[2], t[3]), pair(high2, t[2], t[3])}
}
