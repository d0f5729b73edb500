package simd

import (
	"math"
	"unsafe"
)

// The kernels of a training's update. Every product, sum and rounding is one of
// single precision, so that all processors come to the same bits.

const lanes = 8

// Gather takes a gradient into a velocity, v = keep v + take g, and returns the
// largest magnitude of v, NaN if there is one. The slices have one length.
func Gather(v, g []float32, keep, take float32) (largest float32) {
	g = g[:len(v)]
	var most [lanes]uint32
	done := gathered(v, g, gathering{keep: keep, take: take, largest: &most})
	for i := done; i < len(v); i++ {
		v[i] = float32(keep*v[i]) + float32(take*g[i])
		most[0] = max(most[0], math.Float32bits(v[i])&math.MaxInt32)
	}
	// Without the sign, the bits of numbers are in the order of their magnitudes,
	// and those of NaN are above all.
	for _, bits := range most {
		most[0] = max(most[0], bits)
	}
	return math.Float32frombits(most[0])
}

// gathering is what the kernel of Gather reads. The generator spells out its layout.
type gathering struct {
	v, g       *float32
	groups     uint64
	keep, take float32
	largest    *[lanes]uint32
}

func gathered(v, g []float32, s gathering) (done int) {
	s.v, s.g, s.groups = unsafe.SliceData(v), unsafe.SliceData(g), uint64(len(v)/lanes)
	if s.groups == 0 || !gatherGroups(&s) {
		return 0
	}
	return int(s.groups) * lanes
}

// Round sets dst to x, clipped to ±limit and rounded to multiples of 1/steps, ties to
// even; steps is a power of two. dst may be x. What is no number stays so.
func Round(dst, x []float32, limit, steps float32) {
	dst = dst[:len(x)]
	s := rounding{
		to: unsafe.SliceData(dst), from: unsafe.SliceData(x), groups: uint64(len(x) / lanes),
		low: -limit, high: limit, steps: steps, step: 1 / steps,
	}
	done := 0
	if s.groups > 0 && roundGroups(&s) {
		done = int(s.groups) * lanes
	}
	for i := done; i < len(x); i++ {
		v := min(max(x[i], -limit), limit)
		dst[i] = rint(v*steps) / steps
	}
}

// rounding is what the kernel of Round reads. The generator spells out its layout.
type rounding struct {
	to, from               *float32
	groups                 uint64
	low, high, steps, step float32
}

func rint(x float32) float32 { return float32(math.RoundToEven(float64(x))) }
