package array

import (
	"slices"
	"testing"

	"crossbook/neurosim/device"
)

// Products of whole numbers have the bits of single precision, forward, transposed and of gradients,
// whatever is converted and how, for any number of lines and columns.
func TestWideProductsAreThoseOfSinglePrecision(t *testing.T) {
	for name, c := range map[string]Config{
		"conductances": {Variation: 0.1, ADCRange: Full, ADCSpan: 0.5},
		"batch":        {Variation: 0.1},
		"calibrated":   {Variation: 0.1, ADCRange: Calibrated},
		"pair":         {Variation: 0.1, Mapping: Pair, ADCRange: Full},
		"difference":   {Variation: 0.1, Mapping: Difference, ADCRange: Full},
		"noise":        {ReadNoise: 0.05, CellBits: 2, ADCRange: Full},
		"noisy pair":   {ReadNoise: 0.05, CellBits: 2, Mapping: Pair},
		"faults":       {Variation: 0.1, ADCGain: 0.01, ADCNoise: 0.3, ADCRange: Full},
		"nonlinear":    {Variation: 0.1, Nonlinear: true},
		"two bits":     {Variation: 0.1, DACBits: 2, Rows: 32, Cols: 32},
		"deep":         {Variation: 0.1, Rows: 300, Cols: 200},
		"whole layer":  {Variation: 0.1, Rows: 0, Cols: 0},
		"wide cells":   {CellBits: 8, Rows: 100, Cols: 64},
		"widest cells": {WeightBits: 16, Rows: 100, Cols: 64},
	} {
		if c.WeightBits == 0 {
			c.WeightBits = 8
		}
		if c.Rows == 0 && name != "whole layer" {
			c.Rows, c.Cols = 128, 128
		}
		c.InputBits, c.ADCBits = 6, 6
		for _, shape := range [][3]int{{1, 20, 3}, {40, 330, 37}, {70, 140, 260}} {
			testWide(t, name, c, shape)
		}
	}
}

func testWide(t *testing.T, name string, c Config, shape [3]int) {
	lines, in, out := shape[0], shape[1], shape[2]
	b := Build{Config: c, Device: device.Analog{OnOff: 10}, In: in, Out: out, Seed: 3}
	wide, single := mustNew(t, b), mustNew(t, b)
	wide.forward.counted, single.forward.counted = nil, nil
	single.forward.wide, single.back.wide, single.gradient.reader.wide = nil, nil, nil
	w, x, e := random(out, in, -1, 1), random(lines, in, -0.4, 1), random(lines, out, -1, 1)
	y, back := [2]Matrix{NewMatrix(lines, out), NewMatrix(lines, out)}, [2]Matrix{NewMatrix(lines, in), NewMatrix(lines, in)}
	g := [2]Matrix{NewMatrix(out, in), NewMatrix(out, in)}
	for step := range 2 {
		for i, a := range []*Array{wide, single} {
			a.Program(w)
			a.Read(y[i], x, Moment{Step: step})
			a.ReadTransposed(back[i], e, Moment{Step: step})
			a.Gradient(g[i], e, x, Moment{Step: step})
		}
		if !slices.Equal(g[0].Data, g[1].Data) {
			t.Errorf("%s, %v: other bits of a gradient", name, shape)
		}
		if !slices.Equal(y[0].Data, y[1].Data) {
			t.Errorf("%s, %v: other bits forward", name, shape)
		}
		if !slices.Equal(back[0].Data, back[1].Data) {
			t.Errorf("%s, %v: other bits transposed", name, shape)
		}
		w.Data[0], x.Data[0] = 0.25, 0 // other cells, and another batch for ranges that are kept
	}
	if n := testing.AllocsPerRun(2, func() {
		wide.Read(y[0], x, Moment{})
		wide.ReadTransposed(back[0], e, Moment{})
		wide.Gradient(g[0], e, x, Moment{})
	}); n > 0 && !c.Nonlinear {
		t.Errorf("%s, %v: %g allocations", name, shape, n)
	}
}
