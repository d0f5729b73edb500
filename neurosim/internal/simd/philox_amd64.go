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

// fillNormal fills the groups of b with normal deviates, if this processor can.
func fillNormal(b *blocks) bool {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return false
	}
	normalAVX2(b)
	return true
}

//go:noescape
func normalAVX2(b *blocks)
