package simd

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Passes have the bits of what their comments say, number by number, be they numbers or not.
func TestElements(t *testing.T) {
	above := func(v float32) bool { return v > 0 }
	special := []float32{
		0, float32(math.Copysign(0, -1)), 1, -1, 1e-40, -1e-40, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), -float32(math.NaN()),
	}
	onAllPaths(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			one := rapid.OneOf(rapid.Float32Range(-2, 2), rapid.SampledFrom(special))
			size := rapid.IntRange(0, 70).Draw(t, "size")
			a, x := rapid.SliceOfN(one, size, size).Draw(t, "a"), rapid.SliceOfN(one, size, size).Draw(t, "x")
			check := func(what string, got []float32, want func(i int) float32) {
				for i, v := range got {
					if w := want(i); math.Float32bits(v) != math.Float32bits(w) && (v == v || w == w) {
						t.Fatalf("%s %d of %g and %g is %g, want %g", what, i, a[i], x[i], v, w)
					}
				}
			}
			got := slices.Clone(x)
			Scale(got, got, 0.1)
			check("product", got, func(i int) float32 { return x[i] * 0.1 })
			copy(got, x)
			Add(got, a)
			check("sum", got, func(i int) float32 { return x[i] + a[i] })
			Rectify(got, a)
			check("rectified", got, func(i int) float32 {
				if math.Signbit(float64(a[i])) {
					return 0
				}
				return a[i]
			})
			copy(got, x)
			Gate(got, a)
			check("gated", got, func(i int) float32 {
				if !above(a[i]) && a[i] == a[i] || math.Signbit(float64(a[i])) {
					return 0
				}
				return x[i]
			})
			shift := uint32(rapid.IntRange(0, 9).Draw(t, "shift"))
			whole := wholes(x)
			Split(got, whole, shift, 3)
			check("digits", got, func(i int) float32 {
				digit := float32(int(math.Abs(float64(whole[i]))) >> shift & 3)
				return float32(math.Copysign(float64(digit), float64(whole[i])))
			})
			marks := make(Marks, size)
			marks.Beyond(a, 1)
			most := float32(0)
			for i, v := range a {
				if beyond := !(v <= 1 && v >= -1); marks[i] != beyond {
					t.Fatalf("%g is beyond 1: %t", v, marks[i])
				}
				if v != v || math.Abs(float64(v)) > float64(most) {
					most = max(most, float32(math.Abs(float64(v))))
				}
			}
			if l := Largest(a); l != most && (l == l || most == most) {
				t.Fatalf("the largest of %g is %g, want %g", a, l, most)
			}
			copy(got, x)
			marks.Stop(got)
			check("stopped", got, func(i int) float32 {
				if marks[i] {
					return 0
				}
				return x[i]
			})
		})
	})
}

// Of some numbers the largest are kept, and of sums the sizes count.
func TestSizes(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			one := rapid.OneOf(rapid.Float32Range(-2, 2), rapid.SampledFrom([]float32{0, 1, float32(math.Inf(-1)), float32(math.NaN())}))
			size, first := rapid.IntRange(0, 70).Draw(t, "size"), rapid.Bool().Draw(t, "first")
			a, x := rapid.SliceOfN(one, size, size).Draw(t, "a"), rapid.SliceOfN(one, size, size).Draw(t, "x")
			sums, best, places := slices.Clone(x), slices.Clone(x), make([]int32, size)
			addSizes(sums, a)
			Chosen{best, places}.Take(a, 7, first)
			for i, v := range a {
				want, place := x[i], int32(0)
				if first || v > x[i] || v != v {
					want, place = v, int32(7+i)
				}
				if pattern(best[i]) != pattern(want) && want == want || places[i] != place {
					t.Fatalf("number %d is %g from %d, want %g from %d", i, best[i], places[i], want, place)
				}
				if sum := x[i] + float32(math.Abs(float64(v))); sums[i] != sum && sum == sum {
					t.Fatalf("sum %d is %g, want %g", i, sums[i], sum)
				}
			}
		})
	})
}

// wholes makes whole numbers of some numbers, of those that are none as well.
func wholes(x []float32) []float32 {
	whole := make([]float32, len(x))
	for i, v := range x {
		if whole[i] = 3; v-v == 0 {
			whole[i] = rint(v * 100)
		}
	}
	return whole
}

// Sums are exact.
func TestSums(t *testing.T) {
	onAllPaths(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			whole := wholes(rapid.SliceOfN(rapid.Float32Range(-2, 2), 0, 70).Draw(t, "x"))
			total, power := float32(0), float32(0)
			for _, v := range whole {
				total, power = total+v, power+v*v
			}
			if sum, squares := Sums(whole); sum != total || squares != power {
				t.Fatalf("sums %g and %g of %g, want %g and %g", sum, squares, whole, total, power)
			}
		})
	})
}
