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

func pulseGroups(p *pulsing) bool {
	if hasUpdate {
		pulseAVX2(p)
	}
	return hasUpdate
}

func programGroups(p *programming) bool {
	if hasUpdate {
		programAVX2(p)
	}
	return hasUpdate
}

func deviateGroups(d *deviating) bool {
	if hasUpdate {
		deviatesAVX2(d)
	}
	return hasUpdate
}

// hasUpdate says whether the kernels over lists serve this processor; a test takes them
// away.
var hasUpdate = cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT

//go:noescape
func gatherAVX2(s *gathering)

//go:noescape
func roundAVX2(r *rounding)

//go:noescape
func pulseAVX2(p *pulsing)

//go:noescape
func programAVX2(p *programming)

//go:noescape
func deviatesAVX2(p *deviating)
