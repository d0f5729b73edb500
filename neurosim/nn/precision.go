package nn

import (
	"math/bits"

	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/check"
)

// Float is the number of bits from which on nothing is rounded.
const Float = 16

// Precision is the number of bits of what flows through a network while it
// trains. 0 means what the device asks for: no rounding with a continuous
// device; with L levels, log2 L bits (rounded down) for weights and gradients,
// and 8 bits for activations and errors; with a law, whose levels are no grid, 8
// bits for activations and errors only. Float (16) and above mean single
// precision. Allowed: 0 to 32.
type Precision struct {
	Weight     int // as the forward pass sees it; the device stores more
	Gradient   int // step of an update
	Activation int // output of the hidden layers
	Error      int // that goes backward
}

// For returns the precision with every 0 replaced by what the device asks for,
// and every Float and above by Float.
func (p Precision) For(d device.Analog) Precision {
	weight, signal := Float, Float
	if d.Levels > 0 {
		weight, signal = bits.Len(uint(d.Levels))-1, 8
	}
	if d.Law != "" {
		weight = Float
	}
	pick := func(asked, fallback int) int {
		if asked == 0 {
			asked = fallback
		}
		return min(asked, Float)
	}
	return Precision{
		Weight: pick(p.Weight, weight), Gradient: pick(p.Gradient, weight),
		Activation: pick(p.Activation, signal), Error: pick(p.Error, signal),
	}
}

// Validate returns every field outside its range, nil when there is none.
func (p Precision) Validate() error {
	var problems check.Problems
	problems.Int("Weight", p.Weight, 0, 32)
	problems.Int("Gradient", p.Gradient, 0, 32)
	problems.Int("Activation", p.Activation, 0, 32)
	problems.Int("Error", p.Error, 0, 32)
	return problems.Err()
}
