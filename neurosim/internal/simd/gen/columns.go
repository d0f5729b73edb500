package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// columnRead is the layout of simd.columnRead.
const columnRead = "func(c *struct{ cells, bits *uint32; offsets, steps, out *float32; lines, digits, stride, mask uint64; highest float32 })"

// words is the number of words with a bit for each row.
const words = 4

// counter is a kernel over the columns of cells of some bits, while it is written.
type counter struct {
	planes        int
	cells         []reg.VecVirtual
	bits, offsets reg.Register
	steps         reg.Register
	digits, lines reg.GPVirtual
}

func newCounter(planes int) *counter {
	c := &counter{planes: planes}
	s := Dereference(Param("c"))
	cells := Load(s.Field("cells"), GP64())
	c.bits, c.offsets, c.steps = Load(s.Field("bits"), GP64()), Load(s.Field("offsets"), GP64()), Load(s.Field("steps"), GP64())
	c.lines, c.digits = GP64(), GP64()
	Load(s.Field("lines"), c.lines)
	Load(s.Field("digits"), c.digits)
	for i := range planes * words {
		c.cells = append(c.cells, ZMM())
		VMOVDQU32(Mem{Base: cells, Disp: 64 * i}, c.cells[i])
	}
	return c
}

// count returns the sums of the digits of the cells whose rows' bits are at the place.
func (c *counter) count(bits Mem) reg.VecVirtual {
	var sum reg.VecVirtual
	for plane := c.planes - 1; plane >= 0; plane-- {
		var part [words]reg.VecVirtual
		for w := range part {
			part[w] = ZMM()
			VPANDD_BCST(bits.Offset(4*w), c.cells[plane*words+w], part[w])
			VPOPCNTD(part[w], part[w])
		}
		VPADDD(part[0], part[1], part[0])
		VPADDD(part[2], part[3], part[2])
		VPADDD(part[0], part[2], part[0])
		if sum == nil {
			sum = part[0]
			continue
		}
		VPADDD(sum, sum, sum)
		VPADDD(part[0], sum, sum)
	}
	VCVTDQ2PS(sum, sum)
	return sum
}

// readColumns writes the kernel that reads, converts and adds up sixteen columns.
func readColumns(planes int) {
	TEXT(fmt.Sprintf("readColumns%dAVX512", planes), NOSPLIT, columnRead)
	Doc(fmt.Sprintf("Reads sixteen columns of cells of %d bits, for each line and digit.", planes))
	c := newCounter(planes)
	s := Dereference(Param("c"))
	out, stride := Load(s.Field("out"), GP64()), Load(s.Field("stride"), GP64())
	mask, m := GP64(), K()
	Load(s.Field("mask"), mask)
	KMOVW(mask.As32(), m)
	highest, zero := ZMM(), ZMM()
	h, err := s.Field("highest").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(h.Addr, highest)
	VPXORD(zero, zero, zero)

	Label("line")
	sum := ZMM()
	VMOVUPS_Z(Mem{Base: out}, m, sum)
	step, left := GP64(), GP64()
	MOVQ(c.steps, step)
	MOVQ(c.digits, left)
	Label("digit")
	code := c.count(Mem{Base: c.bits})
	scale := ZMM()
	VBROADCASTSS(Mem{Base: step}, scale)
	VFMADD213PS_BCST(Mem{Base: c.offsets}, scale, code)
	VRNDSCALEPS(Imm(0), code, code)
	VMAXPS(zero, code, code)
	VMINPS(highest, code, code)
	VFMADD231PS_BCST(Mem{Base: step, Disp: 4}, code, sum)
	ADDQ(Imm(4*words), c.bits)
	ADDQ(Imm(4), c.offsets)
	ADDQ(Imm(8), step)
	DECQ(left)
	JNZ(LabelRef("digit"))
	VADDPS_BCST(Mem{Base: c.offsets}, sum, sum)
	ADDQ(Imm(4), c.offsets)
	VMOVUPS(sum, m, Mem{Base: out})
	ADDQ(stride, out)
	DECQ(c.lines)
	JNZ(LabelRef("line"))
	VZEROUPPER()
	RET()
}

// spanColumns writes the kernel that finds the lowest and the highest sums.
func spanColumns(planes int) {
	TEXT(fmt.Sprintf("spanColumns%dAVX512", planes), NOSPLIT, columnRead)
	Doc(fmt.Sprintf("Finds the lowest and highest sums of sixteen columns of cells of %d bits, for each digit.", planes))
	c := newCounter(planes)
	s := Dereference(Param("c"))
	out := Load(s.Field("out"), GP64())
	bitStep, offsetStep, left := GP64(), GP64(), GP64()
	MOVQ(c.digits, left)
	MOVQ(c.digits, bitStep)
	SHLQ(Imm(4), bitStep)
	LEAQ(Mem{Base: c.digits, Disp: 1}, offsetStep)
	SHLQ(Imm(2), offsetStep)

	Label("digit")
	low, high, scale := ZMM(), ZMM(), ZMM()
	VMOVUPS(Mem{Base: out}, low)
	VMOVUPS(Mem{Base: out, Disp: 64}, high)
	VBROADCASTSS(Mem{Base: c.steps}, scale)
	bit, offset, line := GP64(), GP64(), GP64()
	MOVQ(c.bits, bit)
	MOVQ(c.offsets, offset)
	MOVQ(c.lines, line)
	Label("line")
	sum := c.count(Mem{Base: bit})
	VFMADD213PS_BCST(Mem{Base: offset}, scale, sum)
	VMINPS(low, sum, low)
	VMAXPS(high, sum, high)
	ADDQ(bitStep, bit)
	ADDQ(offsetStep, offset)
	DECQ(line)
	JNZ(LabelRef("line"))
	VMOVUPS(low, Mem{Base: out})
	VMOVUPS(high, Mem{Base: out, Disp: 64})
	ADDQ(Imm(128), out)
	ADDQ(Imm(4*words), c.bits)
	ADDQ(Imm(4), c.offsets)
	ADDQ(Imm(8), c.steps)
	DECQ(left)
	JNZ(LabelRef("digit"))
	VZEROUPPER()
	RET()
}
