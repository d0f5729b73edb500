package simd

import "math"

// fma returns a*b + c with one rounding, as the processors' float32 instructions
// do. The product of two float32 is exact in float64, but the sum is not, and
// rounding it to float64 and then to float32 goes wrong where the first rounding
// hits the middle between two float32. There, and among the subnormal float32,
// the sum is rounded to odd first (S. Boldo and G. Melquiond, "Emulation of a FMA
// and correctly rounded sums: proved algorithms using rounding to odd", IEEE
// Trans. Computers 57(4), 2008), which no second rounding can spoil.
func fma(a, b, c float32) float32 {
	product, addend := float64(a)*float64(b), float64(c)
	sum := product + addend
	bits := math.Float64bits(sum)
	const (
		belowFloat32 = 1<<29 - 1 // the bits of a float64 that a float32 lacks
		middle       = 1 << 28
		smallest     = 0x381 << 53 // 2^-126, the smallest normal float32, without its sign
	)
	if bits&belowFloat32 == middle || bits<<1 < smallest {
		sum = roundToOdd(product, addend, sum)
	}
	return float32(sum)
}

// roundToOdd returns x + y rounded to the neighbour with an odd significand where
// it is not exact. The error of the sum is Knuth's (The Art of Computer
// Programming, volume 2, section 4.2.2). Fusing any of these steps with the
// product before it changes nothing, as that product is exact.
func roundToOdd(x, y, sum float64) float64 {
	part := sum - x
	tail := (x - (sum - part)) + (y - part)
	bits := math.Float64bits(sum)
	switch {
	case tail == 0 || tail != tail || bits&1 == 1:
		return sum
	case tail > 0 == (sum > 0):
		return math.Float64frombits(bits + 1)
	}
	return math.Float64frombits(bits - 1)
}
