package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// family is one instruction set's way to multiply a tile.
type family struct {
	name string

	// rows is the greatest height of a tile: as many rows of two vectors as fit
	// the registers beside two vectors of b and two broadcast elements of a.
	rows int

	lanes  int // float32 in a vector, and the width of a slot of a per step
	slot   int // float32 that the packed a holds for each step of the chain
	vector func() reg.VecVirtual
	masked bool
}

// unroll is the steps that are written one after the other.
const unroll = 4

var (
	avx512 = family{name: "AVX512", rows: 14, lanes: 16, slot: 16, vector: ZMM, masked: true}
	avx2   = family{name: "AVX2", rows: 6, lanes: 8, slot: 8, vector: YMM}
)

// tile is the layout of simd.tile, spelt out because the generator does not see it.
const tile = "func(t *struct{ a, b, c *float32; depth, stepB, stride, load, mask, panels, nextA, lineA uint64 })"

// micro writes the kernel of tiles of height rows and width vectors, one below the
// other. A direct one reads rows of a that lie lineA bytes apart, the other a panel.
func (f family) micro(height, width int, direct bool) {
	kind := ""
	if direct {
		kind = "Direct"
	}
	TEXT(fmt.Sprintf("micro%s%s_%dx%d", f.name, kind, height, width*f.lanes), NOSPLIT, tile)
	Doc("Continues the chains of tiles of c, one below the other, by depth steps.")
	k := f.kernel(height, width, direct)
	Label("panel")
	k.begin()
	k.steps()
	k.finish()
	ADDQ(k.field("nextA"), k.a)
	DECQ(k.panels)
	JNZ(LabelRef("panel"))
	VZEROUPPER()
	RET()
}

// kernel is a micro-kernel while it is written.
type kernel struct {
	family
	height, width int
	inPlace       bool // a is
	sum           [][]reg.VecVirtual
	a, c          reg.Register
	stepB, stride reg.GPVirtual
	panels        reg.GPVirtual
	lineA         reg.GPVirtual
	masks         []reg.OpmaskVirtual
}

func (f family) kernel(height, width int, direct bool) *kernel {
	k := &kernel{family: f, height: height, width: width, inPlace: direct, sum: make([][]reg.VecVirtual, height)}
	for i := range k.sum {
		for range width {
			k.sum[i] = append(k.sum[i], f.vector())
		}
	}
	k.a, k.c = k.field("a"), k.field("c")
	k.stepB, k.stride, k.panels = k.field("stepB"), k.field("stride"), k.field("panels")
	if direct && height > 1 {
		k.lineA = k.field("lineA")
	}
	if f.masked {
		mask := k.field("mask")
		for v := range width {
			if v > 0 {
				SHRQ(Imm(16), mask)
			}
			k.masks = append(k.masks, K())
			KMOVW(mask.As32(), k.masks[v])
		}
	}
	return k
}

// field loads a field of the tile.
func (k *kernel) field(name string) reg.GPVirtual {
	r := GP64()
	Load(Dereference(Param("t")).Field(name), r)
	return r
}

// begin starts the chains at zero, or at c when an earlier block of the chains
// lies there.
func (k *kernel) begin() {
	for _, row := range k.sum {
		for _, sum := range row {
			if k.masked {
				VPXORD(sum, sum, sum)
			} else {
				VXORPS(sum, sum, sum)
			}
		}
	}
	load := k.field("load")
	TESTQ(load, load)
	JZ(LabelRef("start"))
	c := GP64()
	MOVQ(k.c, c)
	k.rows(c, func(i, v int, c Mem) {
		if k.masked {
			VMOVUPS_Z(c, k.masks[v], k.sum[i][v])
		} else {
			VMOVUPS(c, k.sum[i][v])
		}
	})
	k.fetchBelow(c)
	Label("start")
}

// fetchBelow asks for the chains of the tile below, of which c is the row above, so that
// they have come when it begins.
func (k *kernel) fetchBelow(c reg.Register) {
	for range k.height {
		ADDQ(k.stride, c)
		for v := range k.width {
			PREFETCHT0(Mem{Base: c, Disp: 4 * k.lanes * v})
		}
	}
}

