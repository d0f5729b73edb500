package main

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

//go:embed openblas.py
var openBLAS string

// shape is a product of rows x depth and depth x cols numbers; of a transposed factor,
// the numbers lie the other way round.
type shape struct {
	name              string
	rows, cols, depth int
	ta, tb            bool
}

// shapes are squares and products of networks. The bar is for the first thirteen.
var shapes = []shape{
	{"256 cubed", 256, 256, 256, false, false},
	{"512 cubed", 512, 512, 512, false, false},
	{"1024 cubed", 1024, 1024, 1024, false, false},
	{"2048 cubed", 2048, 2048, 2048, false, false},
	{"MLP forward", 64, 800, 784, false, true},
	{"MLP dW", 800, 784, 64, false, false},
	{"MLP dX", 64, 800, 800, false, false},
	{"conv2", 128, 1024, 1152, false, false},
	{"conv4", 256, 256, 2304, false, false},
	{"conv6", 512, 64, 4608, false, false},
	{"conv1", 128, 1024, 27, false, false},
	{"dense", 200, 1024, 8192, false, true},
	{"array", 64, 256, 1152, false, false},
	{"MLP dW as it is", 800, 784, 64, true, false},
	{"MLP output", 64, 10, 800, false, true},
	{"one image", 1, 800, 784, false, true},
	{"conv1 as it is", 16384, 128, 27, false, true},
	{"conv2 as it is", 1024, 128, 1152, false, true},
	{"conv2 dX", 1024, 1152, 128, false, false},
	{"conv2 dW", 128, 1152, 1024, true, false},
	{"conv6 as it is", 1024, 512, 4608, false, true},
}

const judged = 13

// least is how long a figure takes, in seconds.
const least = 0.04

func (s shape) operations() float64 { return 2 * float64(s.rows) * float64(s.cols) * float64(s.depth) }

// product multiplies random numbers.
func (s shape) product() func() {
	matrix := func(rows, cols int, turned bool, layer int) simd.Matrix {
		if turned {
			rows, cols = cols, rows
		}
		m := simd.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: make([]float32, rows*cols)}
		rng.New(1, "figures", layer, 0).FillRange(m.Data, -1, 1)
		return m
	}
	a, b := matrix(s.rows, s.depth, s.ta, 0), matrix(s.depth, s.cols, s.tb, 1)
	c := matrix(s.rows, s.cols, false, 2)
	switch {
	case s.ta:
		return func() { simd.TProduct(c, a, b) }
	case s.tb:
		return func() { simd.ProductT(c, a, b) }
	}
	return func() { simd.Product(c, a, b) }
}

// measure returns seconds a product, of this program and of the other.
func (s shape) measure(o *other, rounds int) (ours, theirs []float64, err error) {
	product := s.product()
	if _, err = o.do("shape %d %d %d %d %d", s.rows, s.cols, s.depth, number(s.ta), number(s.tb)); err != nil {
		return nil, nil, err
	}
	product()
	times := max(1, int(least/(s.operations()/1e11)))
	for range rounds {
		begun := processorTime()
		for range times {
			product()
		}
		ours = append(ours, (processorTime()-begun)/float64(times))
		seconds, err := o.do("run %d", times)
		if err != nil {
			return nil, nil, err
		}
		theirs = append(theirs, seconds/float64(times))
	}
	return ours, theirs, nil
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func measureProducts(python, only string, rounds int) error {
	o, err := startOther(python, openBLAS)
	if err != nil {
		return err
	}
	defer o.stop()
	fmt.Printf("Products, GFLOP/s a core, beside %s\n", o.name)
	fmt.Printf("%-18s %16s %10s %10s %8s\n", "", "rows cols depth", "Crossbook", "OpenBLAS", "ratio")
	lowest := math.Inf(1)
	var all []float64
	for i, s := range shapes {
		if !strings.Contains(s.name, only) {
			continue
		}
		ours, theirs, err := s.measure(o, rounds)
		if err != nil {
			return err
		}
		ratio := median(ratios(theirs, ours))
		size := fmt.Sprintf("%d %d %d", s.rows, s.cols, s.depth)
		fmt.Printf("%-18s %16s %10.1f %10.1f %8.2f\n", s.name, size,
			s.operations()/median(ours)*1e-9, s.operations()/median(theirs)*1e-9, ratio)
		if i < judged {
			all, lowest = append(all, ratio), min(lowest, ratio)
		}
	}
	if len(all) == judged {
		slices.Sort(all)
		fmt.Printf("first %d: median %.2f (wanted 0.9), lowest %.2f (wanted 0.75)\n\n", judged, median(all), lowest)
	}
	return nil
}
