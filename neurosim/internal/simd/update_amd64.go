package simd

import "golang.org/x/sys/cpu"

// updateLanes is the lanes of the kernels of the update that serve this processor, 0
// where there are none; a test takes them away.
var updateLanes = lanesOfUpdate()

func lanesOfUpdate() int {
	switch x := cpu.X86; {
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512BW && x.HasAVX512VL && x.HasPOPCNT:
		return 16
	case x.HasAVX2 && x.HasPOPCNT:
		return 8
	}
	return 0
}

func gatherGroups(g *gathering) {
	if updateLanes == 16 {
		gatherAVX512(g)
	} else {
		gatherAVX2(g)
	}
}

func fadeGroups(f *fading) {
	if updateLanes == 16 {
		fadeAVX512(f)
	} else {
		fadeAVX2(f)
	}
}

func roundGroups(r *rounding) {
	if updateLanes == 16 {
		roundAVX512(r)
	} else {
		roundAVX2(r)
	}
}

func pulseGroups(p *pulsing) {
	if updateLanes == 16 {
		pulseAVX512(p)
	} else {
		pulseAVX2(p)
	}
}

func programGroups(p *programming) {
	if updateLanes == 16 {
		programAVX512(p)
	} else {
		programAVX2(p)
	}
}

func programAllGroups(p *programming) {
	if updateLanes == 16 {
		programAllAVX512(p)
	} else {
		programAllAVX2(p)
	}
}

func deviateGroups(d *deviating) { deviatesAVX2(d) }

// These are there with vectors of sixteen only.

func markGroups(m *marking) { markAVX512(m) }

func pickGroups(c *choosing) { pickAVX512(c) }

func spreadGroups(c *choosing) { spreadAVX512(c) }

func fillBitsGroups(b *filling) { fillBitsAVX512(b) }

//go:noescape
func gatherAVX2(s *gathering)

//go:noescape
func gatherAVX512(s *gathering)

//go:noescape
func fadeAVX2(s *fading)

//go:noescape
func fadeAVX512(s *fading)

//go:noescape
func roundAVX2(r *rounding)

//go:noescape
func roundAVX512(r *rounding)

//go:noescape
func pulseAVX2(p *pulsing)

//go:noescape
func pulseAVX512(p *pulsing)

//go:noescape
func programAVX2(p *programming)

//go:noescape
func programAVX512(p *programming)

//go:noescape
func programAllAVX2(p *programming)

//go:noescape
func programAllAVX512(p *programming)

//go:noescape
func deviatesAVX2(p *deviating)

//go:noescape
func markAVX512(m *marking)

//go:noescape
func pickAVX512(c *choosing)

//go:noescape
func spreadAVX512(c *choosing)

//go:noescape
func fillBitsAVX512(b *filling)

func curveGroups(c *curving) { curvesAVX512(c) }

//go:noescape
func curvesAVX512(c *curving)
