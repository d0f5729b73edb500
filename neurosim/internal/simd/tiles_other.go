//go:build !amd64

package simd

func tilesHere() bool { return false }

// Read is never called here.
func (*TileRead) Read() {}

// Span is never called here.
func (*TileRead) Span() {}

// fastSpread spreads the bits, if this processor can.
func fastSpread(*spreading) bool { return false }

// packRow packs a row, if this processor can.
func packRow(*tilePacking) bool { return false }

// turnTiles turns tiles, if this processor can.
func turnTiles(Tiles) bool { return false }

// sum is never called here.
func (*TileRead) sum(bool) {}
