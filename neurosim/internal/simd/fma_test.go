package simd

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// exactFMA rounds the exact sum once. It knows neither infinities nor the sign
// of zero.
func exactFMA(a, b, c float32) float32 {
	const exact = 1000 // bits: more than the exponents' whole range
	wide := func(v float32) *big.Float { return new(big.Float).SetPrec(exact).SetFloat64(float64(v)) }
	product := wide(a)
	product.Mul(product, wide(b))
	rounded, _ := product.Add(product, wide(c)).Float32()
	return rounded
}

func checkFMA(t rapid.TB, a, b, c float32) {
	t.Helper()
	got, want := fma(a, b, c), exactFMA(a, b, c)
	if got != want {
		t.Fatalf("fma(%x, %x, %x) = %x, want %x", a, b, c, got, want)
	}
}

// anyFinite draws from all bit patterns, so that every exponent is as likely.
func anyFinite() *rapid.Generator[float32] {
	return rapid.Map(rapid.Uint32(), func(bits uint32) float32 {
		if v := math.Float32frombits(bits); v-v == 0 {
			return v
		}
		return math.Float32frombits(bits &^ (1 << 30))
	})
}

func TestFMARoundsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkFMA(t, anyFinite().Draw(t, "a"), anyFinite().Draw(t, "b"), anyFinite().Draw(t, "c"))
	})
}

// The product is an odd number of 25 bits, in the middle between two float32,
// and c is so small that float64 may lose it.
func TestFMARoundsMiddlesOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		factor := 2*rapid.Uint32Range(1, 1<<11).Draw(t, "half of a") + 1
		low, high := uint32(1<<24/factor+1), uint32(1<<25/factor-1)
		other := rapid.Uint32Range(low, high).Draw(t, "b") | 1
		exponent := rapid.IntRange(-100, 60).Draw(t, "exponent")
		tail := rapid.Float64Range(-1, 1).Draw(t, "c")
		scale := rapid.IntRange(-148, 40).Draw(t, "exponent of c")
		checkFMA(t, float32(math.Ldexp(float64(factor), exponent)), float32(other), float32(math.Ldexp(tail, scale)))
	})
}

// The same among the subnormal float32, whose middles lie elsewhere: the product
// is 2^-150 (1 - 2^-46), hardly less than half of the smallest float32.
func TestFMARoundsSubnormalsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := float32((1+0x1p-23)*0x1p-75), float32((1-0x1p-23)*0x1p-75)
		units := rapid.Int32Range(-1<<23, 1<<23).Draw(t, "c in units of the smallest float32")
		c := float32(units) * math.SmallestNonzeroFloat32
		checkFMA(t, a, b, c)
		checkFMA(t, -a, b, c)
	})
}

func TestFMAAroundTheMiddle(t *testing.T) {
	const above = 1 + 0x1p-23 // the neighbour of 1
	for _, c := range []struct{ a, b, c, want float32 }{
		{0x1p-24, 1, 1, 1},
		{0x1p-24, above, 1, above},
		{-0x1p-24, above, -1, -above},
		{0x1p-24, 1 - 0x1p-24, 1, 1},
		{0x1p-24, 1, above, above + 0x1p-23},
		{1 + 0x1p-12, 1 + 0x1p-12, -1 - 0x1p-11, 0x1p-24},
	} {
		if got := fma(c.a, c.b, c.c); got != c.want {
			t.Errorf("fma(%x, %x, %x) = %x, want %x", c.a, c.b, c.c, got, c.want)
		}
		checkFMA(t, c.a, c.b, c.c)
	}
}

func TestFMASpecialValues(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	negative := float32(math.Copysign(0, -1))
	for _, c := range []struct{ a, b, c, want float32 }{
		{inf, 0, 1, nan},
		{inf, 1, -inf, nan},
		{inf, -1, 1, -inf},
		{nan, 1, 1, nan},
		{0, -1, negative, negative},
		{0, -1, 0, 0},
		{1, -1, 1, 0},
		{math.MaxFloat32, 2, -math.MaxFloat32, math.MaxFloat32},
		{math.MaxFloat32, 2, 0, inf},
		{0x1p-100, 0x1p-100, negative, 0},
		{-0x1p-100, 0x1p-100, 0, negative},
	} {
		if got := fma(c.a, c.b, c.c); pattern(got) != pattern(c.want) {
			t.Errorf("fma(%g, %g, %g) = %g, want %g", c.a, c.b, c.c, got, c.want)
		}
	}
}

// pattern is the bits of a number, the same for every NaN.
func pattern(v float32) uint32 {
	if v != v {
		return 0x7fc00000
	}
	return math.Float32bits(v)
}
