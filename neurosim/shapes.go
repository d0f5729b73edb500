package neurosim

import (
	"fmt"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/nn"
)

// chipShapes are the layers with weights as a chip sees them. Maps count with their
// padding, so that kernels have as many positions as they have; the reference counts
// them without.
func (e Experiment) chipShapes() ([]cost.Shape, error) {
	var list []cost.Shape
	for i, s := range e.Net.Shapes() {
		if s.Window.Groups > 1 {
			return nil, fmt.Errorf("neurosim: layer %d: a chip has no price for a convolution in %d groups yet; allowed: 1", i+1, s.Window.Groups)
		}
		list = append(list, chipShape(s, e.Reference == ""))
	}
	return list, nil
}

func chipShape(s nn.Shape, padded bool) cost.Shape {
	w := s.Window
	if w == (nn.Window{}) {
		return cost.Dense(s.In, s.Out)
	}
	shape := cost.Shape{
		Height: w.Height, Width: w.Width, Channels: w.Channels,
		KernelHeight: w.KernelHeight, KernelWidth: w.KernelWidth, Kernels: s.Out,
		Pool: s.Pool == 2, Stride: w.Stride,
	}
	if padded {
		shape.Height += 2 * w.PadHeight
		shape.Width += 2 * w.PadWidth
	}
	return shape
}
