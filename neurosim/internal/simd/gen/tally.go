package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// columnTally is the layout of simd.columnTally.
const columnTally = "func(t *struct{ cells, bits *uint32; sums, squares *float32; lines, stride, mask uint64 })"

// counted is a plane of simd.ColumnTally: what a one in it counts in the sum, in powers of
// two (less than 0: nothing), and in that of the squares.
type counted struct{ sum, square int }

// tallied lists the planes of cells of some bits: those of the bits, and those of the
// products of two, as simd.PairPlane orders them.
func tallied(planes int) (list []counted) {
	for i := range planes {
		list = append(list, counted{i, 2 * i})
	}
	for i := range planes {
		for j := i + 1; j < planes; j++ {
			list = append(list, counted{-1, i + j + 1})
		}
	}
	return list
}

// tallyColumns writes the kernel that counts sixteen columns.
func tallyColumns(planes int) {
	TEXT(fmt.Sprintf("tallyColumns%dAVX512", planes), NOSPLIT, columnTally)
	Doc(fmt.Sprintf("Adds up the digits, and their squares, of sixteen columns of cells of %d bits, for each line.", planes))
	t := Dereference(Param("t"))
	cells, bits := Load(t.Field("cells"), GP64()), Load(t.Field("bits"), GP64())
	sums, squares := Load(t.Field("sums"), GP64()), Load(t.Field("squares"), GP64())
	lines, stride := Load(t.Field("lines"), GP64()), Load(t.Field("stride"), GP64())
	lanes := K()
	KMOVW(Load(t.Field("mask"), GP64()).(reg.GP).As32(), lanes)
	kept := keptCells(cells, planes)

	Label("line")
	var inputs [words]reg.VecVirtual
	for w := range inputs {
		inputs[w] = ZMM()
		VPBROADCASTD(Mem{Base: bits, Disp: 4 * w}, inputs[w])
	}
	var sum, square total
	for k, plane := range tallied(planes) {
		var part [words]reg.VecVirtual
		for w := range part {
			part[w] = ZMM()
			VPANDD(kept(k*words+w), inputs[w], part[w])
			VPOPCNTD(part[w], part[w])
		}
		VPADDD(part[0], part[1], part[0])
		VPADDD(part[2], part[3], part[2])
		VPADDD(part[0], part[2], part[0])
		sum.add(part[0], plane.sum)
		square.add(part[0], plane.square)
	}
	for _, of := range []struct {
		total
		to reg.Register
	}{{sum, sums}, {square, squares}} {
		number := ZMM()
		VCVTDQ2PS(of.vector, number)
		VMOVUPS(number, lanes, Mem{Base: of.to})
		ADDQ(stride, of.to)
	}
	ADDQ(Imm(4*words), bits)
	DECQ(lines)
	JNZ(LabelRef("line"))
	VZEROUPPER()
	RET()
}

// keptCells keeps the words of few planes in registers, and leaves those of many in memory.
func keptCells(cells reg.Register, planes int) func(i int) Op {
	if planes > 2 {
		return func(i int) Op { return Mem{Base: cells, Disp: 64 * i} }
	}
	list := make([]reg.VecVirtual, len(tallied(planes))*words)
	for i := range list {
		list[i] = ZMM()
		VMOVDQU32(Mem{Base: cells, Disp: 64 * i}, list[i])
	}
	return func(i int) Op { return list[i] }
}

// total is a sum of what planes count.
type total struct{ vector reg.VecVirtual }

// add adds a plane's ones, each of which counts a power of two; below 0 they count nothing.
func (t *total) add(ones reg.VecVirtual, power int) {
	if power < 0 {
		return
	}
	term := ones
	if power > 0 {
		term = ZMM()
		VPSLLD(Imm(uint64(power)), ones, term)
	}
	if t.vector == nil {
		t.vector = term
		return
	}
	next := ZMM()
	VPADDD(term, t.vector, next)
	t.vector = next
}

// powers is a table of bytes: 32 times each power of two that a plane may count.
func powers() Mem {
	table := GLOBL("powerTable", attr.RODATA|attr.NOPTR)
	for power := range 7 {
		for k := range 4 {
			DATA(32*power+8*k, U64(uint64(0x0101010101010101)<<power))
		}
	}
	return table
}

// tallyColumns8 writes tallyColumns for processors with AVX2.
func tallyColumns8(planes int, table, powers Mem) {
	TEXT(fmt.Sprintf("tallyColumns%dAVX2", planes), NOSPLIT, columnTally)
	Doc(fmt.Sprintf("Adds up the digits, and their squares, of sixteen columns of cells of %d bits, for each line.", planes))
	t := Dereference(Param("t"))
	c := &counter8{planes: planes, table: table, lut: YMM(), low: YMM()}
	c.cells, c.bits = Load(t.Field("cells"), GP64()), Load(t.Field("bits"), GP64())
	VMOVDQU(table, c.lut)
	VMOVDQU(table.Offset(32), c.low)
	sums, squares := Load(t.Field("sums"), GP64()), Load(t.Field("squares"), GP64())
	lines, stride := Load(t.Field("lines"), GP64()), Load(t.Field("stride"), GP64())
	lanes := c.masksOf("t")

	Label("line")
	inputs := c.inputs(c.bits)
	for half := range 2 {
		var sum, square reg.VecVirtual // in pairs of bytes
		for k, plane := range tallied(planes) {
			ones := c.ones(inputs, k, half)
			sum = added(sum, ones, plane.sum, powers)
			square = added(square, ones, plane.square, powers)
		}
		for _, of := range []struct {
			sum reg.VecVirtual
			to  reg.Register
		}{{sum, sums}, {square, squares}} {
			VPMADDWD(table.Offset(96), of.sum, of.sum)
			VCVTDQ2PS(of.sum, of.sum)
			VMASKMOVPS(of.sum, lanes[half], Mem{Base: of.to, Disp: 32 * half})
		}
	}
	ADDQ(stride, sums)
	ADDQ(stride, squares)
	ADDQ(Imm(4*words), c.bits)
	DECQ(lines)
	JNZ(LabelRef("line"))
	VZEROUPPER()
	RET()
}

// added adds a plane's ones, byte by byte, to sums of pairs of bytes: 225 times 128 at most.
func added(sum, ones reg.VecVirtual, power int, powers Mem) reg.VecVirtual {
	if power < 0 {
		return sum
	}
	term := YMM()
	VPMADDUBSW(powers.Offset(32*power), ones, term)
	if sum != nil {
		VPADDW(sum, term, term)
	}
	return term
}
