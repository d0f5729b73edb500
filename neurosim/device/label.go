package device

import (
	"math"
	"sync"
)

// labelUnit is the distance from the diagonal that one unit of the label means:
// 0.07, measured at right angles to it.
const labelUnit = 0.07 * math.Sqrt2

// NormalisedA returns a = A/P for a nonlinearity label. The normalised curve
//
//	f(t) = (1 - exp(-t/a)) / (1 - exp(-1/a))
//
// of a label departs from the straight line by max(f(t) - t) = 0.07 sqrt(2)
// label, so that the label counts the perpendicular distance in units of 0.07.
// A negative label mirrors the curve and gives a negative a. Label 0, the
// straight line, gives infinity. Labels beyond ±MaxLabel count as ±MaxLabel.
func NormalisedA(label float64) float64 {
	return 1 / bend(label)
}

// Label returns the nonlinearity label of a curve with the given a = A/P: what
// to write into [Analog] for a device whose A was fitted to a measurement. The
// inverse of [NormalisedA].
func Label(a float64) float64 {
	k := 1 / a
	if math.IsInf(a, 0) {
		k = 0
	}
	return math.Copysign(labelOf(math.Abs(k)), k)
}

// TableA is NormalisedA as DNN+NeuroSim V2.1 looks it up: from a table in steps
// of 0.01 with six decimals, the index being 100|label| in single precision, cut
// off and not rounded. Hence 46 two-decimal labels, such as 0.53, get the entry
// of the label below, and label 0 gives 0, on which its update formula divides.
func TableA(label float32) float64 {
	if label == 0 || label != label {
		return 0
	}
	table := tabulated()
	index := int(min(float32(math.Abs(float64(label)))*100, float32(len(table)))) - 1
	a := table[max(index, 0)]
	return math.Copysign(a, float64(label))
}

// tabulated is a at the labels 0.01, 0.02 ... 9.00, to six decimals.
var tabulated = sync.OnceValue(func() []float64 {
	table := make([]float64, 100*MaxLabel)
	for i := range table {
		table[i] = math.Round(1e6/bend(float64(i+1)/100)) / 1e6
	}
	return table
})

// labelOf is the label of the curve with k = 1/a > 0. With t* = ln(k/(1-e^-k))/k
// as the place of the largest distance, f(t*) is 1/(1-e^-k) - 1/k.
func labelOf(k float64) float64 {
	if k < 1e-4 {
		return k / 8 / labelUnit // first term of the series: the rest is below 1e-9
	}
	rise := -math.Expm1(-k)
	return (1/rise - 1/k - math.Log(k/rise)/k) / labelUnit
}

// bend returns k = 1/a for a label.
func bend(label float64) float64 {
	return math.Copysign(inverse(min(math.Abs(label), MaxLabel)), label)
}

// inverse finds the k of a label, by bisection.
func inverse(label float64) float64 {
	low, high := 0.0, 64.0 // labelOf(64) is above MaxLabel
	for {
		middle := (low + high) / 2
		if middle == low || middle == high {
			return middle
		}
		if labelOf(middle) < label {
			low = middle
		} else {
			high = middle
		}
	}
}

// gridStep is the distance of the labels at which bends holds the exact value.
const gridStep = 0.01

// bends is bend at the labels -gridStep, 0, gridStep ... and one step beyond
// MaxLabel, from which quickBend interpolates.
var bends = sync.OnceValue(func() []float64 {
	grid := make([]float64, 100*MaxLabel+3)
	grid[0] = -bend(gridStep)
	for i := range grid[2:] {
		grid[i+2] = inverse(float64(i+1) * gridStep)
	}
	return grid
})

// quickBend is bend to a relative 1e-7, by a cubic through four points of the
// grid (Catmull and Rom): one call for every cell of a large array.
func quickBend(label float64) float64 {
	grid := bends()
	place := min(math.Abs(label), MaxLabel) / gridStep
	i := min(int(place), len(grid)-4)
	t := place - float64(i)
	p0, p1, p2, p3 := grid[i], grid[i+1], grid[i+2], grid[i+3]
	slope := (p2 - p0) / 2
	second := p0 - 2.5*p1 + 2*p2 - p3/2
	third := (p3-p0)/2 + 1.5*(p1-p2)
	return math.Copysign(p1+t*(slope+t*(second+t*third)), label)
}
