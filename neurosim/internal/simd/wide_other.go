//go:build !amd64

package simd

const hasWide = false

func wideTileSize() (lines, cols int) { return 1, 1 }

func runWide(*wideTile) { panic("simd: no wide products on this processor") }
