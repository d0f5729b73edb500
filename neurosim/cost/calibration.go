package cost

import (
	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/units"
)

// Calibration scales what the model gives for the circuits of subarrays to what was
// measured on silicon. The zero value changes nothing. What stands outside of
// subarrays (trees, buffers, wires, memory) is as the model has it, and so is
// leakage.
type Calibration struct {
	Name    string // of the silicon, for the reader
	Area    Factors
	Energy  Factors
	Latency Factors
}

// Factors multiply the figures of the components of a subarray, each 0.001 to 1000;
// 0 means 1.
type Factors struct {
	Cells        float64 // area, and writing
	ADC          float64 // converters, with the cells and columns that they read
	Accumulation float64 // adders and shift-adds
	Periphery    float64 // drivers, decoders, multiplexers
}

// of is the factor of a component, 1 for those that have none.
func (f Factors) of(part category) float64 {
	v := 1.0
	switch part {
	case inCells:
		v = f.Cells
	case inADC:
		v = f.ADC
	case inAccumulation:
		v = f.Accumulation
	case inOther:
		v = f.Periphery
	}
	return pick(v, 1)
}

// charge scales a charge of a component.
func (c *Calibration) charge(part category, of charge) charge {
	if c != nil {
		of.one.Energy *= units.Joule(c.Energy.of(part))
		of.one.Latency *= units.Second(c.Latency.of(part))
	}
	return of
}

// size scales an area of a component.
func (c *Calibration) size(part category, area units.SquareMetre) units.SquareMetre {
	if c == nil {
		return area
	}
	return area * units.SquareMetre(c.Area.of(part))
}

func (c Calibration) validate() error {
	var p check.Problems
	p.Under("Area", c.Area.validate())
	p.Under("Energy", c.Energy.validate())
	p.Under("Latency", c.Latency.validate())
	return p.Err()
}

func (f Factors) validate() error {
	var p check.Problems
	for part, name := range map[category]string{inCells: "Cells", inADC: "ADC", inAccumulation: "Accumulation", inOther: "Periphery"} {
		p.Float(name, f.of(part), 1e-3, 1e3)
	}
	return p.Err()
}
