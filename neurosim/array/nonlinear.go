package array

import (
	"math"
	"sort"
)

// bins is the resolution of the density of sums.
const bins = 1024

// density counts how many sums lie where between low and high.
type density struct {
	low, width float32
	counts     [bins]int
}

func newDensity(low, high float32) *density { return &density{low: low, width: (high - low) / bins} }

func (d *density) add(sums []float32) {
	for _, v := range sums {
		d.counts[int(min(max((v-d.low)/d.width, 0), bins-1))]++
	}
}

// levels places count levels with a density that goes as the cube root of that of
// the sums, which makes the mean square error of many levels least (P. F. Panter and
// W. Dite, "Quantization distortion in pulse-count modulation with nonuniform spacing
// of levels", Proc. IRE 39(1), 1951).
func (d *density) levels(count int) []float32 {
	var below [bins + 1]float64
	for i, n := range d.counts {
		below[i+1] = below[i] + math.Cbrt(float64(n))
	}
	list := make([]float32, count)
	bin := 0
	for k := range list {
		at := (float64(k) + 0.5) / float64(count) * below[bins]
		for bin < bins-1 && below[bin+1] < at {
			bin++
		}
		part := (at - below[bin]) / (below[bin+1] - below[bin])
		list[k] = d.low + float32(d.width*float32(float64(bin)+part))
	}
	return list
}

// place gives a window the levels of a density.
func (w *window) place(d *density, count int) {
	w.levels = d.levels(count)
	w.thresholds = make([]float32, count-1)
	for i := range w.thresholds {
		w.thresholds[i] = (w.levels[i] + w.levels[i+1]) / 2
	}
}

// nearest is the level closest to a sum.
func (w *window) nearest(sum float32) float32 {
	return w.levels[sort.Search(len(w.thresholds), func(i int) bool { return w.thresholds[i] > sum })]
}
