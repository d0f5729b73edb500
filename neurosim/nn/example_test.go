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

// A network of layers is one line of text, which tells where it is wrong.
func ExampleSequential() {
	net := nn.Sequential(nn.Image(1, 28, 28),
		nn.Conv(8, 3).Pad(1), nn.BatchNorm(), nn.ReLU(), nn.MaxPool(2),
		nn.Residual(nn.Conv(8, 3).Pad(1), nn.ReLU()), nn.GlobalPool(), nn.Dense(10))
	fmt.Println(net)
	fmt.Println(net.Shapes()[0].Weights(), "weights in the first layer")
	fmt.Println(net.Images(1, 2, 2).Validate())
	fmt.Println(nn.VGG8.Width(0.25).Validate())
	// Output:
	// 1x28x28: conv 8 3x3 pad 1, norm, relu, max 2x2, residual (conv 8 3x3 pad 1, relu), avg all, dense 10
	// 72 weights in the first layer
	// <nil>
	// <nil>
}
