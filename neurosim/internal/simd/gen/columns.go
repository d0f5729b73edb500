package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
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

// fillBits writes the kernel of simd.FillBits.
func fillBits(philox Mem) {
	TEXT("fillBitsAVX512", NOSPLIT, "func(b *struct{ whole *float32; words *uint32; groups, digits uint64 })")
	Doc("Sets the bits of groups of sixteen rows, for each binary digit of whole numbers.")
	s := Load(Param("b"), GP64())
	whole, words, groups := pointer(s, 0), pointer(s, 8), pointer(s, 16)
	one := broadcast512(philox.Offset(4))
	Label("group")
	x, bit, to, left := ZMM(), ZMM(), GP64(), pointer(s, 24)
	VCVTTPS2DQ(Mem{Base: whole}, x)
	VMOVDQA32(one, bit)
	MOVQ(words, to)
	Label("digit")
	set := K()
	VPTESTMD(bit, x, set)
	KMOVW(set, Mem{Base: to})
	VPADDD(bit, bit, bit)
	ADDQ(Imm(16), to) // the next digit
	DECQ(left)
	JNZ(LabelRef("digit"))
	ADDQ(Imm(64), whole)
	ADDQ(Imm(2), words)
	DECQ(groups)
	JNZ(LabelRef("group"))
	VZEROUPPER()
	RET()
}

// nibbles is the tables of the kernels that count without an instruction for it: the
// ones of four bits, the lowest four bits of bytes, ones as bytes and as pairs of bytes,
// and the bits that choose lanes.
func nibbles() Mem {
	table := GLOBL("nibbleTable", attr.RODATA|attr.NOPTR)
	for i, word := range [][2]uint64{
		{0x0302020102010100, 0x0403030203020201},
		{0x0F0F0F0F0F0F0F0F, 0x0F0F0F0F0F0F0F0F},
		{0x0101010101010101, 0x0101010101010101},
		{0x0001000100010001, 0x0001000100010001},
	} {
		for k := range 4 {
			DATA(32*i+8*k, U64(word[k%2]))
		}
	}
	for i := range 16 {
		DATA(128+4*i, U32(1<<i))
	}
	return table
}

// counter8 is a kernel over eight columns at once, while it is written.
type counter8 struct {
	planes              int
	table               Mem
	cells               reg.Register
	lut, low            reg.VecVirtual
	bits, offsets, step reg.Register
}

func newCounter8(planes int, table Mem) *counter8 {
	c := &counter8{planes: planes, table: table, lut: YMM(), low: YMM()}
	s := Dereference(Param("c"))
	c.cells = Load(s.Field("cells"), GP64())
	c.bits, c.offsets, c.step = Load(s.Field("bits"), GP64()), Load(s.Field("offsets"), GP64()), Load(s.Field("steps"), GP64())
	VMOVDQU(table, c.lut)
	VMOVDQU(table.Offset(32), c.low)
	return c
}

// inputs spreads the words of a line's digit.
func (c *counter8) inputs(bits reg.Register) (list [words]reg.VecVirtual) {
	for w := range list {
		list[w] = broadcast(Mem{Base: bits, Disp: 4 * w})
	}
	return list
}

// ones is, byte by byte, the ones that inputs share with a plane of cells.
func (c *counter8) ones(inputs [words]reg.VecVirtual, plane, half int) reg.VecVirtual {
	var sum reg.VecVirtual
	for w, bits := range inputs {
		low, high := YMM(), YMM()
		VPAND(Mem{Base: c.cells, Disp: 64*(plane*words+w) + 32*half}, bits, high)
		VPAND(c.low, high, low)
		VPSRLW(Imm(4), high, high)
		VPAND(c.low, high, high)
		VPSHUFB(low, c.lut, low)
		VPSHUFB(high, c.lut, high)
		VPADDB(high, low, low)
		if sum == nil {
			sum = low
			continue
		}
		VPADDB(low, sum, sum)
	}
	return sum
}

// pairs is the weighted sum of two planes from the lowest on, in pairs of bytes.
func (c *counter8) pairs(inputs [words]reg.VecVirtual, lowest, half int) reg.VecVirtual {
	sum := c.ones(inputs, lowest, half)
	if lowest+1 < c.planes {
		upper := c.ones(inputs, lowest+1, half)
		VPADDB(upper, upper, upper)
		VPADDB(upper, sum, sum)
	}
	VPMADDUBSW(c.table.Offset(64), sum, sum)
	return sum
}

// count returns the sums of the digits of the cells of eight columns.
func (c *counter8) count(inputs [words]reg.VecVirtual, half int) reg.VecVirtual {
	sum := c.pairs(inputs, 0, half)
	if c.planes > 2 {
		upper := c.pairs(inputs, 2, half)
		VPSLLW(Imm(2), upper, upper)
		VPADDW(upper, sum, sum)
	}
	VPMADDWD(c.table.Offset(96), sum, sum)
	VCVTDQ2PS(sum, sum)
	return sum
}

func (c *counter8) masks() [2]reg.VecVirtual { return c.masksOf("c") }

