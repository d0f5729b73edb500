package array

import (
	"math"

	"crossbook/neurosim/rng"
)

// retain ages numbers as the references do, on the scale of weights: with lo and hi
// as their lowest and highest,
//
//	y = clamp(2 (x+1)/2 t^(v s) - 1, lo, hi),   s = sgn((T+1)/2 - (x+1)/2),
//
// T = (hi-lo) target, or at random s = -1, 0 or 1. They overshoot the target, and the
// target takes no account of lo.
func (b Build) retain(x []float32, index int) {
	if b.Drift == 0 {
		return
	}
	low, high := spread(x)
	target := (float32(float32(high-low)*float32(b.DriftTarget)) + 1) / 2
	random := rng.New(b.Seed, "direction of drift", b.Layer, index)
	for i, v := range x {
		share := (v + 1) / 2
		direction := 0.0
		switch {
		case b.DriftAtRandom:
			direction = float64(random.Intn(uint64(i), 3) - 1)
		case target > share:
			direction = 1
		case target < share:
			direction = -1
		}
		factor := float32(math.Pow(b.DriftTime, b.Drift*direction))
		x[i] = min(max(float32(2*float32(share*factor))-1, low), high)
	}
}
