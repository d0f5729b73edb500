package simd

import "golang.org/x/sys/cpu"

// transposeStrip says whether this processor has the kernel.
func transposeStrip(s *strip) bool {
	if cpu.X86.HasAVX2 {
		transpose8AVX2(s)
	}
	return cpu.X86.HasAVX2
}
