package plots

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// confidence is the share of intervals that hold the true mean.
const confidence = 0.95

// enough is the number of repeats from which a confidence interval says
// something; below, the band is the range of the values.
const enough = 3

// interval is the mean of repeats and a band around it: the 95 % confidence
// interval of the mean, mean -/+ t s/sqrt(n) with Student's t for n-1 degrees of
// freedom (Student: The probable error of a mean, Biometrika 6, 1908); the range
// of the values when there are two; NaN when there is one.
func interval(values []float64) (mean, low, high float64) {
	mean = stat.Mean(values, nil)
	switch n := len(values); {
	case n < 2:
		return mean, math.NaN(), math.NaN()
	case n < enough:
		return mean, slices.Min(values), slices.Max(values)
	default:
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}.Quantile((1 + confidence) / 2)
		half := t * stat.StdDev(values, nil) / math.Sqrt(float64(n))
		return mean, mean - half, mean + half
	}
}

// spread is one standard deviation on either side of the mean; NaN for one
// value.
func spread(values []float64) (low, high float64) {
	if len(values) < 2 {
		return math.NaN(), math.NaN()
	}
	mean, std := stat.MeanStdDev(values, nil)
	return mean - std, mean + std
}
