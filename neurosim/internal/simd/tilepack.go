package simd

// A tile is sixteen rows of sixty-four bytes.
const (
	tileRows  = 16
	tileWidth = 64
	tileBytes = tileRows * tileWidth
)

// Tiles are tiles one behind the other.
type Tiles []uint8

// tilesOf is the tiles side by side that hold rows of so many bytes.
func tilesOf(depth int) int { return ceil(depth, tileWidth) }

// pack packs up to sixteen rows of whole numbers: of each the eight bits from bit shift on,
// a negative one in two's complement. What is beyond the numbers becomes 0.
func (t Tiles) pack(m Matrix, shift int) {
	tiles := tilesOf(m.Cols)
	to := t[:tiles*tileBytes]
	for row := range tileRows {
		if row >= m.Rows {
			for i := range tiles {
				clear(to[i*tileBytes+row*tileWidth:][:tileWidth])
			}
			continue
		}
		x := m.Data[row*m.Stride:][:m.Cols]
		if packRow(&tilePacking{&x[0], &to[row*tileWidth], uint64(m.Cols), uint64(shift), uint64(tiles)}) {
			continue
		}
		for i := range tiles * tileWidth {
			at := &to[i/tileWidth*tileBytes+row*tileWidth+i%tileWidth]
			if *at = 0; i < len(x) {
				*at = uint8(int32(x[i]) >> shift)
			}
		}
	}
}

// tilePacking is what the kernel of pack reads. The generator spells out its layout.
type tilePacking struct {
	from                *float32
	to                  *uint8
	count, shift, tiles uint64
}

// turn exchanges, in each tile, the rows and the columns of fours of bytes: what was
// packed as a first factor of products becomes a second one.
func (t Tiles) turn() {
	if len(t) == 0 || turnTiles(t) {
		return
	}
	for ; len(t) >= tileBytes; t = t[tileBytes:] {
		for i := range tileRows {
			for j := range i {
				a, b := t[i*tileWidth+4*j:][:4], t[j*tileWidth+4*i:][:4]
				for k := range a {
					a[k], b[k] = b[k], a[k]
				}
			}
		}
	}
}
