package nn

import (
	"context"
	"math"
	"testing"

	"crossbook/neurosim/rng"
)

// trial is a network with a batch and a loss that weighs its outputs at random.
type trial struct {
	*Network
	pass    *Pass
	x, loss Matrix
}

func newTrial(t *testing.T, net Net, images int) trial {
	t.Helper()
	float := Precision{Float, Float, Float, Float}
	network, err := Build{Net: net, Precision: float, Seed: 5}.New()
	if err != nil {
		t.Fatal(err)
	}
	tr := trial{network, network.NewPass(images), NewMatrix(images, network.Inputs()), NewMatrix(images, network.Outputs())}
	rng.New(1, "images", 0, 0).FillRange(tr.x.Data, -1, 1)
	rng.New(1, "loss", 0, 0).FillRange(tr.loss.Data, -1, 1)
	for _, norm := range network.Norms {
		rng.New(1, "gain", 0, 0).FillRange(norm.Gain, 0.5, 1.5)
		rng.New(1, "offset", 0, 0).FillRange(norm.Offset, -0.5, 0.5)
	}
	tr.pass.Training = true
	return tr
}

// forward returns the loss.
func (tr trial) forward(t *testing.T) float64 {
	t.Helper()
	if err := tr.Forward(context.Background(), tr.pass, tr.x); err != nil {
		t.Fatal(err)
	}
	var sum float64
	for i, y := range tr.pass.Output().Data {
		sum += float64(y) * float64(tr.loss.Data[i])
	}
	return sum
}

// backward carries the gradient of the loss through the network.
func (tr trial) backward(t *testing.T) {
	t.Helper()
	tr.forward(t)
	copy(tr.pass.OutputError().Data, tr.loss.Data)
	tr.BackOutput(tr.pass)
	for i := len(tr.Layers) - 2; i >= 0; i-- {
		tr.Back(tr.pass, i)
	}
}

// check compares gradients with central differences.
func (tr trial) check(t *testing.T, what string, w, gradient []float32) {
	t.Helper()
	const h = 4e-3
	bad, corners, count := 0, 0, 0
	for k := 0; k < len(w); k += 1 + len(w)/60 {
		keep := w[k]
		at := func(x float32) float64 {
			w[k] = x
			for _, l := range tr.Layers {
				l.Refresh()
			}
			return tr.forward(t)
		}
		middle := at(keep)
		up, down := at(keep+h), at(keep-h)
		at(keep)
		slope := (up - down) / (2 * h)
		if count++; math.Abs(up+down-2*middle)/h > 4e-3 {
			corners++ // of a rectifier or a maximum: there is no slope
			continue
		}
		if math.Abs(slope-float64(gradient[k])) > 2e-3+1e-2*math.Abs(slope) {
			if bad++; bad < 4 {
				t.Errorf("%s %d: gradient %g, slope %g", what, k, gradient[k], slope)
			}
		}
	}
	if 4*corners > 3*count {
		t.Errorf("%s: %d of %d weights are at corners", what, corners, count)
	}
}

