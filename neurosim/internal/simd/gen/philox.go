package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The constants of Philox4x32 (Salmon et al. 2011, table 2).
const (
	philoxMul0  = 0xD2511F53
	philoxMul1  = 0xCD9E8D57
	philoxWeyl0 = 0x9E3779B9
	philoxWeyl1 = 0xBB67AE85

	philoxRounds = 10
)

// philoxConstants spreads the constants over one read-only table.
func philoxConstants() Mem {
	table := GLOBL("philoxTable", attr.RODATA|attr.NOPTR)
	for i, c := range []uint32{0, 1, 2, 3, 4, 5, 6, 7, philoxMul0, philoxMul1, philoxWeyl0, philoxWeyl1, 8, 0x33800000, 16, 0} {
		DATA(4*i, U32(c))
	}
	for i := range uint32(16) { // the lanes of the widest vector
		DATA(int(64+4*i), U32(i))
	}
	for i := range uint32(16) { // and their order by quarters
		DATA(int(128+4*i), U32(i/4+4*(i%4)))
	}
	return table
}

// philox writes the kernel that encrypts groups of eight counters, one in each
// lane, and stores the words of one block after another as numbers in [0,1),
// multiples of 2^-24.
func philox(table Mem) {
	TEXT("philoxUniformAVX2", NOSPLIT, fill)
	Doc("Fills groups of eight blocks. No counter may pass 2^32 in its first word.")
	b := Load(Param("b"), GP64())
	field := func(offset int) reg.VecVirtual { return broadcast(Mem{Base: b, Disp: offset}) }
	constant := func(i int) reg.VecVirtual { return broadcast(table.Offset(4 * i)) }
	to, groups := GP64(), GP64()
	MOVQ(Mem{Base: b}, to)
	MOVQ(Mem{Base: b, Disp: 32}, groups)
	first := field(8)
	VPADDD(table, first, first)
	multipliers := [2]reg.VecVirtual{constant(8), constant(9)}
	weyl := [2]Mem{table.Offset(40), table.Offset(44)}

	Label("group")
	c := [4]reg.VecVirtual{YMM(), field(12), field(16), field(20)}
	VMOVDQA(first, c[0])
	key := [2]reg.VecVirtual{field(24), field(28)}
	for round := range philoxRounds {
		if round > 0 {
			for i := range key {
				VPADDD(broadcast(weyl[i]), key[i], key[i])
			}
		}
		c = philoxRound(c, key, multipliers)
	}
	for i, v := range interleaved(c) {
		VPSRLD(Imm(8), v, v)
		VCVTDQ2PS(v, v)
		VMULPS(constant(13), v, v)
		VMOVDQU(v, Mem{Base: to, Disp: 32 * i})
	}
	ADDQ(Imm(128), to)
	VPADDD(constant(12), first, first)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

func broadcast(m Mem) reg.VecVirtual {
	v := YMM()
	VPBROADCASTD(m, v)
	return v
}

// philoxRound is one round (Salmon et al. 2011, section 3.3).
func philoxRound(c [4]reg.VecVirtual, key, multipliers [2]reg.VecVirtual) [4]reg.VecVirtual {
	// The keys go to what is there before the products are.
	VPXOR(key[0], c[1], c[1])
	VPXOR(key[1], c[3], c[3])
	high0, low0 := product(c[0], multipliers[0])
	high1, low1 := product(c[2], multipliers[1])
	VPXOR(c[1], high1, high1)
	VPXOR(c[3], high0, high0)
	return [4]reg.VecVirtual{high1, low1, high0, low0}
}

// product returns the high and low halves of the 64-bit products of the lanes.
func product(x, y reg.VecVirtual) (high, low reg.VecVirtual) {
	const oddLanes = 0xAA
	odd, even := YMM(), YMM()
	VPSRLQ(Imm(32), x, odd)
	VPMULUDQ(y, odd, odd)
	VPMULUDQ(y, x, even)
	high, low = YMM(), YMM()
	VPSRLQ(Imm(32), even, high)
	VPBLENDD(Imm(oddLanes), odd, high, high)
	VPSLLQ(Imm(32), odd, low)
	VPBLENDD(Imm(oddLanes), low, even, low)
	return high, low
}

// interleaved turns four words of eight blocks into eight blocks of four words.
func interleaved(c [4]reg.VecVirtual) (blocks [4]reg.VecVirtual) {
	pair := func(unpack func(...Op), a, b reg.VecVirtual) reg.VecVirtual {
		v := YMM()
		unpack(b, a, v)
		return v
	}
	low := func(o ...Op) { VUNPCKLPS(o[0], o[1], o[2]) }
	high := func(o ...Op) { VUNPCKHPS(o[0], o[1], o[2]) }
	low2 := func(o ...Op) { VUNPCKLPD(o[0], o[1], o[2]) }
	high2 := func(o ...Op) { VUNPCKHPD(o[0], o[1], o[2]) }
	t := [4]reg.VecVirtual{pair(low, c[0], c[1]), pair(low, c[2], c[3]), pair(high, c[0], c[1]), pair(high, c[2], c[3])}
	// u[i] holds blocks i and i+4.
	u := [4]reg.VecVirtual{pair(low2, t[0], t[1]), pair(high2, t[0], t[1]), pair(low2, t[2], t[3]), pair(high2, t[2], t[3])}
	for i := range 4 {
		blocks[i] = YMM()
		from := 2 * (i % 2)
		VPERM2F128(Imm(uint64([]int{0x20, 0x31}[i/2])), u[from+1], u[from], blocks[i])
	}
	return blocks
}
