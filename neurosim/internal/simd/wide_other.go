//go:build !amd64

package simd

// wideKernels is those in use: none.
const wideKernels = wideNone

func runWide(*wideTile) { panic("simd: no wide products on this processor") }

func runPairs(*pairing) { panic("simd: no wide products on this processor") }
