package array

import (
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/rng"
)

// aColumn is one column of conductances and the voltages on its rows.
func aColumn(n int) (g, x []float32) {
	g, x = random(1, n, 0.1, 1).Data, random(1, n, 0, 1).Data
	for i, v := range x {
		x[i] = float32(math.Round(float64(v)))
	}
	return g, x
}

// The sum of cells that are each read with noise of their own, and the sum to which
// one normal number of the summed variance is added, have one distribution: the
// empirical distribution functions of 20,000 reads of both differ by less than the 0.1 %
// point of the test of Kolmogorov and Smirnov, 1.95 sqrt(2/n).
func TestNoiseOfASumIsThatOfItsCells(t *testing.T) {
	const n, reads, noise = 64, 20_000, 0.1
	g, x := aColumn(n)
	w := NewMatrix(1, n)
	for i, v := range g {
		w.Data[i] = (v-0.1)/0.45 - 1 // its conductance is v at an on/off ratio of 10
	}
	cells := rng.New(11, "cells", 0, 0)
	each := make([]float64, reads)
	for i := range each {
		for k, v := range g {
			factor := 1 + noise*cells.Normal(uint64(i*n+k))
			each[i] += float64(x[k]) * float64(v) * factor
		}
	}
	b := Build{Config: Config{ReadNoise: noise, Mapping: Offset}, Device: device.Analog{OnOff: 10}, In: n, Out: 1, Seed: 5}
	a := mustNew(t, b)
	a.Program(w)
	line := Matrix{1, n, x}
	got := make([]float64, reads)
	for i := range got {
		a.forward.out, a.forward.request = NewMatrix(1, 1), request{a.cells, Moment{Step: i}}
		a.forward.inputs.set(line)
		a.forward.digit(0)
		got[i] = float64(a.forward.sums[0].Data[0])
	}
	if d, most := distance(got, each), 1.95*math.Sqrt(2.0/reads); d > most {
		t.Errorf("the distribution functions differ by %g, more than %g", d, most)
	}
	// The same test sees a noise that is 5 % too large.
	mean := 0.0
	for _, v := range each {
		mean += v / reads
	}
	for i := range got {
		got[i] = mean + 1.05*(got[i]-mean)
	}
	if d := distance(got, each); d < 0.01 {
		t.Errorf("a noise 5 %% too large makes a difference of only %g", d)
	}
}

// distance is the largest difference of two empirical distribution functions.
func distance(a, b []float64) float64 {
	slices.Sort(a)
	slices.Sort(b)
	largest, i := 0.0, 0
	for j, v := range b {
		for i < len(a) && a[i] <= v {
			i++
		}
		largest = max(largest, math.Abs(float64(i)/float64(len(a))-float64(j+1)/float64(len(b))))
	}
	return largest
}

// Reads at different moments, layers and directions have numbers of their own.
func TestNoiseIsNewInEveryRead(t *testing.T) {
	w, x := random(6, 20, -1, 1), random(3, 20, 0, 1)
	read := func(layer int, at Moment) []float32 {
		a := mustNew(t, Build{Config: Config{ReadNoise: 0.1}, In: 20, Out: 6, Layer: layer})
		a.Program(w)
		y := NewMatrix(3, 6)
		a.Read(y, x, at)
		return y.Data
	}
	first := read(0, Moment{})
	if !slices.Equal(first, read(0, Moment{})) {
		t.Error("the same read gives other numbers")
	}
	for i, other := range [][]float32{
		read(0, Moment{Step: 1}), read(0, Moment{Part: 1}), read(0, Moment{Test: true}), read(1, Moment{}),
	} {
		for j, v := range other {
			if v == first[j] {
				t.Errorf("variant %d has the noise of another in output %d", i, j)
			}
		}
	}
}
