package simd

import "unsafe"

func tilesHere() bool { return hasTiles }

// Span takes the lowest and the highest of fma(sum, scale_z, offset) over the lines into
// Out, as [ColumnRead] does, kind by kind: all blocks of columns go into the same sixteen.
func (t *TileRead) Span() {
	t.Stride = 2 * ColumnBlock * t.Digits
	_ = t.Out[t.Kinds*t.Stride-1]
	raw := t.raw()
	t.setKinds(&raw)
	raw.down = 0
	spanTilesAMX(&raw)
}

// sum sets lines to the sums of bytes with signs and of cells of several bytes, one of them
// in each kind, or adds them.
func (t *TileRead) sum(add bool) {
	_ = t.Out[(t.Lines-1)*t.Stride+t.Columns-1]
	raw := t.raw()
	raw.digits = 0
	if add {
		raw.digits = 1<<ColumnBlock - 1
	}
	for i := range planeWeights[:t.Kinds] {
		raw.each[i].steps = unsafe.Pointer(&planeWeights[i])
	}
	sumTilesAMX(&raw)
}

//go:noescape
func sumTilesAMX(t *tileRead)

//go:noescape
func spanTilesAMX(t *tileRead)

// fastSpread spreads the bits, if this processor can.
func fastSpread(b *spreading) bool {
	if hasTiles {
		spreadBitsAVX512(b)
	}
	return hasTiles
}

//go:noescape
func spreadBitsAVX512(b *spreading)

// Read makes the reads.
func (t *TileRead) Read() {
	_ = t.Out[(t.Lines-1)*t.Stride+t.Columns-1]
	raw := t.raw()
	t.setKinds(&raw)
	readTilesAMX(&raw)
}

//go:noescape
func readTilesAMX(t *tileRead)

// packRow packs a row, if this processor can.
func packRow(p *tilePacking) bool {
	if hasTiles {
		packTilesAVX512(p)
	}
	return hasTiles
}

//go:noescape
func packTilesAVX512(p *tilePacking)

// turnTiles turns tiles, if this processor can.
func turnTiles(tiles Tiles) bool {
	if hasTiles {
		turnTilesAVX512(&tiles[0], uint64(len(tiles)/tileBytes))
	}
	return hasTiles
}

//go:noescape
func turnTilesAVX512(to *uint8, tiles uint64)
