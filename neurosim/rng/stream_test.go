package rng

import (
	"math"
	"slices"
	"testing"
)

func TestFillIsTheSameFromAnyPlace(t *testing.T) {
	s := New(7, "rounding", 2, 31)
	whole, normals := make([]float32, 1003), make([]float32, 1003)
	s.Fill(whole, 0)
	s.FillNormal(normals, 0)
	for _, size := range []int{1, 3, 4, 64, 1000} {
		for first := 0; first < len(whole); first += size {
			part := make([]float32, min(size, len(whole)-first))
			s.Fill(part, uint64(first))
			if !slices.Equal(part, whole[first:first+len(part)]) {
				t.Fatalf("uniform part of %d at %d differs from the whole", size, first)
			}
			s.FillNormal(part, uint64(first))
			if !slices.Equal(part, normals[first:first+len(part)]) {
				t.Fatalf("normal part of %d at %d differs from the whole", size, first)
			}
		}
	}
}

func TestStreamsDiffer(t *testing.T) {
	seen := map[uint64]string{}
	for seed := uint64(0); seed < 4; seed++ {
		for _, purpose := range []string{"", "init", "noise"} {
			for layer := range 3 {
				for step := range 3 {
					word := New(seed, purpose, layer, step).Uint64(0)
					if before, ok := seen[word]; ok {
						t.Errorf("seed %d %q layer %d step %d repeats %s", seed, purpose, layer, step, before)
					}
					seen[word] = purpose
				}
			}
		}
	}
}

func TestUniformMoments(t *testing.T) {
	const n = 1_000_000
	x := make([]float32, n)
	New(1, "moments", 0, 0).Fill(x, 0)
	if lo, hi := slices.Min(x), slices.Max(x); lo < 0 || hi >= 1 {
		t.Errorf("range %g..%g leaves [0,1)", lo, hi)
	}
	checkMoments(t, x, 0.5, math.Sqrt(1.0/12))
	checkLag(t, x, 0.5, 1.0/12)
}

func TestNormalMoments(t *testing.T) {
	const n = 1_000_000
	x := make([]float32, n)
	New(1, "moments", 0, 0).FillNormal(x, 0)
	checkMoments(t, x, 0, 1)
	checkLag(t, x, 0, 1)
	var third, fourth, beyond3 float64
	for _, v := range x {
		d := float64(v)
		third += d * d * d
		fourth += d * d * d * d
		if math.Abs(d) > 3 {
			beyond3++
		}
	}
	// Five standard errors of each statistic under the normal distribution.
	near{0, 5 * math.Sqrt(15.0/n)}.check(t, "skewness", third/n)
	near{3, 5 * math.Sqrt(96.0/n)}.check(t, "fourth moment", fourth/n)
	near{0.0026998, 5 * math.Sqrt(0.0027/n)}.check(t, "share beyond 3 sigma", beyond3/n)
}

func TestPerm(t *testing.T) {
	s := New(3, "shuffle", 0, 1)
	p := s.Perm(1000)
	if !slices.Equal(p, s.Perm(1000)) {
		t.Error("two calls give two orders")
	}
	sorted := slices.Sorted(slices.Values(p))
	for i, v := range sorted {
		if v != i {
			t.Fatalf("%d missing", i)
		}
	}
	var counts [6]float64
	for step := range 6000 {
		q := s.At(step).Perm(3)
		counts[map[[2]int]int{{0, 1}: 0, {0, 2}: 1, {1, 0}: 2, {1, 2}: 3, {2, 0}: 4, {2, 1}: 5}[[2]int{q[0], q[1]}]]++
	}
	for _, c := range counts {
		near{1000, 5 * math.Sqrt(1000*5.0/6)}.check(t, "orders of three", c)
	}
}

func checkMoments(t *testing.T, x []float32, mean, std float64) {
	t.Helper()
	var sum, square float64
	for _, v := range x {
		sum += float64(v)
	}
	m := sum / float64(len(x))
	for _, v := range x {
		square += (float64(v) - m) * (float64(v) - m)
	}
	n := float64(len(x))
	near{mean, 5 * std / math.Sqrt(n)}.check(t, "mean", m)
	near{std, 5 * std / math.Sqrt(2*n)}.check(t, "std", math.Sqrt(square/n))
}

// checkLag bounds the correlation of neighbours, which share a block.
func checkLag(t *testing.T, x []float32, mean, variance float64) {
	t.Helper()
	for lag := 1; lag <= 4; lag++ {
		var sum float64
		for i := lag; i < len(x); i++ {
			sum += (float64(x[i]) - mean) * (float64(x[i-lag]) - mean)
		}
		n := float64(len(x) - lag)
		near{0, 5 / math.Sqrt(n)}.check(t, "lag correlation", sum/n/variance)
	}
}

// near is a value with its tolerance.
type near struct{ want, tolerance float64 }

func (n near) check(t *testing.T, what string, got float64) {
	t.Helper()
	if math.Abs(got-n.want) > n.tolerance {
		t.Errorf("%s: %g, want %g within %g", what, got, n.want, n.tolerance)
	}
}

func BenchmarkFill(b *testing.B) {
	x := make([]float32, 1_000_000)
	for b.Loop() {
		New(1, "speed", 0, 0).Fill(x, 0)
	}
}

func BenchmarkFillNormal(b *testing.B) {
	x := make([]float32, 1_000_000)
	for b.Loop() {
		New(1, "speed", 0, 0).FillNormal(x, 0)
	}
}

// Noise is addressed by index, too, whatever the borders of what is filled.
func TestFillNoise(t *testing.T) {
	s := New(3, "noise", 1, 2)
	all := make([]float32, 300)
	s.FillNoise(all, 0)
	for _, first := range []int{0, 1, 2, 3, 4, 37, 255} {
		some := make([]float32, 45)
		s.FillNoise(some, uint64(first))
		if !slices.Equal(some, all[first:first+45]) {
			t.Errorf("from %d on the numbers differ", first)
		}
	}
	s.FillNoise(nil, 3)
}
