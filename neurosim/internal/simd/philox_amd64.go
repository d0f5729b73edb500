package simd

import "golang.org/x/sys/cpu"

// fillUniform fills the groups of b, if this processor can.
func fillUniform(b *blocks) bool {
	if cpu.X86.HasAVX2 {
		philoxUniformAVX2(b)
	}
	return cpu.X86.HasAVX2
}

//go:noescape
func philoxUniformAVX2(b *blocks)
