package simd

// detect lists the sets that this processor runs, the fastest first.
func detect() []*kernels {
	var s sums
	s[0][0] = -1 - 0x1p-11
	addFused(&s, []float32{1 + 0x1p-12}, []float32{1 + 0x1p-12})
	if s[0][0] != 0x1p-24 {
		return []*kernels{portable}
	}
	return []*kernels{portableSet("arm64", addFused), portable}
}

// addFused is addEmulated with the processor's own instruction: the compiler may
// make one of product and sum. The language allows that without promising it, so
// detect has a look; the square of 1 + 2^-12 ends in a bit that a rounding of its
// own would lose.
//
//go:noinline
func addFused(s *sums, a, b []float32) {
	for i, factor := range a {
		row := &s[i]
		for j, v := range b {
			row[j] += factor * v
		}
	}
}
