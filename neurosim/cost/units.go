package cost

import (
	"crossbook/neurosim/cost/circuit"
	"crossbook/neurosim/units"
)

// gradientUnit multiplies activations with errors, and sums the products over a
// batch.
type gradientUnit struct {
	circuit.GradientUnit
	sum circuit.Adder
}

// newUnit makes one that holds a layer's activations.
func (c *chip) newUnit(l placed) gradientUnit {
	u := gradientUnit{GradientUnit: c.gradient.Arrays(l.allWindows(), l.Channels*c.inputBits)}
	u.sum = circuit.Adder{Kit: c.kit, Bits: u.Precision() + ceilLog2(c.batch)}
	return u
}

// makeUnits makes those of the layers that may work at the same time, each for the
// largest map of its layers.
func (c *chip) makeUnits() {
	for i := range c.rule.units {
		c.units = append(c.units, c.newUnit(c.largest(i)))
	}
}

// builtUnits are those that take up area: none in inference.
func (c *chip) builtUnits() []gradientUnit {
	switch {
	case !c.training:
		return nil
	case c.wolters && c.rule.direct():
		return c.studyUnits()
	}
	return c.units
}

func (c *chip) gradientArea() units.SquareMetre {
	var sum units.SquareMetre
	for _, u := range c.builtUnits() {
		sum += u.Area() + u.sum.Size().Area
	}
	return sum
}
