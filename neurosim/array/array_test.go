package array

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/rng"
)

// random returns numbers uniform in [low, high).
func random(rows, cols int, low, high float32) Matrix {
	m := NewMatrix(rows, cols)
	rng.New(7, fmt.Sprint("test ", rows, cols, low), 0, 0).FillRange(m.Data, low, high)
	return m
}

// onGrid rounds to multiples of 1/steps.
func onGrid(m Matrix, steps float64) Matrix {
	for i, v := range m.Data {
		m.Data[i] = float32(math.RoundToEven(float64(v)*steps) / steps)
	}
	return m
}

func mustNew(t testing.TB, b Build) *Array {
	t.Helper()
	a, err := b.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// exact is x wᵀ, or x w when transposed, in double precision.
func exact(x, w Matrix, transposed bool) []float64 {
	var out []float64
	n, at := w.Rows, func(j, k int) float32 { return w.Row(j)[k] }
	if transposed {
		n, at = w.Cols, func(j, k int) float32 { return w.Row(k)[j] }
	}
	for i := range x.Rows {
		for j := range n {
			sum := 0.0
			for k, v := range x.Row(i) {
				sum += float64(v) * float64(at(j, k))
			}
			out = append(out, sum)
		}
	}
	return out
}

func transposeOf(m Matrix) Matrix {
	t := NewMatrix(m.Cols, m.Rows)
	for i := range m.Rows {
		for j, v := range m.Row(i) {
			t.Row(j)[i] = v
		}
	}
	return t
}

func rms(got []float32, want []float64) float64 {
	sum := 0.0
	for i, v := range got {
		sum += (float64(v) - want[i]) * (float64(v) - want[i])
	}
	return math.Sqrt(sum / float64(len(got)))
}

// exactConfigs compute the exact product of weights of 6 bits with inputs of 8.
var exactConfigs = map[string]Config{
	"zero":         {},
	"rows":         {Rows: 20, Cols: 16},
	"pair":         {Mapping: Pair, Rows: 20},
	"digits":       {WeightBits: 6, CellBits: 2, Rows: 20},
	"uneven cells": {WeightBits: 6, CellBits: 4, Rows: 20, Mapping: Offset},
	"pair digits":  {WeightBits: 6, CellBits: 2, Mapping: Pair},
	"serial":       {InputBits: 8, InputRange: 1, Rows: 20, Cols: 16},
	"DAC":          {InputBits: 8, DACBits: 3, WeightBits: 6, CellBits: 1},
	"fine ADC":     {InputBits: 8, WeightBits: 6, CellBits: 2, Rows: 20, Cols: 10, ADCBits: 16},
	"fine pair":    {InputBits: 8, WeightBits: 6, CellBits: 2, Mapping: Pair, ADCBits: 16},
	"fine diff":    {InputBits: 8, WeightBits: 6, Mapping: Difference, ADCBits: 16, Rows: 17},
	"full range":   {InputBits: 8, WeightBits: 6, CellBits: 1, ADCBits: 16, ADCRange: Full},
	"analog ADC":   {Rows: 9, ADCBits: 16},
	"calibrated":   {InputBits: 8, ADCBits: 16, ADCRange: Calibrated},
}

func TestIdealArrayIsTheMatrixProduct(t *testing.T) {
	w := onGrid(random(24, 45, -1, 1), 32)
	for i, v := range w.Data {
		w.Data[i] = min(max(v, -31.0/32), 31.0/32)
	}
	x, signed, e := onGrid(random(11, 45, 0, 1), 255), onGrid(random(11, 45, -1, 1), 255), onGrid(random(11, 24, -1, 1), 255)
	x.Data[0], signed.Data[0], e.Data[0] = 1, 1, 1
	for name, config := range exactConfigs {
		for _, onOff := range []float64{0, 10} {
			a := mustNew(t, Build{Config: config, Device: device.Analog{OnOff: onOff}, In: 45, Out: 24})
			a.Program(w)
			tolerance := 2e-5
			if config.ADCBits > 0 {
				tolerance = 3e-3
			}
			near := func(what string, got Matrix, want []float64) {
				if d := rms(got.Data, want); !(d <= tolerance) {
					t.Errorf("%s, on/off %g, %s: %g off", name, onOff, what, d)
				}
			}
			y, dx, dw := NewMatrix(11, 24), NewMatrix(11, 45), NewMatrix(24, 45)
			a.Read(y, x, Moment{})
			near("read", y, exact(x, w, false))
			a.Calibrate()
			a.Read(y, signed, Moment{})
			near("read of signed inputs", y, exact(signed, w, false))
			a.ReadTransposed(dx, e, Moment{})
			near("transposed read", dx, exact(e, w, true))
			a.Gradient(dw, e, signed, Moment{})
			near("gradient", dw, exact(transposeOf(e), signed, true))
		}
	}
}

func TestZeroConfigComputesToTheBit(t *testing.T) {
	w, x := random(30, 50, -1, 1), random(9, 50, -1, 1)
	a := mustNew(t, Build{In: 50, Out: 30})
	a.Program(w)
	got, again := NewMatrix(9, 30), NewMatrix(9, 30)
	a.Read(got, x, Moment{})
	for i := range again.Rows {
		for j := range again.Cols {
			s := float32(0)
			for k, v := range x.Row(i) {
				s = float32(math.FMA(float64(v), float64(w.Row(j)[k]), float64(s)))
			}
			again.Row(i)[j] = s
		}
	}
	if !slices.Equal(got.Data, again.Data) {
		t.Error("the product of a zero configuration differs from the chain of multiply-adds")
	}
}

// rough is an array with everything that is not ideal.
var rough = Config{
	Rows: 32, Cols: 32, WeightBits: 6, CellBits: 3, InputBits: 6, ADCBits: 6, ADCOffset: 0.3, ADCGain: 0.01,
	ADCMismatch: 0.1, ADCNoise: 0.3, Variation: 0.05, ReadNoise: 0.05, Drift: 0.01, DriftTime: 1000,
	DriftTarget: 0.5, Phases: "all",
}

func TestSameBitsOnAnyNumberOfThreads(t *testing.T) {
	w, x, e := random(50, 90, -1, 1), random(41, 90, -1, 1), random(41, 50, -1, 1)
	var first []float32
	for _, procs := range []int{1, 7} {
		old := runtime.GOMAXPROCS(procs)
		for _, mapping := range []string{Offset, Pair, Difference} {
			config := rough
			config.Mapping = mapping
			a := mustNew(t, Build{Config: config, Device: device.Analog{OnOff: 10}, In: 90, Out: 50, Seed: 3, Layer: 1})
			a.Program(w)
			y, dx, dw := NewMatrix(41, 50), NewMatrix(41, 90), NewMatrix(50, 90)
			at := Moment{Step: 5, Part: 2, Test: true}
			a.Read(y, x, at)
			a.ReadTransposed(dx, e, at)
			a.Gradient(dw, e, x, at)
			all := slices.Concat(y.Data, dx.Data, dw.Data)
			if procs == 1 {
				first = append(first, all...)
				continue
			}
			if !slices.Equal(all, first[:len(all)]) {
				t.Errorf("%d processors, %s: other bits than on one", procs, mapping)
			}
			first = append(first[len(all):], all...)
		}
		runtime.GOMAXPROCS(old)
	}
}

func TestReadsAllocateNothing(t *testing.T) {
	w, x, e := random(50, 90, -1, 1), random(41, 90, -1, 1), random(41, 50, -1, 1)
	for _, mapping := range []string{Offset, Pair, Difference} {
		config := rough
		config.Mapping = mapping
		a := mustNew(t, Build{Config: config, Device: device.Analog{OnOff: 10}, In: 90, Out: 50})
		y, dx, dw := NewMatrix(41, 50), NewMatrix(41, 90), NewMatrix(50, 90)
		work := func() {
			a.Program(w)
			a.Read(y, x, Moment{})
			a.ReadTransposed(dx, e, Moment{})
			a.Gradient(dw, e, x, Moment{})
		}
		work()
		if n := testing.AllocsPerRun(2, work); n > 0 {
			t.Errorf("%s: %v allocations", mapping, n)
		}
	}
}
