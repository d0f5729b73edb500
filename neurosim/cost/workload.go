package cost

import (
	"fmt"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/tech"
	"crossbook/neurosim/units"
)

// Source is what a chip is priced for: a [Network], a [Workload], an experiment,
// or the result of one.
type Source interface {
	// Workload returns the work of the chip; its error says why there is none.
	Workload() (Workload, error)
}

// Workload is what a chip has to do in an epoch.
type Workload struct {
	Layers   Network
	Schedule nn.Schedule // of the learning rule; zero: that of back-propagation

	// What the chip's fields of the same names are where they are 0; 0: unknown.
	Batch, Iterations, SynapseBits, InputBits, Levels int
	OnOff                                             float64 // of the cells, where Chip.Device is zero; 0: unknown
}

// Workload is the workload itself.
func (w Workload) Workload() (Workload, error) { return w, nil }

// Network is layers, input side first. As a [Source] it is trained by
// back-propagation.
type Network []Layer

// Workload has the chip's own figures for all else.
func (n Network) Workload() (Workload, error) { return Workload{Layers: n}, nil }

// Layers gives shapes typical activity.
func Layers(shapes ...Shape) Network {
	list := make(Network, len(shapes))
	for i, s := range shapes {
		list[i].Shape = s
	}
	return list
}

// shapes of the layers.
func (n Network) shapes() []Shape {
	list := make([]Shape, len(n))
	for i, l := range n {
		list[i] = l.Shape
	}
	return list
}

// validate returns all that is wrong with the layers and their schedule.
func (w Workload) validate(inputBits int) error {
	var p check.Problems
	if len(w.Layers) == 0 {
		p.Add("Layers", nil, "there are none; allowed: at least one")
	}
	for i, l := range w.Layers {
		l.validate(&p, fmt.Sprintf("Layers[%d]", i), inputBits)
	}
	if w.scheduled() {
		p.Under("Schedule", w.Schedule.Validate(len(w.Layers)))
	}
	return p.Err()
}

// scheduled says whether there is a schedule.
func (w Workload) scheduled() bool {
	s := w.Schedule
	return s.WaitsFor != nil || s.Feedback != nil || s.Transposed != nil || s.Trained
}

// on is the chip with what it leaves open as the workload has it.
func (w Workload) on(c Chip) Chip {
	c.Batch = pick(c.Batch, w.Batch)
	c.Iterations = pick(c.Iterations, w.Iterations)
	c.SynapseBits = pick(c.SynapseBits, w.SynapseBits)
	c.InputBits = pick(c.InputBits, w.InputBits)
	c.Levels = pick(c.Levels, w.Levels)
	if w.OnOff > 1 && c.Device == (tech.Cell{}) && c.Cell != SRAM {
		if cell, err := tech.FindCell(pick(c.Cell, RRAM)); err == nil { // else the chip's own check tells
			cell.Off = cell.On * units.Ohm(w.OnOff)
			c.Device = cell
		}
	}
	return c
}
