package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A tile of sums has 16 rows of 16 columns; a product of tiles takes 64 steps of the
// depth, as many as a row of a tile has bytes.
const (
	tileRows = 16
	tileLine = 64
)

// gridTiles is the kernel of a grid for processors that multiply tiles: some tiles of
// lines, one below the other, by some panels of columns.
type gridTiles struct {
	high, wide int
	x, w       [2]reg.GPPhysical // of each row, each column of tiles
	step, line reg.GPPhysical    // bytes from one row to the next, of x and of w
	out, at    reg.GPPhysical
	stride     reg.GPPhysical // of out
}

func (gridTiles) sum(row, column int) amxTile { return amxTile(2*row + column) }

func (gridTiles) lines(row int) amxTile { return amxTile(4 + row) }

func (gridTiles) columns(column int) amxTile { return amxTile(6 + column) }

// writeGridTiles writes the kernel of such a shape. The last row of tiles may be a low
// one: the shapes of the tiles come with what is to be multiplied.
func writeGridTiles(high, wide int) {
	TEXT(fmt.Sprintf("gridAMX_%dx%d", high, wide), NOSPLIT, gridTile)
	Doc("Continues sums of products of whole numbers, of tiles one below the other.")
	k := gridTiles{
		high: high, wide: wide, x: [2]reg.GPPhysical{reg.RAX, reg.RDI}, w: [2]reg.GPPhysical{reg.R9, reg.R10},
		step: reg.RCX, line: reg.RDX, out: reg.RSI, at: reg.R11, stride: reg.R8,
	}
	t := Dereference(Param("t"))
	field := func(name string) reg.Register { return Load(t.Field(name), GP64()) }
	Load(t.Field("shapes"), k.at)
	tileConfig(k.at)
	Load(t.Field("stepX"), k.step)
	Load(t.Field("stride"), k.stride)
	Load(t.Field("out"), k.out)
	MOVQ(U32(tileLine), k.line)
	begin, panels := field("x"), field("panels")

	Label("panel")
	k.begin(field("load"))
	MOVQ(begin, k.x[0])
	if high == 2 {
		MOVQ(k.step, k.x[1])
		SHLQ(Imm(4), k.x[1])
		ADDQ(begin, k.x[1])
	}
	Load(t.Field("w"), k.w[0])
	if wide == 2 {
		Load(t.Field("nextW"), k.w[1])
		ADDQ(k.w[0], k.w[1])
	}
	k.products(field("groups"))
	k.finish(field("last"), field("room"), field("height"))
	lines := GP64()
	MOVQ(k.step, lines)
	SHLQ(Imm(uint64(3+high)), lines) // sixteen or thirty-two of them
	ADDQ(lines, begin)
	DECQ(panels)
	JNZ(LabelRef("panel"))
	tileRelease()
	VZEROUPPER()
	RET()
}

// each visits the tiles of sums, with where they lie in at: some bytes from one row to the
// next behind a place.
func (k gridTiles) each(place, step reg.GPPhysical, visit func(sum amxTile)) {
	MOVQ(place, k.at)
	for row := range k.high {
		visit(k.sum(row, 0))
		if k.wide == 2 {
			ADDQ(Imm(4*tileRows), k.at)
			visit(k.sum(row, 1))
		}
		if row+1 < k.high {
			MOVQ(step, k.at)
			SHLQ(Imm(4), k.at)
			ADDQ(place, k.at)
		}
	}
}

// begin takes the sums so far, or zeros.
func (k gridTiles) begin(load reg.Register) {
	TESTQ(load, load)
	JNZ(LabelRef("load"))
	for row := range k.high {
		for column := range k.wide {
			tileZero(k.sum(row, column))
		}
	}
	JMP(LabelRef("begun"))
	Label("load")
	k.each(k.out, k.stride, func(sum amxTile) { tileLoad(sum, k.at, k.stride) })
	Label("begun")
}

// products adds the products of all steps.
func (k gridTiles) products(groups reg.Register) {
	Label("group")
	for column := range k.wide {
		tileLoad(k.columns(column), k.w[column], k.line)
	}
	for row := range k.high {
		tileLoad(k.lines(row), k.x[row], k.step)
		for column := range k.wide {
			tileProductSS(k.sum(row, column), k.lines(row), k.columns(column))
		}
	}
	for row := range k.high {
		ADDQ(Imm(tileLine), k.x[row])
	}
	for column := range k.wide {
		ADDQ(U32(tileRows*tileLine), k.w[column])
	}
	DECQ(groups)
	JNZ(LabelRef("group"))
}

// finish stores the sums, in the end as numbers, and goes on to the rows below. Whole
// numbers are made others in room of their own, as rows of the product may lie so that
// they share few places in the first cache.
func (k gridTiles) finish(last, room, rows reg.Register) {
	TESTQ(last, last)
	JNZ(LabelRef("last"))
	k.each(k.out, k.stride, func(sum amxTile) { tileStore(sum, k.at, k.stride) })
	MOVQ(k.stride, k.at)
	IMULQ(rows, k.at)
	ADDQ(k.at, k.out)
	JMP(LabelRef("done"))

	Label("last")
	by := ZMM()
	place, err := Dereference(Param("t")).Field("scale").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(place.Addr, by)
	from, step := k.w[0], k.x[0] // free by now
	MOVQ(room, from)
	MOVQ(U32(uint32(tileLine*k.wide)), step)
	k.each(from, step, func(sum amxTile) { tileStore(sum, k.at, step) })
	Label("row")
	for column := range k.wide {
		v := ZMM()
		VCVTDQ2PS(Mem{Base: from, Disp: 64 * column}, v)
		VMULPS(by, v, v)
		VMOVUPS(v, Mem{Base: k.out, Disp: 64 * column})
	}
	ADDQ(step, from)
	ADDQ(k.stride, k.out)
	DECQ(rows)
	JNZ(LabelRef("row"))
	Label("done")
}
