package simd

import "golang.org/x/sys/cpu"

var (
	hasVNNI = cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI
	hasWide = hasVNNI || cpu.X86.HasAVX2
)

// wideTileSize is that of the kernel in use.
func wideTileSize() (lines, cols int) {
	if hasVNNI {
		return 13, 32
	}
	return 6, 16
}

func runWide(w *wideTile) {
	if hasVNNI {
		wideAVX512(w)
		return
	}
	wideAVX2(w)
}

//go:noescape
func wideAVX512(w *wideTile)

//go:noescape
func wideAVX2(w *wideTile)
