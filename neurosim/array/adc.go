package array

import (
	"math"
	"slices"
	"sort"

	"crossbook/neurosim/rng"
)

// converter is the analog-digital converters of one kind of read. Code n of b bits
// stands for low + n step, n from 0 to 2^b-1, and a sum becomes the nearest one.
type converter struct {
	config  Config
	bits    int
	highest float32 // 2^b-1
	share   int     // columns to a converter

	// What the converters of a read are like, drawn for good: gains and offsets, and
	// thresholds (Flash) or capacitors (SAR) of one converter after the other.
	gains, offsets []float32
	elements       []float32
	each           int // elements of a converter
	transfer       []float32
}

// window is what a converter makes of sums: uniform steps, or levels with their
// thresholds.
type window struct {
	low, step          float32
	levels, thresholds []float32
}

func newConverter(b Build, bits, count int, purpose string) converter {
	c := converter{config: b.Config, bits: bits, highest: float32(int(1)<<bits - 1), share: b.ADCColumns}
	if c.share == 0 {
		c.share = 8
	}
	if bits == 0 {
		return c
	}
	normals := func(what string, size int, deviation float64) []float32 {
		if deviation == 0 {
			return nil
		}
		list := make([]float32, size)
		rng.New(b.Seed, what+" of converters, "+purpose, b.Layer, 0).FillNormal(list, 0)
		for i := range list {
			list[i] *= float32(deviation)
		}
		return list
	}
	c.transfer, _ = parseTransfer(b.Transfer) // which is valid
	c.gains = normals("gain", count, b.ADCGain)
	c.offsets = normals("offset", count, b.ADCOffset)
	if c.each = bits; b.ADC == Flash {
		c.each = 1<<bits - 1
	}
	c.elements = normals("elements", count*c.each, b.ADCMismatch)
	c.build()
	return c
}

// build turns deviations into thresholds or capacitors.
func (c *converter) build() {
	for first := 0; first < len(c.elements); first += c.each {
		of := c.elements[first : first+c.each]
		for i := range of {
			if c.config.ADC == Flash {
				of[i] += float32(i) + 0.5
				continue
			}
			size := math.Exp2(float64(i)) // 2^i capacitors side by side
			of[i] = float32(size + math.Sqrt(size)*float64(of[i]))
		}
		if c.config.ADC == Flash {
			slices.Sort(of) // the number of comparators that answer does not know their order
		}
	}
}

// simple says whether every conversion is just the nearest code.
func (c *converter) simple() bool {
	return c.gains == nil && c.offsets == nil && c.elements == nil && c.config.ADCNoise == 0 && !c.config.Nonlinear && c.transfer == nil
}

// window returns that of sums from low to high.
func (c *converter) window(low, high float32) window {
	if span := float32(c.config.ADCSpan); span != 0 {
		middle, half := (low+high)/2, float32(span*(high-low)/2)
		low, high = middle-half, middle+half
	}
	return window{low: low, step: (high - low) / c.highest}
}

// code converts a sum in steps above low by converter number i.
func (c *converter) code(x float32, i int) float32 {
	if c.transfer != nil {
		x = c.transferred(x)
	}
	if c.gains != nil {
		x += float32(x * c.gains[i])
	}
	if c.offsets != nil {
		x += c.offsets[i]
	}
	if c.elements == nil {
		return roundEven(min(max(x, 0), c.highest))
	}
	of := c.elements[i*c.each : (i+1)*c.each]
	if c.config.ADC == Flash {
		return float32(sort.Search(len(of), func(n int) bool { return of[n] > x }))
	}
	return search(x, of)
}

// search is a successive approximation: from the largest capacitor on, each stays
// connected if the sum is above what is then compared.
func search(x float32, capacitors []float32) (code float32) {
	taken := float32(0)
	for i := len(capacitors) - 1; i >= 0; i-- {
		if trial := taken + capacitors[i]; x+0.5 >= trial {
			taken = trial
			code += float32(int(1) << i)
		}
	}
	return code
}

// convert is what comes out for a sum.
func (c *converter) convert(w *window, sum float32, i int) float32 {
	if w.levels != nil {
		return w.nearest(sum)
	}
	return w.low + float32(w.step*c.code((sum-w.low)/w.step, i))
}
