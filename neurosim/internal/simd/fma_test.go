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

// The sums that float64 rounds to the middle between two float32: c is far below
// the last bit of a product that ends in half a unit.
func TestFMARoundsMiddlesOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Uint32Range(1<<23, 1<<24-1).Draw(t, "significand")
		exponent := rapid.IntRange(-100, 60).Draw(t, "exponent")
		// (2^12+1)(2^12-1+...) style products reach the middle rarely; an odd
		// 25-bit number over two factors always does.
		odd := 2*uint64(whole) + 1
		factor := rapid.SampledFrom(divisors(odd)).Draw(t, "factor")
		a := float32(math.Ldexp(float64(factor), exponent))
		b := float32(odd / factor)
		scale := rapid.IntRange(-148, 40).Draw(t, "tail")
		c := float32(math.Ldexp(rapid.Float64Range(-1, 1).Draw(t, "c"), scale))
		checkFMA(t, a, b, c)
	})
}

// divisors lists the divisors of odd that leave two float32 factors.
func divisors(odd uint64) []uint64 {
	var found []uint64
	for d := uint64(3); d < 1<<13; d += 2 {
		if odd%d == 0 && odd/d < 1<<24 {
			found = append(found, d)
		}
	}
	if found == nil {
		return []uint64{1}
	}
	return found
}

func TestFMARoundsSubnormalsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := float32(math.Ldexp(rapid.Float64Range(-2, 2).Draw(t, "a"), rapid.IntRange(-149, 0).Draw(t, "exponent")))
		b := float32(math.Ldexp(rapid.Float64Range(-2, 2).Draw(t, "b"), -rapid.IntRange(100, 149).Draw(t, "scale")))
		c := float32(math.Ldexp(rapid.Float64Range(-2, 2).Draw(t, "c"), -rapid.IntRange(120, 149).Draw(t, "tail")))
		checkFMA(t, a, b, c)
	})
}

// A known case: float64 rounds the sum to the middle between 1 and its upper
// neighbour, from where it would fall to 1.
func TestFMAKnownDoubleRounding(t *testing.T) {
	a, b, c := float32(1+0x1p-12), float32(1-0x1p-12+0x1p-24), float32(0)
	for _, addend := range []float32{0, 0x1p-25, 0x1p-24, 0x1.8p-24, 0x1p-60, -0x1p-60, 0x1p-149} {
		checkFMA(t, a, b, c+addend)
	}
	// 1.0000001 * 0.5 lies in the middle between two float32 once 1 is added.
	checkFMA(t, 1+0x1p-23, 0x1p-24, 1)
	checkFMA(t, -1-0x1p-23, 0x1p-24, -1)
	if got := fma(0x1p-24, 1, 1); got != 1 {
		t.Errorf("the middle itself rounds to %x, want the even neighbour 1", got)
	}
	if got := fma(0x1p-24, 1+0x1p-23, 1); got != 1+0x1p-23 {
		t.Errorf("just above the middle rounds to %x, want %x", got, float32(1+0x1p-23))
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
		if got := fma(c.a, c.b, c.c); bits(got) != bits(c.want) {
			t.Errorf("fma(%g, %g, %g) = %g, want %g", c.a, c.b, c.c, got, c.want)
		}
	}
}

// bits are those of a number, the same for every NaN.
func bits(v float32) uint32 {
	if v != v {
		return 0x7fc00000
	}
	return math.Float32bits(v)
}
