package circuit

import "crossbook/neurosim/units"

// DRAM is the memory beside the chip.
type DRAM struct {
	Bandwidth float64     // bit/s
	Bit       units.Joule // of moving one bit
}

// GDDR5 is graphics memory: 4.288 Tbit/s, 14 pJ/bit.
func GDDR5() DRAM { return DRAM{4.288e12, 14e-12} }

// HBM2 is stacked memory: 15.2 Tbit/s, 3.9 pJ/bit. M. O'Connor et al.,
// "Fine-grained DRAM", MICRO-50, 2017.
func HBM2() DRAM { return DRAM{15.2e12, 3.9e-12} }

// Move is reading or writing so many bits.
func (d DRAM) Move(bits float64) Action {
	return Action{units.Second(bits / d.Bandwidth), units.Joule(bits) * d.Bit}
}
