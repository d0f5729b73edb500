package simd

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

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
	rest := *b
	if pairs := b.groups / 2; updateLanes == 16 && pairs > 0 {
		rest.groups = pairs
		normalAVX512(&rest)
		rest.to = unsafe.Add(b.to, 2*4*perGroup*pairs)
		rest.count(16 * pairs)
		rest.groups = b.groups % 2
	}
	if rest.groups > 0 {
		normalAVX2(&rest)
	}
	return true
}

//go:noescape
func normalAVX512(b *blocks)

//go:noescape
func normalAVX2(b *blocks)