// masksOf is the lanes of two vectors that the mask in an argument chooses.
func (c *counter8) masksOf(argument string) (lanes [2]reg.VecVirtual) {
	mask, err := Dereference(Param(argument)).Field("mask").Resolve()
	if err != nil {
		panic(err)
	}
	for half := range lanes {
		lanes[half] = broadcast(mask.Addr)
		VPAND(c.table.Offset(128+32*half), lanes[half], lanes[half])
		VPCMPEQD(c.table.Offset(128+32*half), lanes[half], lanes[half])
	}
	return lanes
}

// readColumns8 writes readColumns for processors with AVX2.
func readColumns8(planes int, table Mem) {
	TEXT(fmt.Sprintf("readColumns%dAVX2", planes), NOSPLIT, columnRead)
	Doc(fmt.Sprintf("Reads sixteen columns of cells of %d bits, for each line and digit.", planes))
	c := newCounter8(planes, table)
	s := Dereference(Param("c"))
	out, stride := Load(s.Field("out"), GP64()), Load(s.Field("stride"), GP64())
	lines, digits := Load(s.Field("lines"), GP64()), Load(s.Field("digits"), GP64())

	Label("line")
	var sum [2]reg.VecVirtual
	for half, lanes := range c.masks() {
		sum[half] = YMM()
		VMASKMOVPS(Mem{Base: out, Disp: 32 * half}, lanes, sum[half])
	}
	step, left := GP64(), GP64()
	MOVQ(c.step, step)
	MOVQ(digits, left)
	Label("digit")
	inputs := c.inputs(c.bits)
	for half := range sum {
		code, limit := c.count(inputs, half), YMM()
		VFMADD213PS(broadcast(Mem{Base: c.offsets}), broadcast(Mem{Base: step}), code)
		VROUNDPS(Imm(nearest), code, code)
		VXORPS(limit, limit, limit)
		VMAXPS(limit, code, code)
		VMINPS(number("c", "highest"), code, code)
		VFMADD231PS(broadcast(Mem{Base: step, Disp: 4}), code, sum[half])
	}
	ADDQ(Imm(4*words), c.bits)
	ADDQ(Imm(4), c.offsets)
	ADDQ(Imm(8), step)
	DECQ(left)
	JNZ(LabelRef("digit"))
	last := broadcast(Mem{Base: c.offsets})
	ADDQ(Imm(4), c.offsets)
	for half, lanes := range c.masks() {
		VADDPS(last, sum[half], sum[half])
		VMASKMOVPS(sum[half], lanes, Mem{Base: out, Disp: 32 * half})
	}
	ADDQ(stride, out)
	DECQ(lines)
	JNZ(LabelRef("line"))
	VZEROUPPER()
	RET()
}

// spanColumns8 writes spanColumns for processors with AVX2.
func spanColumns8(planes int, table Mem) {
	TEXT(fmt.Sprintf("spanColumns%dAVX2", planes), NOSPLIT, columnRead)
	Doc(fmt.Sprintf("Finds the lowest and highest sums of sixteen columns of cells of %d bits, for each digit.", planes))
	c := newCounter8(planes, table)
	s := Dereference(Param("c"))
	out, digits := Load(s.Field("out"), GP64()), Load(s.Field("digits"), GP64())
	bitStep, offsetStep, left := GP64(), GP64(), GP64()
	MOVQ(digits, left)
	MOVQ(digits, bitStep)
	SHLQ(Imm(4), bitStep)
	LEAQ(Mem{Base: digits, Disp: 1}, offsetStep)
	SHLQ(Imm(2), offsetStep)

	Label("digit")
	var low, high [2]reg.VecVirtual
	for half := range low {
		low[half], high[half] = YMM(), YMM()
		VMOVUPS(Mem{Base: out, Disp: 32 * half}, low[half])
		VMOVUPS(Mem{Base: out, Disp: 64 + 32*half}, high[half])
	}
	bit, offset, line := GP64(), GP64(), GP64()
	MOVQ(c.bits, bit)
	MOVQ(c.offsets, offset)
	Load(s.Field("lines"), line)
	Label("line")
	inputs := c.inputs(bit)
	for half := range low {
		sum := c.count(inputs, half)
		VFMADD213PS(broadcast(Mem{Base: offset}), broadcast(Mem{Base: c.step}), sum)
		VMINPS(low[half], sum, low[half])
		VMAXPS(high[half], sum, high[half])
	}
	ADDQ(bitStep, bit)
	ADDQ(offsetStep, offset)
	DECQ(line)
	JNZ(LabelRef("line"))
	for half := range low {
		VMOVUPS(low[half], Mem{Base: out, Disp: 32 * half})
		VMOVUPS(high[half], Mem{Base: out, Disp: 64 + 32*half})
	}
	ADDQ(Imm(128), out)
	ADDQ(Imm(4*words), c.bits)
	ADDQ(Imm(4), c.offsets)
	ADDQ(Imm(8), c.step)
	DECQ(left)
	JNZ(LabelRef("digit"))
	VZEROUPPER()
	RET()
}