// Every kind of layer, by central differences, before and behind weights.
func TestGradients(t *testing.T) {
	image := Image(4, 6, 5)
	for name, layers := range map[string][]Layer{
		"dense":           {Dense(7), Tanh(), Dense(3)},
		"conv":            {Conv(3, 3), Tanh(), Dense(3)},
		"conv on conv":    {Conv(3, 3).Pad(1), Tanh(), Conv(5, 3).Pad(1).Stride(2), Tanh(), Dense(3)},
		"rectangle":       {Conv(3, 1).Kernel(1, 4).PadBy(0, 2), Tanh(), Conv(3, 1).Kernel(5, 2), Dense(3)},
		"pixels":          {Conv(6, 1), Tanh(), Conv(2, 1), Dense(3)},
		"groups":          {Conv(6, 3).Groups(2).Pad(1), Tanh(), Conv(4, 3).Groups(2).Stride(2), Dense(3)},
		"depthwise":       {Conv(4, 3).Groups(4), Sigmoid(), Conv(5, 1), Dense(2)},
		"max":             {Conv(4, 2), MaxPool(2), Dense(3)},
		"overlapping max": {Conv(4, 2).Pad(1), MaxPool(3).Stride(2).Pad(1), Dense(3)},
		"avg":             {Conv(4, 2), AvgPool(2), Dense(3)},
		"padded avg":      {Conv(4, 2), AvgPool(3).Stride(1).Pad(1), Dense(3)},
		"all":             {Conv(4, 2), GlobalPool(), Dense(3)},
		"relu":            {Dense(9), ReLU(), Dense(3)},
		"leaky":           {Dense(9), LeakyReLU(0.2), Dense(3)},
		"hard":            {Dense(9), HardTanh(), Dense(8), HardSigmoid(), Dense(3)},
		"norm":            {Conv(4, 3), BatchNorm(), Tanh(), Dense(6), BatchNorm(), Tanh(), Dense(2)},
		"norm behind":     {Conv(4, 3), Tanh(), MaxPool(2), BatchNorm(), Dense(2)},
		"dropout":         {Conv(4, 3), Dropout(0.4), Tanh(), Dense(6), Tanh(), Dropout(0.2), Dense(2)},
		"residual":        {Conv(4, 3).Pad(1), Tanh(), Residual(Conv(4, 3).Pad(1), Tanh(), Conv(4, 3).Pad(1)), Tanh(), Dense(2)},
		"shortcut":        {Conv(4, 3), Residual(Conv(6, 3).Pad(1), Tanh()).Shortcut(Conv(6, 1), BatchNorm()), Tanh(), Dense(2)},
		"nested":          {Dense(5), Residual(Dense(5), Tanh(), Residual(Dense(5)), Tanh()), Dense(2)},
		"concat":          {Conv(4, 3), Tanh(), Concat(Conv(3, 3).Pad(1), Tanh()).Branch(Conv(5, 1)).Branch(MaxPool(3).Stride(1).Pad(1)), Tanh(), Dense(2)},
		"dense block":     {Conv(4, 3).Pad(1), Concat().Branch(BatchNorm(), Tanh(), Conv(3, 3).Pad(1)), Concat().Branch(Conv(2, 1)), AvgPool(2), Dense(2)},
		"of the input":    {Concat().Branch(Conv(3, 1)), Conv(2, 3), Tanh(), Dense(2)},
		"graph":           {Conv(4, 1), Residual(Concat(Conv(3, 3).Pad(1), Tanh()).Branch(Residual(Tanh()), Conv(1, 1))), Tanh(), Concat().Branch(), Dense(2)},
		"identity":        {Dense(5), Residual(Tanh()), Dense(2)},
		"open end":        {Conv(3, 3), Tanh(), Conv(2, 3), BatchNorm(), GlobalPool(), Sigmoid()},
		"linear, flatten": {Conv(3, 3), Flatten(), Dense(4), Dense(2)},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTrial(t, Sequential(append([]Layer{image}, layers...)...).WithBias(), 3)
			tr.backward(t)
			for i, l := range tr.Layers {
				g := NewMatrix(l.Out, l.In)
				tr.Gradient(g, tr.pass, i)
				tr.check(t, tr.nodes[tr.layers[i]].name+", weight", l.W.Data, g.Data)
			}
			for i, norm := range tr.Norms {
				tr.backward(t)
				gain, offset, ok := tr.pass.NormGradient(i)
				if !ok {
					t.Fatal("no gradient")
				}
				gain, offset = append([]float32{}, gain...), append([]float32{}, offset...)
				tr.check(t, "gain", norm.Gain, gain)
				tr.check(t, "offset", norm.Offset, offset)
			}
		})
	}
}
