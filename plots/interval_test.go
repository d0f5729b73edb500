package plots

import (
	"math"
	"testing"
)

// Quantiles t(0.975) of Student's distribution, from the tables of Fisher and
// Yates: 4.303 for 2 degrees of freedom, 2.776 for 4, 2.262 for 9.
func TestInterval(t *testing.T) {
	root := math.Sqrt
	for _, test := range []struct {
		values          []float64
		mean, low, high float64
	}{
		{[]float64{7}, 7, math.NaN(), math.NaN()},
		{[]float64{3, 1}, 2, 1, 3},
		{[]float64{1, 2, 3}, 2, 2 - 4.303/root(3), 2 + 4.303/root(3)},
		{[]float64{1, 2, 3, 4, 5}, 3, 3 - 2.776*root(2.5/5), 3 + 2.776*root(2.5/5)},
		{[]float64{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, 0.5, 0.5 - 2.262*root(2.5/9/10), 0.5 + 2.262*root(2.5/9/10)},
		{[]float64{4, 4, 4}, 4, 4, 4},
	} {
		mean, low, high := interval(test.values)
		for i, pair := range [][2]float64{{mean, test.mean}, {low, test.low}, {high, test.high}} {
			if math.Abs(pair[0]-pair[1]) > 1e-3 || math.IsNaN(pair[0]) != math.IsNaN(pair[1]) {
				t.Errorf("%v: %s is %g, want %g", test.values, []string{"mean", "low", "high"}[i], pair[0], pair[1])
			}
		}
	}
}
