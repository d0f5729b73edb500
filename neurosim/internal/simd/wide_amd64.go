package simd

import "golang.org/x/sys/cpu"

var hasWide = cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI

func runWide(w *wideTile) { wideAVX512(w) }

//go:noescape
func wideAVX512(w *wideTile)
