package simd

import "golang.org/x/sys/cpu"

var hasVNNI = cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI

// wideKernels is those in use; a test takes others.
var wideKernels = bestWide()

func bestWide() wideSet {
	switch {
	case hasTiles:
		return wideAMX
	case hasVNNI:
		return wideAVX512
	case cpu.X86.HasAVX2:
		return wideAVX2
	}
	return wideNone
}

func runWide(w *wideTile) {
	if wideKernels == wideAVX512 {
		wideAVX512Kernel(w)
		return
	}
	wideAVX2Kernel(w)
}

//go:noescape
func wideAVX512Kernel(w *wideTile)

//go:noescape
func wideAVX2Kernel(w *wideTile)

func runPairs(p *pairing) { packPairsAVX2(p) }

//go:noescape
func packPairsAVX2(p *pairing)
