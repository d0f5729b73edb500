package device

import (
	"fmt"

	"crossbook/neurosim/internal/check"
)

// validateLaw adds what does not go with a law, or without one.
func (d Analog) validateLaw(p *check.Problems) {
	p.OneOf("Law", d.Law, lawNames...)
	d.validateCells(p)
	if d.Law == "" {
		zero(p, "without a Law", namedField{"Skew", d.Skew})
		if d.Levels == 0 {
			zero(p, "without Levels", namedField{"WriteNoise", d.WriteNoise})
		}
	} else {
		d.validateSteps(p)
	}
	if d.Law == ExponentialStep {
		p.Under("Exponential", d.Exponential.Validate())
	} else if d.Exponential != (Exponential{}) {
		p.Add("Exponential", d.Exponential, "zero but with the Law "+ExponentialStep)
	}
	if d.Law == PiecewiseStep {
		p.Under("Piecewise", d.Piecewise.Validate())
	} else if d.Piecewise != (Piecewise{}) {
		p.Add("Piecewise", d.Piecewise, "zero but with the Law "+PiecewiseStep)
	}
}

// validateCells adds the fields outside their ranges that every cell has.
func (d Analog) validateCells(p *check.Problems) {
	p.Float("StepNoise", d.StepNoise, 0, 100)
	p.Float("StepVariation", d.StepVariation, 0, 1)
	p.Float("RangeVariation", d.RangeVariation, 0, 1)
	p.Float("Asymmetry", d.Asymmetry, -0.9, 0.9)
	p.Float("AsymmetryVariation", d.AsymmetryVariation, 0, 1)
	p.Float("WriteNoise", d.WriteNoise, 0, 1000)
}

// validateSteps adds the fields outside the ranges that they have with a law.
func (d Analog) validateSteps(p *check.Problems) {
	if d.Levels == 0 {
		p.Add("Levels", 0, fmt.Sprintf("2 to %d with a Law", MaxLevels))
	}
	p.Float("Skew", d.Skew, -0.9, 0.9)
	switch d.Law {
	case LinearStep:
		p.Float("LTP", d.LTP, 0, 1)
		p.Float("LTD", d.LTD, 0, 1)
	case PowerStep:
		p.Float("LTP", d.LTP, 0, MaxLabel)
		p.Float("LTD", d.LTD, 0, MaxLabel)
	case ExponentialStep:
		zero(p, "with the Law "+d.Law, namedField{"LTP", d.LTP}, namedField{"LTD", d.LTD})
	default:
		zero(p, "with the Law "+d.Law, namedField{"LTP", d.LTP}, namedField{"LTD", d.LTD}, namedField{"DeviceToDevice", d.DeviceToDevice})
	}
}

type namedField struct {
	name  string
	value float64
}

// zero adds the fields that are not.
func zero(p *check.Problems, when string, fields ...namedField) {
	for _, f := range fields {
		if f.value != 0 {
			p.Add(f.name, f.value, "0 "+when)
		}
	}
}
