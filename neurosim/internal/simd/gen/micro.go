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

var (
	avx512 = family{name: "AVX512", rows: 14, lanes: 16, slot: 16, vector: ZMM, masked: true}
	avx2   = family{name: "AVX2", rows: 6, lanes: 8, slot: 8, vector: YMM}
)

// tile is the layout of simd.tile, spelt out because the generator does not see it.
const tile = "func(t *struct{ a, b, c *float32; depth, stepB, stride, load, mask uint64 })"

// micro writes the kernel of a tile of height rows and width vectors.
func (f family) micro(height, width int) {
	TEXT(fmt.Sprintf("micro%s_%dx%d", f.name, height, width*f.lanes), NOSPLIT, tile)
	Doc("Continues the chains of one tile of c by depth steps.")
	k := f.kernel(height, width)
	k.begin()
	k.steps()
	k.finish()
	VZEROUPPER()
	RET()
}

// kernel is a micro-kernel while it is written.
type kernel struct {
	family
	height, width int
	sum           [][]reg.VecVirtual
	a, b, c       reg.Register
	depth         reg.GPVirtual
	stepB, stride reg.GPVirtual
	masks         []reg.OpmaskVirtual
}

func (f family) kernel(height, width int) *kernel {
	k := &kernel{family: f, height: height, width: width, sum: make([][]reg.VecVirtual, height)}
	for i := range k.sum {
		for range width {
			k.sum[i] = append(k.sum[i], f.vector())
		}
	}
	t := Dereference(Param("t"))
	k.a, k.b, k.c = Load(t.Field("a"), GP64()), Load(t.Field("b"), GP64()), Load(t.Field("c"), GP64())
	k.depth, k.stepB, k.stride = GP64(), GP64(), GP64()
	Load(t.Field("depth"), k.depth)
	Load(t.Field("stepB"), k.stepB)
	Load(t.Field("stride"), k.stride)
	if f.masked {
		mask := GP64()
		Load(t.Field("mask"), mask)
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
	load := GP64()
	Load(Dereference(Param("t")).Field("load"), load)
	TESTQ(load, load)
	JZ(LabelRef("start"))
	k.rows(func(i, v int, c Mem) {
		if k.masked {
			VMOVUPS_Z(c, k.masks[v], k.sum[i][v])
		} else {
			VMOVUPS(c, k.sum[i][v])
		}
	})
	Label("start")
}

// steps adds a's column times b's row, once for each step of depth.
func (k *kernel) steps() {
	TESTQ(k.depth, k.depth)
	JZ(LabelRef("end"))
	b := []reg.VecVirtual{k.vector(), k.vector()}[:k.width]
	a := []reg.VecVirtual{k.vector(), k.vector()}
	Label("step")
	for v := range b {
		VMOVUPS(Mem{Base: k.b, Disp: 4 * k.lanes * v}, b[v])
	}
	for i, row := range k.sum {
		VBROADCASTSS(Mem{Base: k.a, Disp: 4 * i}, a[i%2])
		for v, sum := range row {
			VFMADD231PS(b[v], a[i%2], sum)
		}
	}
	ADDQ(Imm(uint64(4*k.slot)), k.a)
	ADDQ(k.stepB, k.b)
	DECQ(k.depth)
	JNZ(LabelRef("step"))
	Label("end")
}

// finish stores the chains.
func (k *kernel) finish() {
	k.rows(func(i, v int, c Mem) {
		if k.masked {
			VMOVUPS(k.sum[i][v], k.masks[v], c)
		} else {
			VMOVUPS(k.sum[i][v], c)
		}
	})
}

// rows visits the vectors of the tile in c.
func (k *kernel) rows(visit func(i, v int, c Mem)) {
	c := GP64()
	MOVQ(k.c, c)
	for i := range k.height {
		for v := range k.width {
			visit(i, v, Mem{Base: c, Disp: 4 * k.lanes * v})
		}
		if i < k.height-1 {
			ADDQ(k.stride, c)
		}
	}
}
