package device

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// measuredNodes is the number of weights at which [Measured] tabulates the steps.
const measuredNodes = 33

// Measured returns a device that follows measured update curves: the conductances
// after 0, 1, 2 ... equal pulses, once upward (ltp) and once downward (ltd), in any
// unit. Levels is the mean number of pulses over the range, OnOff the ratio of the
// extreme conductances, and the law is PiecewiseStep. The conductances must rise, or
// fall, without standing still: average measurements before.
func Measured(ltp, ltd []float64) (Analog, error) {
	if err := monotone(ltp, 1); err != nil {
		return Analog{}, fmt.Errorf("device: measured LTP: %w", err)
	}
	if err := monotone(ltd, -1); err != nil {
		return Analog{}, fmt.Errorf("device: measured LTD: %w", err)
	}
	low := min(ltp[0], ltd[len(ltd)-1])
	high := max(ltp[len(ltp)-1], ltd[0])
	levels := max(2, (len(ltp)+len(ltd)-2)/2)
	d := Analog{Levels: levels}
	if low > 0 {
		d.OnOff = high / low
	}
	falling := slices.Clone(ltd)
	slices.Reverse(falling)
	r := scale{low, high, (high - low) / float64(levels)}
	return d.WithSteps(r.steps(ltp, 0), r.steps(falling, 1)), nil
}

// monotone says where a curve does not go its way.
func monotone(curve []float64, sign float64) error {
	if len(curve) < 3 || len(curve) > MaxLevels {
		return fmt.Errorf("%d conductances are not allowed; allowed: 3 to %d", len(curve), MaxLevels)
	}
	for i, g := range curve {
		if !(g >= 0) || math.IsInf(g, 0) {
			return fmt.Errorf("conductance %g after %d pulses is not allowed; allowed: 0 or more", g, i)
		}
		if i > 0 && !(sign*(g-curve[i-1]) > 0) {
			return fmt.Errorf("pulse %d takes the conductance from %g to %g; allowed: every pulse goes the same way", i, curve[i-1], g)
		}
	}
	return nil
}

// scale is a range of conductances and the nominal step over it.
type scale struct{ low, high, step float64 }

// steps tabulates, over the range, the steps of a rising curve in nominal ones. A step
// belongs to the conductance from which it starts: the lower one of a pulse upward
// (from is 0), the upper one of a pulse downward (1). Beyond the first and the last it
// stays what it is there.
func (r scale) steps(curve []float64, from int) []float64 {
	nodes := make([]float64, measuredNodes)
	for i := range nodes {
		g := r.low + (r.high-r.low)*float64(i)/float64(measuredNodes-1)
		k := min(max(sort.SearchFloat64s(curve[from:], g), 1), len(curve)-2)
		before, after := curve[k]-curve[k-1], curve[k+1]-curve[k]
		t := (g - curve[from+k-1]) / (curve[from+k] - curve[from+k-1])
		nodes[i] = (before + min(max(t, 0), 1)*(after-before)) / r.step
	}
	return nodes
}
