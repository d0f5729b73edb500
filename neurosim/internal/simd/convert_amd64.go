package simd

import "golang.org/x/sys/cpu"

// fast converts the first columns of all lines, if this processor can, and returns how
// many.
func (c *Conversion) fast(out, sums []float32, cols int) int {
	k := c.raw(out, sums, cols)
	switch {
	case !cpu.X86.HasFMA:
		return 0
	case updateLanes == 16:
		convertAVX512(&k)
		return cols
	case k.blocks > 0:
		convertAVX2(&k)
	}
	return int(k.blocks) * updateLanes
}

// fastSpan takes blocks into a span.
func fastSpan(s *spanning) {
	if updateLanes == 16 {
		spanAVX512(s)
	} else {
		spanAVX2(s)
	}
}

// fast disturbs the first columns of all lines, if this processor can, and returns how
// many.
func (*Disturbance) fast(k disturbance, cols int) int {
	switch {
	case !cpu.X86.HasFMA:
		return 0
	case updateLanes == 16:
		disturbAVX512(&k)
		return cols
	case k.blocks > 0:
		disturbAVX2(&k)
	}
	return int(k.blocks) * updateLanes
}

//go:noescape
func disturbAVX2(d *disturbance)

//go:noescape
func disturbAVX512(d *disturbance)

//go:noescape
func convertAVX2(c *conversion)

//go:noescape
func convertAVX512(c *conversion)

//go:noescape
func spanAVX2(s *spanning)

//go:noescape
func spanAVX512(s *spanning)
