package simd

import "golang.org/x/sys/cpu"

// fillWords fills the groups of b, if this processor can.
func fillWords(b *blocks) bool {
	if cpu.X86.HasAVX2 {
		philoxWordsAVX2(b)
	}
	return cpu.X86.HasAVX2
}

// fillUniform is fillWords with numbers in [0,1).
func fillUniform(b *blocks) bool {
	if cpu.X86.HasAVX2 {
		philoxUniformAVX2(b)
	}
	return cpu.X86.HasAVX2
}

//go:noescape
func philoxWordsAVX2(b *blocks)

//go:noescape
func philoxUniformAVX2(b *blocks)
