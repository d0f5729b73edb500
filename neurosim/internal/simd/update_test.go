package simd

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// numbers draws a slice, now and then with what is special.
func numbers(t *rapid.T, name string, size int, limit float32) []float32 {
	one := rapid.OneOf(rapid.Float32Range(-limit, limit), rapid.SampledFrom([]float32{0, limit, -limit, limit / 1024}))
	return rapid.SliceOfN(one, size, size).Draw(t, name)
}

func same(t *rapid.T, what string, got, want []float32) {
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) && !(got[i] == 0 && want[i] == 0) {
			t.Fatalf("%s %d is %x, want %x", what, i, got[i], want[i])
		}
	}
}

func TestGather(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			size := rapid.IntRange(0, 70).Draw(t, "size")
			v, g := numbers(t, "v", size, 3), numbers(t, "g", size, 3)
			for i := range v {
				if i%3 == 0 { // where numbers end
					v[i], g[i] = v[i]*0x1p-125, g[i]*0x1p-125
				}
			}
			want, largest := make([]float32, size), float32(0)
			for i := range want {
				want[i] = float32(0.9*v[i]) + float32(0.1*g[i])
				if math.Abs(float64(want[i])) < 0x1p-126 {
					want[i] = 0
				}
				largest = max(largest, float32(math.Abs(float64(want[i]))))
			}
			if got := Gather(v, g, 0.9, 0.1); got != largest {
				t.Fatalf("largest %g, want %g", got, largest)
			}
			same(t, "velocity", v, want)
		})
	})
}

func TestGatherTellsOfWhatIsNoNumber(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		for i := range 35 {
			v, g := make([]float32, 35), make([]float32, 35)
			g[i] = float32(math.NaN())
			if got := Gather(v, g, 1, 1); got == got {
				t.Errorf("NaN at %d: largest %g", i, got)
			}
		}
	})
}

// To fade is to gather nothing, once for each factor, for all numbers at once and for the
// largest alone.
func TestFade(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			size := rapid.IntRange(1, 300).Draw(t, "size")
			v := numbers(t, "v", size, 3)
			factors := rapid.SliceOfN(rapid.Float32Range(1e-20, 2), 0, 9).Draw(t, "factors")
			want, largest := slices.Clone(v), []float32{0}
			for _, x := range v {
				largest[0] = max(largest[0], float32(math.Abs(float64(x))))
			}
			most := largest[0]
			for _, f := range factors {
				most = Gather(want, make([]float32, size), f, 0.1)
			}
			Fade(v, factors)
			Fade(largest, factors)
			same(t, "velocity", v, want)
			if largest[0] != most {
				t.Fatalf("the largest is %g, want %g", largest[0], most)
			}
		})
	})
}

func TestRound(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			size := rapid.IntRange(0, 70).Draw(t, "size")
			steps := float32(math.Ldexp(1, rapid.IntRange(1, 14).Draw(t, "bits")))
			limit := 1 - 1/steps
			x := append(numbers(t, "x", size, 1.5), 0.5/steps, 1.5/steps, -0.5/steps)
			want := make([]float32, len(x))
			for i, v := range x {
				want[i] = rint(min(max(v, -limit), limit)*steps) / steps
			}
			Round(x, x, limit, steps)
			same(t, "number", x, want)
		})
		x := make([]float32, 20)
		x[3], x[19] = float32(math.NaN()), float32(math.NaN())
		if Round(x, x, 1, 4); x[3] == x[3] || x[19] == x[19] {
			t.Errorf("NaN is rounded to %g and %g", x[3], x[19])
		}
	})
}
