package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tableRead is the layout of simd.tableRead.
const tableRead = "func(t *struct{ tables, index *uint8; offsets, steps, out *float32; groups, octets, columns, stride uint64; highest float32 })"

const nibblesOf = 32 // fours of rows

// tableSums is, in pairs of bytes, the sums of 64 lanes while their rows are looked up:
// those of lanes 0 to 7 and 16 to 23 of each half in low, of the others in high.
type tableSums struct{ low, high [2]reg.VecVirtual }

// lookUpRows writes the look-ups of one column's tables for eight lines' eight digits.
// As many rows are added up as bytes can hold, and then taken to pairs of bytes.
func lookUpRows(planes int, tables, index reg.Register, ones Mem) (sums tableSums) {
	each := min(nibblesOf/2, 1<<(8-planes)/4) // look-ups whose sum a byte holds
	for first := 0; first < nibblesOf; first += 2 * each {
		var part [2][2]reg.VecVirtual
		for s := range part {
			for n := first + s*each; n < first+(s+1)*each; n++ {
				table := YMM()
				VBROADCASTI128(Mem{Base: tables, Disp: 16 * n}, table)
				for i := range part[s] {
					if part[s][i] == nil {
						part[s][i] = YMM()
						VPSHUFB(Mem{Base: index, Disp: 64*n + 32*i}, table, part[s][i])
						continue
					}
					found := YMM()
					VPSHUFB(Mem{Base: index, Disp: 64*n + 32*i}, table, found)
					VPADDB(found, part[s][i], part[s][i])
				}
			}
		}
		for i := range sums.low {
			low, high := YMM(), YMM()
			VPUNPCKLBW(part[1][i], part[0][i], low)
			VPUNPCKHBW(part[1][i], part[0][i], high)
			VPMADDUBSW(ones, low, low)
			VPMADDUBSW(ones, high, high)
			if first == 0 {
				sums.low[i], sums.high[i] = low, high
				continue
			}
			VPADDW(low, sums.low[i], sums.low[i])
			VPADDW(high, sums.high[i], sums.high[i])
		}
	}
	return sums
}

// lanes is the sums of one of eight digits as numbers.
func (s tableSums) lanes(digit int) reg.VecVirtual {
	pairs := s.low[digit/4]
	if digit%2 == 1 {
		pairs = s.high[digit/4]
	}
	sum := YMM()
	if digit%4 < 2 {
		VPMOVZXWD(pairs.AsX(), sum)
	} else {
		upper := XMM()
		VEXTRACTI128(Imm(1), pairs, upper)
		VPMOVZXWD(upper, sum)
	}
	VCVTDQ2PS(sum, sum)
	return sum
}

// readTables writes the kernel that reads columns by tables of four rows.
func readTables(planes int, table Mem) {
	TEXT(fmt.Sprintf("readTables%dAVX2", planes), NOSPLIT, tableRead)
	Doc(fmt.Sprintf("Reads columns of cells of %d bits, for eight lines at once and each digit.", planes))
	s := Dereference(Param("t"))
	tables, outs := Load(s.Field("tables"), GP64()), Load(s.Field("out"), GP64())
	columns, stride := Load(s.Field("columns"), GP64()), Load(s.Field("stride"), GP64())
	index, offsets, steps, out := GP64(), GP64(), GP64(), GP64()
	groups, octets := GP64(), GP64()

	Label("column")
	Load(s.Field("index"), index)
	Load(s.Field("offsets"), offsets)
	Load(s.Field("groups"), groups)
	MOVQ(outs, out)
	Label("group")
	total := YMM()
	VMOVUPS(Mem{Base: out}, total)
	Load(s.Field("steps"), steps)
	Load(s.Field("octets"), octets)
	Label("octet")
	sums := lookUpRows(planes, tables, index, table.Offset(64))
	highest, zero := number("t", "highest"), YMM()
	VXORPS(zero, zero, zero)
	for digit := range 8 {
		code := sums.lanes(digit)
		VFMADD213PS(Mem{Base: offsets, Disp: 32 * digit}, broadcast(Mem{Base: steps, Disp: 8 * digit}), code)
		VROUNDPS(Imm(nearest), code, code)
		VMAXPS(zero, code, code)
		VMINPS(highest, code, code)
		VFMADD231PS(broadcast(Mem{Base: steps, Disp: 8*digit + 4}), code, total)
	}
	ADDQ(U32(64*nibblesOf), index)
	ADDQ(U32(256), offsets)
	ADDQ(Imm(64), steps)
	DECQ(octets)
	JNZ(LabelRef("octet"))
	VADDPS(Mem{Base: offsets}, total, total)
	ADDQ(Imm(32), offsets)
	VMOVUPS(total, Mem{Base: out})
	ADDQ(Imm(32), out)
	DECQ(groups)
	JNZ(LabelRef("group"))
	ADDQ(U32(16*nibblesOf), tables)
	ADDQ(stride, outs)
	DECQ(columns)
	JNZ(LabelRef("column"))
	VZEROUPPER()
	RET()
}
