package nn_test

import (
	"context"
	"fmt"

	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

// A network on a crossbar of 64-level cells: six-bit weights, and a scale that
// gives small weights the whole range of the conductances.
func Example() {
	net := nn.MLP(784, 256, 10).Activation("tanh")
	precision := nn.Precision{}.For(device.Analog{Levels: 64})
	network, err := nn.Build{Net: net, Precision: precision, Bounded: true, Seed: 1}.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	pass := network.NewPass(2) // two images at a time
	if err := network.Forward(context.Background(), pass, nn.NewMatrix(2, 784)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(net, precision.Weight, "bits, scales", network.Layers[0].Scale, network.Layers[1].Scale)
	fmt.Println(pass.Output().Row(0))
	// Output:
	// 784-256-10 tanh 6 bits, scales 16 8
	// [0 0 0 0 0 0 0 0 0 0]
}

// What is wrong with a network names the layer.
func ExampleNet_Validate() {
	fmt.Println(nn.MLP(784, 0, 10).Validate())
	// Output: Sizes: layer 1 of "784-0-10": "0" units are not allowed; allowed: 1 to 65536
}
