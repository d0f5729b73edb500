package nn

import (
	"math"

	"crossbook/neurosim/internal/simd"
)

// Steps is S(b) = 2^(b-1), the number of steps from 0 to 1.
func Steps(bits int) float32 { return float32(math.Ldexp(1, bits-1)) }

// Limit is 1-d(b), the largest magnitude that b bits hold: 1 for one bit and for
// Float bits and more.
func Limit(bits int) float32 {
	if bits == 1 || bits >= Float {
		return 1
	}
	return 1 - 1/Steps(bits)
}

// Clip sets dst to C(x,b), x clipped to ±Limit(b). dst may be x.
func Clip(dst, x []float32, bits int) {
	limit := Limit(bits)
	for i, v := range x {
		dst[i] = min(max(v, -limit), limit)
	}
}

// Quantise sets dst to Q(x,b), x rounded to the grid of 1/S(b), ties to even: the
// sign for one bit, x itself for Float bits and more. dst may be x.
func Quantise(dst, x []float32, bits int) {
	switch {
	case bits >= Float:
		copy(dst, x)
	case bits == 1:
		for i, v := range x {
			dst[i] = sign(v)
		}
	default:
		simd.Round(dst, x, float32(math.Inf(1)), Steps(bits))
	}
}

// QuantiseError divides x in place by the power of two closest to its largest
// magnitude, sets dst to Q(C(x,b),b), and returns that power. All zeros stay
// zeros and give 1. dst may be x.
func QuantiseError(dst, x []float32, bits int) (shift float32) {
	shift = 1
	if m := MaxAbs(x); m > 0 {
		shift = Shift(m)
		for i := range x {
			x[i] /= shift
		}
	}
	Clip(dst, x, bits)
	Quantise(dst, dst, bits)
	return shift
}

// Shift returns 2^round(log2 m), the power of two closest to m > 0 on the
// logarithmic scale; the logarithm is rounded to single precision before a tie
// is looked for.
func Shift(m float32) float32 {
	return float32(math.Exp2(math.RoundToEven(float64(float32(math.Log2(float64(m)))))))
}

// StochasticRound sets dst to floor(x + r). With r uniform in [0,1) its mean is
// x. dst may be x.
func StochasticRound(dst, x, r []float32) {
	for i, v := range x {
		dst[i] = float32(math.Floor(float64(v + r[i])))
	}
}

// MaxAbs returns the largest magnitude, NaN if there is one, 0 of nothing.
func MaxAbs(x []float32) float32 { return simd.Largest(x) }

func sign(x float32) float32 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0, or not a number
}
