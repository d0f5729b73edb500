package train_test

import (
	"context"
	"fmt"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// Fading is a rule of one's own: back-propagation whose error loses a share of its
// size on the way down each layer.
type Fading struct {
	Loss float64 // the share, 0 to 1
}

func (Fading) Name() string { return "fading" }

func (Fading) Schedule(shapes []nn.Shape) nn.Schedule { return nn.Chain(len(shapes)) }

func (f Fading) Start(*nn.Network, uint64) train.Backward {
	return train.BackwardFunc(func(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
		for i := len(pass.Layers) - 2; i >= 0; i-- {
			net.Back(pass, i)
			for k := range pass.Layers[i].E.Data {
				pass.Layers[i].E.Data[k] *= float32(1 - f.Loss)
			}
		}
		return ctx.Err()
	})
}

// A rule of one's own goes where the others go.
func ExampleRule() {
	exp := neurosim.Experiment{
		Net:   nn.MLP(784, 32, 10).Activation("tanh"),
		Data:  dataset.Set{Name: "fashion-sample", Train: 600, Test: 300},
		Train: train.Settings{Epochs: 5, Batch: 20, Rate: 0.05, Record: train.Record{Angle: true}},
		Rule:  Fading{Loss: 0.5},
	}
	r := exp.MustRun(context.Background())
	fmt.Println(r.Label(), "better than chance:", r.Accuracy() > 30)
	angle := r.Trace(train.Angle, 1)
	fmt.Printf("%s: %.0f degrees from back-propagation\n", angle.Label(), angle.Values[4])
	// Output:
	// fading better than chance: true
	// fading, layer 1: 0 degrees from back-propagation
}
