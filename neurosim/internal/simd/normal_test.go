package simd

import (
	"math"
	"slices"
	"testing"
)

// The kernel and its twin in Go give the same bits, whatever the border between them.
func TestNormalsAreTheSameEverywhere(t *testing.T) { onAllPaths(t, testNormals) }

func testNormals(t *testing.T) {
	counter, key := [4]uint32{1<<32 - 20, 5, 6, 7}, [2]uint32{8, 9}
	all := make([]float32, 1000)
	Normal(all, counter, key)
	b := blocks{counter: counter, key: key}
	for i := 0; i < len(all); i += 4 {
		block := Philox4x32(b.counter, key)
		var want [4]float32
		want[0], want[1] = boxMuller(block[0], block[1])
		want[2], want[3] = boxMuller(block[2], block[3])
		if !slices.Equal(all[i:i+4], want[:]) {
			t.Fatalf("block %d is %v, want %v", i/4, all[i:i+4], want)
		}
		b.count(1)
	}
	for _, size := range []int{1, 5, 31, 32, 33, 127} {
		some := make([]float32, size)
		Normal(some, counter, key)
		if !slices.Equal(some, all[:size]) {
			t.Errorf("%d numbers differ from the first of a thousand", size)
		}
	}
}

// The transform is that of double precision to 2e-6, in radius and angle.
func TestNormalsAreExact(t *testing.T) {
	for i := range uint32(50_000) {
		u, v := i*85899, i*2654435769
		x, y := boxMuller(u, v)
		share := float32((float64(u>>8) + 0.5) * 0x1p-24)
		radius := math.Sqrt(-2 * math.Log(float64(share)))
		angle := float64(int32(v<<2)) * 0x1p-31 * math.Pi / 4
		sin, cos := math.Sincos(angle)
		if v>>31 == 1 {
			sin, cos = cos, sin
		}
		if v>>30&1 == 1 {
			radius = -radius
		}
		if math.Abs(float64(x)-radius*cos) > 2e-6 || math.Abs(float64(y)-radius*sin) > 2e-6 {
			t.Fatalf("words %d and %d make %g, %g, want %g, %g", u, v, x, y, radius*cos, radius*sin)
		}
	}
}

// Moments and tails of a million numbers, to five of their standard errors.
func TestNormalsAreNormal(t *testing.T) {
	const n = 1 << 20
	x := make([]float32, n)
	Normal(x, [4]uint32{}, [2]uint32{1, 2})
	var moments [5]float64
	beyond, before := 0.0, 0.0
	correlation := 0.0
	for _, v := range x {
		p := 1.0
		for k := range moments {
			moments[k] += p / n
			p *= float64(v)
		}
		if math.Abs(float64(v)) > 3 {
			beyond += 1.0 / n
		}
		correlation += float64(v) * before / n
		before = float64(v)
	}
	for name, c := range map[string]struct{ got, want, deviation float64 }{
		"mean": {moments[1], 0, 1}, "variance": {moments[2], 1, math.Sqrt2}, "third moment": {moments[3], 0, math.Sqrt(15)},
		"fourth moment": {moments[4], 3, math.Sqrt(96)}, "share beyond 3": {beyond, 0.0026998, math.Sqrt(0.0027)},
		"correlation of neighbours": {correlation, 0, 1},
	} {
		if math.Abs(c.got-c.want) > 5*c.deviation/math.Sqrt(n) {
			t.Errorf("%s is %g, want %g", name, c.got, c.want)
		}
	}
}

func BenchmarkNormal(b *testing.B) {
	x := make([]float32, 4096)
	start := processorTime()
	for b.Loop() {
		Normal(x, [4]uint32{}, [2]uint32{1, 2})
	}
	b.ReportMetric(float64(len(x))*float64(b.N)/(processorTime()-start)*1e-6, "M/cpu-s")
}
