package simd

import (
	"math"
	"unsafe"
)

// The kernels of a training's update. Every product, sum and rounding is one of
// single precision, so that all processors come to the same bits.

// lanes is those of the widest vector.
const lanes = 16

// grouped is how many whole groups of numbers the kernels take.
func grouped(size int) uint64 {
	if updateLanes == 0 {
		return 0
	}
	return uint64(size / updateLanes)
}

// minNormal is the bits of the smallest normal number of single precision.
const minNormal = 1 << 23

// Gather takes a gradient into a velocity, v = keep v + take g, and returns the
// largest magnitude of v, NaN if there is one. The slices have one length. What is left
// of a velocity below the smallest normal number becomes 0: it moves nothing, but
// processors take a hundred times as long for it.
func Gather(v, g []float32, keep, take float32) (largest float32) {
	g = g[:len(v)]
	var most [lanes]uint32
	s := gathering{
		v: unsafe.SliceData(v), g: unsafe.SliceData(g), groups: grouped(len(v)), keep: keep, take: take, largest: &most,
	}
	done := 0
	if s.groups > 0 {
		gatherGroups(&s)
		done = int(s.groups) * updateLanes
	}
	for i := done; i < len(v); i++ {
		v[i] = normal(float32(keep*v[i]) + float32(take*g[i]))
		most[0] = max(most[0], math.Float32bits(v[i])&math.MaxInt32)
	}
	return largestOf(&most)
}

// normal is x, or 0 for a subnormal one.
func normal(x float32) float32 {
	if math.Float32bits(x)&math.MaxInt32 < minNormal {
		return 0
	}
	return x
}

// gathering is what the kernel of Gather reads. The generator spells out its layout.
type gathering struct {
	v, g       *float32
	groups     uint64
	keep, take float32
	largest    *[lanes]uint32
}

// Fade makes of a velocity what Gather would, called with one factor after the other as
// keep and with gradients of 0.
func Fade(v, factors []float32) {
	if len(factors) == 0 {
		return
	}
	s := fading{unsafe.SliceData(v), &factors[0], grouped(len(v)), uint64(len(factors))}
	done := 0
	if s.groups > 0 {
		fadeGroups(&s)
		done = int(s.groups) * updateLanes
	}
	for i := done; i < len(v); i++ {
		for _, f := range factors {
			v[i] = normal(f * v[i])
		}
	}
}

// fading is what the kernel of Fade reads. The generator spells out its layout.
type fading struct {
	v, factors    *float32
	groups, count uint64
}

// Round sets dst to x, clipped to ±limit and rounded to multiples of 1/steps, ties to
// even; steps is a power of two. dst may be x. What is no number stays so.
func Round(dst, x []float32, limit, steps float32) {
	dst = dst[:len(x)]
	s := rounding{
		to: unsafe.SliceData(dst), from: unsafe.SliceData(x), groups: grouped(len(x)),
		low: -limit, high: limit, steps: steps, step: 1 / steps,
	}
	done := 0
	if s.groups > 0 {
		roundGroups(&s)
		done = int(s.groups) * updateLanes
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
