package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// gridTile is the layout of simd.gridTile.
const gridTile = "func(t *struct{ x, w, out, start *float32; groups, stepX, stride, panels, load, last uint64; scale float32; shapes *byte; nextW, height uint64; room *int32 })"

// ones writes sixteen ones of 16 bits, and says where.
func ones() Mem {
	table := GLOBL("gridOnes", attr.RODATA|attr.NOPTR)
	for i := range 4 {
		DATA(8*i, U64(0x0001000100010001))
	}
	return table
}

// gridOrder writes the order in which eight fours lie after they were narrowed.
func gridOrder() Mem {
	table := GLOBL("gridOrder", attr.RODATA|attr.NOPTR)
	for i, place := range []uint32{0, 4, 1, 5, 2, 6, 3, 7} {
		DATA(4*i, U32(place))
	}
	return table
}

// gridKernel writes the kernel that multiplies whole numbers of 8 bits: height lines of
// x and sixteen columns of w, of which groups of quads of steps are added up in 16 bits.
type gridKernel struct {
	height, group int
	ones          Mem
	x, w, out     reg.Register
	start         reg.Register
	stepX, stride reg.Register
	sum           [][2]reg.VecVirtual
}

func grid(height, group int, ones Mem) {
	TEXT(fmt.Sprintf("gridAVX2_%dx%d", height, group), NOSPLIT, gridTile)
	Doc("Continues sums of products of whole numbers, of tiles one below the other.")
	t := Dereference(Param("t"))
	field := func(name string) reg.Register { return Load(t.Field(name), GP64()) }
	k := &gridKernel{
		height: height, group: group, ones: ones, x: field("x"), w: field("w"), out: field("out"),
		start: field("start"), stepX: field("stepX"), stride: field("stride"),
	}
	for range height {
		k.sum = append(k.sum, [2]reg.VecVirtual{YMM(), YMM()})
	}
	panels := field("panels")
	Label("panel")
	k.begin(field("load"))
	k.groups(field("groups"))
	k.finish(field("last"))
	for range height {
		ADDQ(k.stepX, k.x)
	}
	ADDQ(Imm(uint64(4*height)), k.start)
	DECQ(panels)
	JNZ(LabelRef("panel"))
	VZEROUPPER()
	RET()
}

// begin takes the sums so far, or what they start from.
func (k *gridKernel) begin(load reg.Register) {
	TESTQ(load, load)
	JNZ(LabelRef("load"))
	for i, row := range k.sum {
		VPBROADCASTD(Mem{Base: k.start, Disp: 4 * i}, row[0])
		VMOVDQA(row[0], row[1])
	}
	JMP(LabelRef("begun"))
	Label("load")
	out := GP64()
	MOVQ(k.out, out)
	for _, row := range k.sum {
		VMOVDQU(Mem{Base: out}, row[0])
		VMOVDQU(Mem{Base: out, Disp: 32}, row[1])
		ADDQ(k.stride, out)
	}
	Label("begun")
}

// groups adds the products of all groups.
func (k *gridKernel) groups(count reg.Register) {
	x, w := GP64(), GP64()
	MOVQ(k.x, x)
	MOVQ(k.w, w)
	Label("group")
	short := make([][2]reg.VecVirtual, k.height)
	for q := range k.group {
		columns := [2]reg.VecVirtual{YMM(), YMM()}
		for v := range columns {
			VMOVDQU(Mem{Base: w, Disp: 64*q + 32*v}, columns[v])
		}
		for i := range k.height {
			four := YMM()
			m := Mem{Base: x, Disp: 4 * q}
			if i > 0 {
				m.Index, m.Scale = k.stepX, uint8(i)
			}
			VPBROADCASTD(m, four)
			for v := range columns {
				pairs := YMM()
				VPMADDUBSW(four, columns[v], pairs)
				if q > 0 {
					VPADDW(pairs, short[i][v], short[i][v])
				} else {
					short[i][v] = pairs
				}
			}
		}
	}
	for i, row := range short {
		for v := range row {
			VPMADDWD(k.ones, row[v], row[v])
			VPADDD(row[v], k.sum[i][v], k.sum[i][v])
		}
	}
	ADDQ(Imm(uint64(4*k.group)), x)
	ADDQ(U32(64*k.group), w)
	DECQ(count)
	JNZ(LabelRef("group"))
}

// finish stores the sums, in the end as numbers times the scale.
func (k *gridKernel) finish(last reg.Register) {
	TESTQ(last, last)
	JZ(LabelRef("store"))
	scale := number("t", "scale")
	for _, row := range k.sum {
		for v := range row {
			VCVTDQ2PS(row[v], row[v])
			VMULPS(scale, row[v], row[v])
		}
	}
	Label("store")
	for _, row := range k.sum {
		VMOVDQU(row[0], Mem{Base: k.out})
		VMOVDQU(row[1], Mem{Base: k.out, Disp: 32})
		ADDQ(k.stride, k.out)
	}
}

