package neurosim

import (
	"fmt"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/nn"
)

// chipShapes are the layers with weights as a chip sees them. Maps count with their
// padding, so that kernels have as many positions as they have; the reference counts
// them without.
//
// A convolution in groups lies on the chip as the whole matrix of all channels and
// kernels, with cells of weight 0 beside the blocks of its groups: a column gets the
// voltages of all channels, and what its group does not see adds nothing. It takes the
// cells of an ungrouped one. That is the denser way of many small groups, which share
// subarrays so; few large ones would take fewer cells in subarrays of their own.
func (e Experiment) chipShapes() ([]cost.Shape, error) {
	var list []cost.Shape
	for i, s := range e.Net.Shapes() {
		if s.Window.Groups > 1 && e.Reference != "" {
			return nil, fmt.Errorf("neurosim: layer %d: the chip of Reference %s has no convolution in %d groups; allowed: 1", i+1, e.Reference, s.Window.Groups)
		}
		list = append(list, chipShape(s, e.Reference == ""))
	}
	return list, nil
}

// wholeFeedback counts feedback weights that stand in for those of a convolution in
// groups as the chip has these: with the cells beside its blocks.
func wholeFeedback(s nn.Schedule, shapes []nn.Shape) nn.Schedule {
	for i := range s.Feedback[:max(0, len(s.Feedback)-1)] {
		if above := shapes[i+1]; above.Window.Groups > 1 && s.Feedback[i] == above.Weights() {
			s.Feedback[i] *= above.Window.Groups
		}
	}
	return s
}

// among dilutes the activity of the weights of a convolution in groups by the cells
// beside its blocks, which stay at weight 0.
func among(a cost.Activity, groups int) cost.Activity {
	if groups > 1 {
		a.Weight /= float64(groups)
		a.Changed /= float64(groups)
	}
	return a
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
