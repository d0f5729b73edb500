package neurosim_test

import (
	"context"
	"fmt"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// The same network, trained on the same devices by two rules.
func Example() {
	exp := neurosim.Experiment{
		Net:    nn.MLP(784, 32, 10),
		Data:   dataset.Set{Name: "fashion-sample", Train: 1000, Test: 500},
		Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003, OnOff: 10},
		Train:  train.Settings{Epochs: 3, Batch: 50},
	}
	ctx := context.Background()
	bp, dfa := exp.With(train.BP{}).MustRun(ctx), exp.With(train.DFA{}).MustRun(ctx)
	fmt.Println(bp.Label(), "better than chance:", bp.Accuracy() > 30)
	fmt.Println(dfa.Label(), "better than chance:", dfa.Accuracy() > 30)
	// Output:
	// BP better than chance: true
	// DFA better than chance: true
}
