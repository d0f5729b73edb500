package nearest

import (
	"testing"
	"testing/quick"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"LTP", "LTD", 1}, {"flaw", "lawn", 2}, {"same", "same", 0},
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// It is a distance: the same both ways, and no detour is shorter.
func TestDistanceIsAMetric(t *testing.T) {
	cut := func(s string) string { return s[:min(len(s), 12)] }
	metric := func(a, b, c string) bool {
		a, b, c = cut(a), cut(b), cut(c)
		return Distance(a, b) == Distance(b, a) && Distance(a, c) <= Distance(a, b)+Distance(b, c) && (Distance(a, b) == 0) == (a == b)
	}
	if err := quick.Check(metric, nil); err != nil {
		t.Error(err)
	}
}