// steps adds a's column times b's row, once for each step of depth: as many as are
// unrolled at once, and then those that are left.
func (k *kernel) steps() {
	count := k.field("depth")
	at := k.places()
	SUBQ(Imm(unroll), count)
	JL(LabelRef("rest"))
	Label("steps")
	for step := range unroll {
		k.step(at, step)
	}
	at.advance(unroll)
	SUBQ(Imm(unroll), count)
	JGE(LabelRef("steps"))
	Label("rest")
	ADDQ(Imm(unroll), count)
	JZ(LabelRef("end"))
	Label("step")
	k.step(at, 0)
	at.advance(1)
	DECQ(count)
	JNZ(LabelRef("step"))
	Label("end")
}

// step adds a's column times b's row.
func (k *kernel) step(at *places, step int) {
	b := []reg.VecVirtual{k.vector(), k.vector()}[:k.width]
	a := []reg.VecVirtual{k.vector(), k.vector()}
	for v := range b {
		VMOVUPS(at.rowOfB(step, v), b[v])
	}
	for i, row := range k.sum {
		VBROADCASTSS(at.elementOfA(step, i), a[i%2])
		for v, sum := range row {
			VFMADD231PS(b[v], a[i%2], sum)
		}
	}
}

// finish stores the chains, and goes on to the rows below.
func (k *kernel) finish() {
	k.rows(k.c, func(i, v int, c Mem) {
		if k.masked {
			VMOVUPS(k.sum[i][v], k.masks[v], c)
		} else {
			VMOVUPS(k.sum[i][v], c)
		}
	})
	ADDQ(k.stride, k.c)
}

// rows visits the vectors of the tile in c, and leaves c at the last row.
func (k *kernel) rows(c reg.Register, visit func(i, v int, c Mem)) {
	for i := range k.height {
		for v := range k.width {
			visit(i, v, Mem{Base: c, Disp: 4 * k.lanes * v})
		}
		if i < k.height-1 {
			ADDQ(k.stride, c)
		}
	}
}

// places are where a tile's steps are read from.
type places struct {
	*kernel
	a      []reg.GPVirtual // a panel, or every third row of those in place
	b      reg.GPVirtual
	threeB reg.GPVirtual // three steps of b
}

// places starts at the first step of a panel.
func (k *kernel) places() *places {
	p := &places{kernel: k, b: k.field("b"), threeB: GP64()}
	LEAQ(Mem{Base: k.stepB, Index: k.stepB, Scale: 2}, p.threeB)
	first := GP64()
	MOVQ(k.a, first)
	p.a = []reg.GPVirtual{first}
	for i := 3; k.inPlace && i < k.height; i += 3 {
		next := GP64()
		LEAQ(Mem{Base: p.a[len(p.a)-1], Index: k.lineA, Scale: 2}, next)
		ADDQ(k.lineA, next)
		p.a = append(p.a, next)
	}
	return p
}

func (p *places) advance(steps int) {
	each := uint64(4 * p.slot)
	if p.inPlace {
		each = 4
	}
	for _, a := range p.a {
		ADDQ(U32(each*uint64(steps)), a)
	}
	if steps == 1 {
		ADDQ(p.stepB, p.b)
	} else {
		LEAQ(Mem{Base: p.b, Index: p.stepB, Scale: uint8(steps)}, p.b)
	}
}

// rowOfB is vector v of b, some steps on.
func (p *places) rowOfB(step, v int) Mem {
	m := Mem{Base: p.b, Disp: 4 * p.lanes * v}
	switch step {
	case 1, 2:
		m.Index, m.Scale = p.stepB, uint8(step)
	case 3:
		m.Index, m.Scale = p.threeB, 1
	}
	return m
}

// elementOfA is that of row i, some steps on.
func (p *places) elementOfA(step, i int) Mem {
	if !p.inPlace {
		return Mem{Base: p.a[0], Disp: 4 * (i + p.slot*step)}
	}
	m := Mem{Base: p.a[i/3], Disp: 4 * step}
	if i%3 > 0 {
		m.Index, m.Scale = p.lineA, uint8(i%3)
	}
	return m
}
