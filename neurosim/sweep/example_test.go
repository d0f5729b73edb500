package sweep_test

import (
	"context"
	"fmt"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep"
	"crossbook/neurosim/train"
)

// Accuracy against the nonlinearity of the devices, for two rules.
func Example() {
	grid := sweep.Grid{
		Base: neurosim.Experiment{
			Net:    nn.MLP(784, 8, 10),
			Data:   dataset.Set{Name: "fashion-sample", Train: 200, Test: 100},
			Device: device.Analog{Levels: 64},
			Train:  train.Settings{Epochs: 2, Batch: 20},
		},
		Axes: []sweep.Axis{
			sweep.Field("Device.LTP", sweep.Linspace(0, 6, 3)...).Along("Device.LTD", -1),
			sweep.Rules("BP", "DFA"),
		},
		Repeats: 3,
		Store:   sweep.NoStore, // without it nothing is computed twice
	}
	t, err := grid.Run(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	means := t.Group("Device.LTP", "rule").Summary("accuracy")
	fmt.Println(means.Select("Device.LTP", "rule", "accuracy n"))
	// Output:
	// Device.LTP  rule  accuracy n
	//          0  BP             3
	//          0  DFA            3
	//          3  BP             3
	//          3  DFA            3
	//          6  BP             3
	//          6  DFA            3
	// 6 rows; crossbook 0.2.0, data fashion-sample a93839262c24
}

// A mistake is told before anything runs.
func ExampleGrid_Validate() {
	grid := sweep.Grid{Base: tiny(), Axes: []sweep.Axis{
		sweep.Field("Device.LPT", 0, 6),
		sweep.Field("Train.Batch", 10.5),
	}}
	fmt.Println(grid.Validate())
	grid.Axes = []sweep.Axis{sweep.Field("Device.LTP", 0, 6, 12)}
	fmt.Println(grid.Validate())
	// Output:
	// sweep: grid: Axes[0] (Device.LPT): Device.LPT: unknown field; did you mean Device.LTP, Device.LTD, Device.Law?
	// sweep: grid: Device.LTP: 12 is not allowed; allowed: -9 to 9 (axis Device.LTP, 1 of 3 points)
}