// toGrid writes the kernel that takes numbers to whole ones of 8 bits.
func toGrid(ones, places Mem) {
	TEXT("toGridAVX2", NOSPLIT, "func(b *struct{ from, to *float32; blocks uint64; scale, most float32; offset uint32; bad, sum [8]uint32 })")
	Doc("Takes blocks of thirty-two numbers to whole ones, adds those up, and marks what is none.")
	g := Load(Param("b"), GP64())
	from, to, blocks := GP64(), GP64(), GP64()
	MOVQ(Mem{Base: g}, from)
	MOVQ(Mem{Base: g, Disp: 8}, to)
	MOVQ(Mem{Base: g, Disp: 16}, blocks)
	scale, offset, order, sum, bad, top, sign := YMM(), YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	VBROADCASTSS(Mem{Base: g, Disp: 24}, scale)
	VPBROADCASTD(Mem{Base: g, Disp: 32}, offset)
	VMOVDQU(places, order)
	VPXOR(sum, sum, sum)
	VPXOR(bad, bad, bad)
	VPXOR(top, top, top)
	VPCMPEQD(sign, sign, sign)
	VPSRLD(Imm(1), sign, sign)

	Label("block")
	var whole [4]reg.VecVirtual
	for i := range whole {
		value, back := YMM(), YMM()
		whole[i] = YMM()
		VMULPS(Mem{Base: from, Disp: 32 * i}, scale, value)
		VCVTPS2DQ(value, whole[i])
		VCVTDQ2PS(whole[i], back)
		VCMPPS(Imm(4), value, back, back) // not equal, or not a number
		VORPS(back, bad, bad)
		VANDPS(sign, value, value)
		VMAXPS(value, top, top)
	}
	VPACKSSDW(whole[1], whole[0], whole[0])
	VPACKSSDW(whole[3], whole[2], whole[2])
	VPACKSSWB(whole[2], whole[0], whole[0])
	VPERMD(whole[0], order, whole[0])
	unit, pairs := YMM(), YMM()
	VPCMPEQD(unit, unit, unit)
	VPABSB(unit, unit)
	VPMADDUBSW(whole[0], unit, pairs)
	VPMADDWD(ones, pairs, pairs)
	VPADDD(pairs, sum, sum)
	VPADDB(offset, whole[0], whole[0])
	VMOVDQU(whole[0], Mem{Base: to})
	ADDQ(Imm(128), from)
	ADDQ(Imm(32), to)
	DECQ(blocks)
	JNZ(LabelRef("block"))

	most := YMM()
	VBROADCASTSS(Mem{Base: g, Disp: 28}, most)
	VCMPPS(Imm(1), top, most, top) // most < top
	VORPS(top, bad, bad)
	VMOVDQU(bad, Mem{Base: g, Disp: 36})
	VMOVDQU(sum, Mem{Base: g, Disp: 68})
	VZEROUPPER()
	RET()
}

// foursToGrid writes the kernel that takes sixteen columns to whole numbers of 8 bits, four
// steps of a column side by side.
func foursToGrid() {
	TEXT("foursToGridAVX2", NOSPLIT, "func(b *struct{ from, to *float32; fours, stepFrom uint64; scale, most float32; offset uint32; bad [8]uint32 })")
	Doc("Takes fours of steps of sixteen columns to whole numbers, and marks what is none.")
	b := Load(Param("b"), GP64())
	from, to, fours, step := GP64(), GP64(), GP64(), GP64()
	MOVQ(Mem{Base: b}, from)
	MOVQ(Mem{Base: b, Disp: 8}, to)
	MOVQ(Mem{Base: b, Disp: 16}, fours)
	MOVQ(Mem{Base: b, Disp: 24}, step)
	scale, offset, bad, top, sign, low := YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	VBROADCASTSS(Mem{Base: b, Disp: 32}, scale)
	VPBROADCASTD(Mem{Base: b, Disp: 40}, offset)
	VPXOR(bad, bad, bad)
	VPXOR(top, top, top)
	VPCMPEQD(sign, sign, sign)
	VPSRLD(Imm(24), sign, low)
	VPSRLD(Imm(1), sign, sign)

	Label("four")
	var all [2]reg.VecVirtual
	for row := range 4 {
		for v := range all {
			value, whole, back := YMM(), YMM(), YMM()
			VMULPS(Mem{Base: from, Disp: 32 * v}, scale, value)
			VCVTPS2DQ(value, whole)
			VCVTDQ2PS(whole, back)
			VCMPPS(Imm(4), value, back, back) // not equal, or not a number
			VORPS(back, bad, bad)
			VANDPS(sign, value, value)
			VMAXPS(value, top, top)
			VPADDD(offset, whole, whole)
			VPAND(low, whole, whole)
			if row == 0 {
				all[v] = whole
				continue
			}
			VPSLLD(Imm(uint64(8*row)), whole, whole)
			VPOR(whole, all[v], all[v])
		}
		ADDQ(step, from)
	}
	VMOVDQU(all[0], Mem{Base: to})
	VMOVDQU(all[1], Mem{Base: to, Disp: 32})
	ADDQ(Imm(64), to)
	DECQ(fours)
	JNZ(LabelRef("four"))

	most := YMM()
	VBROADCASTSS(Mem{Base: b, Disp: 36}, most)
	VCMPPS(Imm(1), top, most, top) // most < top
	VORPS(top, bad, bad)
	VMOVDQU(bad, Mem{Base: b, Disp: 44})
	VZEROUPPER()
	RET()
}
