package simd

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"unsafe"
)

// tileShape is the shape of reads by tiles.
type tileShape struct{ planes, digits, columns, lines int }

const kindsOfTiles = 3

// reads returns reads by tiles, and those of columns that must give the same bits.
func (s tileShape) reads() (*TileRead, []*ColumnRead) {
	chunk := tileDigits / tilePadded(s.digits)
	blocks := ceil(s.columns, ColumnBlock)
	t := &TileRead{
		Digits: s.digits, Highest: 31, Stride: s.columns + 3, Lines: s.lines, Columns: s.columns, Kinds: kindsOfTiles,
		Inputs: make(Tiles, ceil(s.lines, chunk)*TileChunk), Cells: make(Tiles, blocks*kindsOfTiles*TileCells),
		Out: make([]float32, (s.columns+3)*s.lines),
	}
	first := columnTrial(s.planes, s.lines, s.digits, 16)
	for line := range s.lines {
		words := first.Bits[line*s.digits*ColumnWords:][:s.digits*ColumnWords]
		t.Inputs[line/chunk*TileChunk:].FillDigits(line%chunk, words)
	}
	for kind := range kindsOfTiles {
		base := columnTrial(s.planes, s.lines, s.digits+kind, 16)
		t.Kind(kind, base.Offsets[:s.lines*(s.digits+1)], base.Steps[:2*s.digits])
	}
	var list []*ColumnRead
	for i := range blocks * kindsOfTiles {
		block, kind := i/kindsOfTiles, i%kindsOfTiles
		c := columnTrial(s.planes, s.lines+i, s.digits, min(16, s.columns-16*block))
		c.Lines, c.Bits, c.Offsets, c.Steps = s.lines, first.Bits, t.kinds[kind].offsets, t.kinds[kind].steps
		c.Stride, c.Out = t.Stride, t.Out[block*16:]
		list = append(list, c)
		t.Cells[i*TileCells:].FillColumns(c.levels())
	}
	return t, list
}

// levels is the digits of the cells.
func (c *ColumnRead) levels() Matrix {
	m := Matrix{Rows: ColumnBlock, Cols: ColumnRows, Stride: ColumnRows, Data: make([]float32, ColumnBlock*ColumnRows)}
	for i := range m.Data {
		for plane := range c.Planes {
			word := c.Cells[(plane*ColumnWords+i%ColumnRows/32)*ColumnBlock+i/ColumnRows]
			m.Data[i] += float32(word >> (i % 32) & 1 << plane)
		}
	}
	return m
}

// Reads by tiles have the bits of reads by counting, and touch no other column.
func TestTileReads(t *testing.T) {
	if !tilesHere() {
		t.Skip("this processor has no tiles")
	}
	for planes := 1; planes <= ColumnPlanes; planes++ {
		for _, digits := range []int{1, 3, 8} {
			for _, columns := range []int{1, 16, 37} {
				for _, lines := range []int{1, 7, 64} {
					testTileReads(t, tileShape{planes, digits, columns, lines})
				}
			}
		}
	}
}

func testTileReads(t *testing.T, s tileShape) {
	got, reads := s.reads()
	out := got.Out
	got.Out = slices.Clone(out)
	got.Read()
	for _, c := range reads {
		c.readPortable()
	}
	if !slices.Equal(got.Out, out) {
		t.Errorf("%+v: other bits than by counting", s)
	}
	each := 2 * ColumnBlock * s.digits
	spans := make([]float32, each*kindsOfTiles)
	for i := range spans {
		spans[i] = float32(math.Inf(1 - 2*(i/ColumnBlock%2)))
	}
	got.Out = slices.Clone(spans)
	got.Span()
	for i, c := range reads {
		c.Out = spans[i%kindsOfTiles*each:][:each]
		c.spanPortable()
	}
	if !slices.Equal(got.Out, spans) {
		t.Errorf("%+v: other spans than by counting", s)
	}
}

func TestTileLayout(t *testing.T) {
	for name, c := range map[string]struct{ got, want uintptr }{
		"stride":  {unsafe.Offsetof(tileRead{}.stride), 4 * 8},
		"lines":   {unsafe.Offsetof(tileRead{}.lines), 10 * 8},
		"highest": {unsafe.Offsetof(tileRead{}.highest), 16 * 8},
		"each":    {unsafe.Offsetof(tileRead{}.each), 22 * 8},
	} {
		if c.got != c.want {
			t.Errorf("%s lies at %d, the kernels read it at %d", name, c.got, c.want)
		}
	}
}

func BenchmarkTiles(b *testing.B) {
	if !tilesHere() {
		b.Skip("this processor has no tiles")
	}
	for _, digits := range []int{1, 4, 8} {
		b.Run(fmt.Sprintf("%d digits", digits), func(b *testing.B) {
			s := tileShape{2, digits, 64, 64}
			t, _ := s.reads()
			start := processorTime()
			for b.Loop() {
				t.Read()
			}
			reads := float64(s.lines * s.digits * s.columns * kindsOfTiles)
			b.ReportMetric(reads*float64(b.N)/(processorTime()-start)*1e-9, "Greads/cpu-s")
		})
	}
}
