package main

import (
	_ "embed"
	"fmt"
	"strings"

	"crossbook/neurosim/array"
	"crossbook/neurosim/device"
	"crossbook/neurosim/rng"
)

//go:embed reads.py
var numpy string

// The shape of the reads: the other program has the same.
const (
	readInputs, readOutputs, readImages = 1152, 256, 64
	ourReads                            = 10 // of a turn
)

// crossbar is an array whose reads are measured: weights of 8 bits in cells of 2, inputs of
// 8 bits, bit by bit, subarrays of 128 rows, and a conversion of each column each time.
type crossbar struct {
	name   string
	other  string // name of the other program
	images int    // of a read of the other program's
	change func(*array.Config)
}

var crossbars = []crossbar{
	{"exact levels", "levels", readImages, func(*array.Config) {}},
	{"conductances", "conductances", readImages, func(c *array.Config) { c.Variation = 0.02 }},
	{"read noise", "noise", 1, func(c *array.Config) { c.ReadNoise = 0.02 }},
}

// build makes the array, with weights.
func (c crossbar) build() (*array.Array, error) {
	b := array.Build{
		Config: array.Config{
			Rows: 128, WeightBits: 8, CellBits: 2, InputBits: 8, InputRange: 1,
			ADCBits: 8, ADCRange: array.Full,
		},
		Device: device.Analog{OnOff: 100}, In: readInputs, Out: readOutputs,
	}
	c.change(&b.Config)
	a, err := b.New()
	if err != nil {
		return nil, err
	}
	a.Program(randomMatrix(readOutputs, readInputs, -1, 1))
	return a, nil
}

func randomMatrix(rows, cols int, low, high float32) array.Matrix {
	m := array.NewMatrix(rows, cols)
	rng.New(1, "figures", 0, 0).FillRange(m.Data, low, high)
	return m
}

// measure returns products of a weight and an input a second, of this program and of the
// other, round by round.
func (c crossbar) measure(o *other, rounds int) (ours, theirs []float64, err error) {
	if _, err = o.do("cells %s %d", c.other, c.images); err != nil {
		return nil, nil, err
	}
	a, err := c.build()
	if err != nil {
		return nil, nil, err
	}
	x, y := randomMatrix(readImages, readInputs, 0, 1), array.NewMatrix(readImages, readOutputs)
	const each = readInputs * readOutputs
	for range rounds {
		a.Read(y, x, array.Moment{}) // brings the cells back to the caches
		begun := processorTime()
		for range ourReads {
			a.Read(y, x, array.Moment{})
		}
		ours = append(ours, each*readImages*ourReads/(processorTime()-begun))
		seconds, err := o.do("reads 1")
		if err != nil {
			return nil, nil, err
		}
		theirs = append(theirs, float64(each*c.images)/seconds)
	}
	return ours, theirs, nil
}

func measureReads(python, only string, rounds int) error {
	o, err := startOther(python, numpy)
	if err != nil {
		return err
	}
	defer o.stop()
	fmt.Printf("Reads of arrays bit by bit, 8-bit weights and inputs, G products/s a core, beside %s\n", o.name)
	fmt.Printf("%-16s %10s %10s %8s\n", "", "Crossbook", "NumPy", "ratio")
	for _, c := range crossbars {
		if !strings.Contains(c.name, only) {
			continue
		}
		ours, theirs, err := c.measure(o, rounds)
		if err != nil {
			return err
		}
		fmt.Printf("%-16s %10.3g %10.3g %8.3g\n", c.name, median(ours)*1e-9, median(theirs)*1e-9, median(ratios(ours, theirs)))
	}
	return nil
}
