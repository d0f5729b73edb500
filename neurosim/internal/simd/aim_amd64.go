package simd

// fast sets the offsets, if this processor can.
func (a *Aim) fast(offsets, ones []float32) bool {
	if updateLanes != aimed {
		return false
	}
	raw := a.raw(offsets, ones)
	aimAVX512(&raw)
	return true
}

//go:noescape
func aimAVX512(a *aiming)
