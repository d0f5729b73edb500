package dataset

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestBalanced(t *testing.T) {
	for _, test := range []struct {
		labels []uint8
		n      int
		want   []int
	}{
		{[]uint8{1, 0, 0, 1, 1, 0}, 4, []int{0, 1, 2, 3}},
		{[]uint8{0, 0, 0, 1, 1, 1}, 3, []int{0, 1, 3}},    // one more of class 0
		{[]uint8{0, 0, 0, 0, 1, 0}, 4, []int{0, 1, 2, 4}}, // class 1 has one too few
		{[]uint8{0, 1}, 0, []int{}},
	} {
		if got := balanced(test.labels, 2, test.n); !slices.Equal(got, test.want) {
			t.Errorf("%d of %v: %v, want %v", test.n, test.labels, got, test.want)
		}
	}
}

func TestBalancedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		labels := rapid.SliceOf(rapid.Uint8Range(0, 4)).Draw(t, "labels")
		n := rapid.IntRange(0, len(labels)).Draw(t, "n")
		picks := balanced(labels, 5, n)
		if len(picks) != n || !slices.IsSorted(picks) || len(slices.Compact(slices.Clone(picks))) != n {
			t.Fatalf("picks %v are not %d different ones in order", picks, n)
		}
		have, got := perClass(labels, 5), make([]int, 5)
		for _, i := range picks {
			got[labels[i]]++
		}
		for c := range got {
			if got[c] < min(n/5, have[c]) {
				t.Fatalf("class %d has %d of %d images, its share is %d", c, got[c], have[c], n/5)
			}
		}
	})
}
