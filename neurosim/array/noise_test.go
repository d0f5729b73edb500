package array

import (
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/rng"
)

// The sum of cells that are each read with noise of their own, and the sum to which
// one normal number of the summed variance is added, have one distribution: the
// empirical distribution functions of 20,000 reads of both differ by less than the 0.1 %
// point of the test of Kolmogorov and Smirnov, 1.95 sqrt(2/n). The same test sees a noise
// that is 15 % too large.
func TestNoiseOfASumIsThatOfItsCells(t *testing.T) {
	const n, reads, noise = 64, 20_000, 0.1
	for name, c := range map[string]struct {
		Config
		conductance func(w float32) float64 // in units of a digit, at an on/off ratio of 10
	}{
		"continuous": {Config{}, func(w float32) float64 { return 0.9*float64(w+1)/2 + 0.1 }},
		"digits": {Config{WeightBits: 3, InputBits: 1, InputRange: 1}, func(w float32) float64 {
			return 0.9*float64(4*w+4) + 0.7
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w, x := random(1, n, -1, 0.75), random(1, n, 0, 1)
			for i := range n {
				w.Data[i], x.Data[i] = float32(math.Floor(float64(4*w.Data[i])))/4, float32(math.Round(float64(x.Data[i])))
			}
			cells := rng.New(11, "cells", 0, 0)
			each, mean := make([]float64, reads), 0.0
			for i := range each {
				for k, v := range w.Data {
					each[i] += float64(x.Data[k]) * c.conductance(v) * (1 + noise*cells.Normal(uint64(i*n+k)))
				}
				mean += each[i] / reads
			}
			c.ReadNoise, c.Mapping = noise, Offset
			a := mustNew(t, Build{Config: c.Config, Device: device.Analog{OnOff: 10}, In: n, Out: 1, Seed: 5})
			a.Program(w)
			got, large := make([]float64, reads), make([]float64, reads)
			for i := range got {
				a.forward.out, a.forward.request = NewMatrix(1, 1), request{a.cells, Moment{Step: i}}
				a.forward.inputs.set(x)
				a.forward.choose()
				a.forward.digit(0)
				got[i] = float64(a.forward.sums[0].Data[0])
				large[i] = mean + 1.15*(got[i]-mean)
			}
			most := 1.95 * math.Sqrt(2.0/reads)
			if d := distance(got, each); d > most {
				t.Errorf("the distribution functions differ by %g, more than %g", d, most)
			}
			if d := distance(large, each); d <= most {
				t.Errorf("a noise 15 %% too large makes a difference of only %g", d)
			}
		})
	}
}

// Sums that are counted have the noise of those that are multiplied, up to the rounding of
// squares to whole numbers of 15 bits.
func TestCountedNoiseIsThatOfProducts(t *testing.T) {
	w, x := random(37, 200, -1, 1), random(21, 200, 0, 1)
	for name, c := range map[string]Config{
		"offset":     {WeightBits: 8, CellBits: 2},
		"pair":       {WeightBits: 5, CellBits: 4, Mapping: Pair},
		"difference": {WeightBits: 6, CellBits: 3, Mapping: Difference},
		"one bit":    {WeightBits: 4, CellBits: 1},
	} {
		c.ReadNoise, c.InputBits, c.Rows = 0.1, 6, 128
		b := Build{Config: c, Device: device.Analog{OnOff: 8}, In: 200, Out: 37}
		counting, multiplying, exact := mustNew(t, b), mustNew(t, b), b
		exact.ReadNoise = 0
		quiet := mustNew(t, exact)
		if counting.forward.tally == nil {
			t.Fatalf("%s is not counted", name)
		}
		multiplying.forward.tally = nil
		var read [3]Matrix
		for i, a := range []*Array{counting, multiplying, quiet} {
			read[i] = NewMatrix(21, 37)
			a.Program(w)
			a.Read(read[i], x, Moment{Step: 3})
		}
		noise, off := 0.0, 0.0
		for i, v := range read[0].Data {
			noise = max(noise, math.Abs(float64(v-read[2].Data[i])))
			off = max(off, math.Abs(float64(v-read[1].Data[i])))
		}
		if noise == 0 || off > 1e-3*noise {
			t.Errorf("%s: %g off with a noise of up to %g", name, off, noise)
		}
		signed := random(21, 200, -1, 1)
		counting.Read(read[0], signed, Moment{})
		multiplying.Read(read[1], signed, Moment{})
		if !slices.Equal(read[0].Data, read[1].Data) {
			t.Errorf("%s: inputs of both signs are counted", name)
		}
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
