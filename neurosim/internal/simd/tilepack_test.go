package simd

import (
	"slices"
	"testing"
)

// The kernels pack and turn as Go does.
func TestTilePacking(t *testing.T) {
	for _, s := range [][3]int{{16, 64, 0}, {3, 1, 8}, {16, 200, 8}, {5, 127, 0}} {
		m := Matrix{Rows: s[0], Cols: s[1], Stride: s[1] + 3, Data: make([]float32, s[0]*(s[1]+3))}
		for i := range m.Data {
			m.Data[i] = float32(i*7919%65536 - 300)
		}
		to := make(Tiles, tilesOf(m.Cols)*tileBytes)
		for i := range to {
			to[i] = 0xAA
		}
		to.pack(m, s[2])
		want := make(Tiles, len(to))
		for row := range m.Rows {
			for i, x := range m.Data[row*m.Stride:][:m.Cols] {
				want[i/64*tileBytes+row*64+i%64] = uint8(int32(x) >> s[2])
			}
		}
		if !slices.Equal(to, want) {
			t.Errorf("%v: packed other bytes", s)
		}
		to.turn()
		for i := range to {
			tile, row, at := i/tileBytes*tileBytes, i%tileBytes/64, i%64
			if to[i] != want[tile+at/4*64+row*4+at%4] {
				t.Fatalf("%v: byte %d is not turned", s, i)
			}
		}
	}
}
