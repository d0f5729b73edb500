package simd

import "golang.org/x/sys/cpu"

// The kernels of the update serve processors with AVX2; each says whether it did.

func gatherGroups(g *gathering) bool {
	if cpu.X86.HasAVX2 {
		gatherAVX2(g)
	}
	return cpu.X86.HasAVX2
}

func roundGroups(r *rounding) bool {
	if cpu.X86.HasAVX2 {
		roundAVX2(r)
	}
	return cpu.X86.HasAVX2
}

func programGroups(p *programming) bool {
	if cpu.X86.HasAVX2 {
		programAVX2(p)
	}
	return cpu.X86.HasAVX2
}

//go:noescape
func gatherAVX2(s *gathering)

//go:noescape
func roundAVX2(r *rounding)

//go:noescape
func programAVX2(p *programming)
