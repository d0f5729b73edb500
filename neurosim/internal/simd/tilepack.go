package simd

import "unsafe"

// A tile is sixteen rows of sixty-four bytes.
const (
	tileRows  = 16
	tileWidth = 64
	TileBytes = tileRows * tileWidth
)

// TilesOf is the tiles side by side that hold rows of so many bytes.
func TilesOf(depth int) int { return ceil(depth, tileWidth) }

// PackTiles packs up to sixteen rows of whole numbers into tiles side by side: of each
// number the eight bits from bit shift on, a negative one in two's complement. What is
// beyond the numbers becomes 0.
func PackTiles(to []uint8, m Matrix, shift int) {
	tiles := TilesOf(m.Cols)
	to = to[:tiles*TileBytes]
	for row := range tileRows {
		if row >= m.Rows {
			for i := range tiles {
				clear(to[i*TileBytes+row*tileWidth:][:tileWidth])
			}
			continue
		}
		x := m.Data[row*m.Stride:][:m.Cols]
		if !packRow(&tilePacking{unsafe.SliceData(x), &to[row*tileWidth], uint64(m.Cols), uint64(shift), uint64(tiles)}) {
			for i := range tiles * tileWidth {
				at := &to[i/tileWidth*TileBytes+row*tileWidth+i%tileWidth]
				if *at = 0; i < len(x) {
					*at = uint8(int32(x[i]) >> shift)
				}
			}
		}
	}
}

// tilePacking is what the kernel of PackTiles reads. The generator spells out its layout.
type tilePacking struct {
	from                *float32
	to                  *uint8
	count, shift, tiles uint64
}

// TurnTiles exchanges, in each tile, the rows and the columns of fours of bytes: what was
// packed as a first factor of products becomes a second one.
func TurnTiles(tiles []uint8) {
	if len(tiles) == 0 || turn(tiles) {
		return
	}
	for ; len(tiles) >= TileBytes; tiles = tiles[TileBytes:] {
		for i := range tileRows {
			for j := range i {
				a, b := tiles[i*tileWidth+4*j:][:4], tiles[j*tileWidth+4*i:][:4]
				for k := range a {
					a[k], b[k] = b[k], a[k]
				}
			}
		}
	}
}
