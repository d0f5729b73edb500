package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// tallestGrid is the lines of the highest tile of gridVNNI: enough sums that none waits
// for the one before it.
const tallestGrid = 16

// foursAtOnce is the fours of steps that are written one after the other.
const foursAtOnce = 4

// lineSteps reaches the lines of a tile from few registers: line i lies a base of lines and
// a scaled multiple of lines behind the first.
type lineSteps struct {
	bases    map[int]reg.Register
	multiple map[int]reg.Register
}

// reach finds a base, a multiple and a scale that make line i.
func reach(i int) (base, multiple, scale int) {
	for _, base := range []int{0, 2, 7} {
		if i == base {
			return base, 0, 0
		}
		for _, multiple := range []int{1, 3} {
			for scale := 1; scale <= 8; scale *= 2 {
				if base+multiple*scale == i {
					return base, multiple, scale
				}
			}
		}
	}
	panic("gen: a line out of reach")
}

func (l lineSteps) line(i int) Mem {
	base, multiple, scale := reach(i)
	m := Mem{Base: l.bases[base]}
	if scale > 0 {
		m.Index, m.Scale = l.multiple[multiple], uint8(scale)
	}
	return m
}

// newLineSteps begins at x, for so many lines with a step from one to the next.
func newLineSteps(x, step reg.Register, height int) lineSteps {
	l := lineSteps{map[int]reg.Register{}, map[int]reg.Register{1: step, 3: GP64()}}
	LEAQ(Mem{Base: step, Index: step, Scale: 2}, l.multiple[3])
	for i := range height {
		base, _, _ := reach(i)
		if l.bases[base] != nil {
			continue
		}
		l.bases[base] = GP64()
		from := map[int]Mem{
			0: {Base: x}, 2: {Base: x, Index: step, Scale: 2},
			7: {Base: x, Index: step, Scale: 1}, // and twice three
		}
		LEAQ(from[base], l.bases[base])
		if base == 7 {
			LEAQ(Mem{Base: l.bases[7], Index: l.multiple[3], Scale: 2}, l.bases[7])
		}
	}
	return l
}

// gridVNNI writes grid for processors that add up products of fours of bytes.
func gridVNNI(height int) {
	TEXT(fmt.Sprintf("gridVNNI_%d", height), NOSPLIT, gridTile)
	Doc("Continues sums of products of whole numbers, of tiles one below the other.")
	t := Dereference(Param("t"))
	field := func(name string) reg.Register { return Load(t.Field(name), GP64()) }
	x, start, out := field("x"), field("start"), field("out")
	step, stride, panels := field("stepX"), field("stride"), field("panels")
	var sum []reg.VecVirtual
	for range height {
		sum = append(sum, ZMM())
	}
	rows := func(each func(v reg.VecVirtual, at Mem)) {
		at := GP64()
		MOVQ(out, at)
		for _, v := range sum {
			each(v, Mem{Base: at})
			ADDQ(stride, at)
		}
	}

	Label("panel")
	load := field("load")
	TESTQ(load, load)
	JNZ(LabelRef("load"))
	for i, v := range sum {
		VPBROADCASTD(Mem{Base: start, Disp: 4 * i}, v)
	}
	JMP(LabelRef("begun"))
	Label("load")
	rows(func(v reg.VecVirtual, at Mem) { VMOVDQU32(at, v) })
	Label("begun")

	lines, w, groups := newLineSteps(x, step, height), field("w"), field("groups")
	Label("group")
	for q := range foursAtOnce {
		columns := ZMM()
		VMOVDQU32(Mem{Base: w, Disp: 64 * q}, columns)
		for i, v := range sum {
			VPDPBUSD_BCST(lines.line(i).Offset(4*q), columns, v)
		}
	}
	for _, base := range []int{0, 2, 7} {
		if at := lines.bases[base]; at != nil {
			ADDQ(Imm(4*foursAtOnce), at)
		}
	}
	ADDQ(U32(64*foursAtOnce), w)
	DECQ(groups)
	JNZ(LabelRef("group"))

	last := field("last")
	TESTQ(last, last)
	JZ(LabelRef("store"))
	place, err := t.Field("scale").Resolve()
	if err != nil {
		panic(err)
	}
	for _, v := range sum {
		VCVTDQ2PS(v, v)
		VMULPS_BCST(place.Addr, v, v)
	}
	Label("store")
	rows(func(v reg.VecVirtual, at Mem) { VMOVDQU32(v, at) })
	for range height {
		ADDQ(step, x)
		ADDQ(stride, out)
	}
	ADDQ(Imm(uint64(4*height)), start)
	DECQ(panels)
	JNZ(LabelRef("panel"))
	VZEROUPPER()
	RET()
}
