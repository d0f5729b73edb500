package nn

import "testing"

func weights(shapes []Shape) (total int) {
	for _, s := range shapes {
		total += s.Weights()
	}
	return total
}

func TestPresets(t *testing.T) {
	for _, c := range []struct {
		net             Net
		layers, weights int
		last            Shape
	}{
		// 61,706 parameters less 236 offsets.
		{LeNet5, 5, 61_470, Shape{In: 84, Out: 10}},
		{VGG8, 8, 12_973_440, Shape{In: 1024, Out: 10}},
		// The paper's 0.27 million; 1 x 1 convolutions of the shortcuts included.
		{ResNet20, 22, 270_896, Shape{In: 64, Out: 10}},
		{VGG8.Width(0.25), 8, 813_408, Shape{In: 256, Out: 10}},
		{VGG8.Images(1, 28, 28).Classes(47), 8, 0, Shape{In: 1024, Out: 47}},
		{MLP(784, 100, 10).Width(1.5).Classes(3).Images(1, 4, 4), 2, 16*150 + 150*3, Shape{In: 150, Out: 3}},
		{ResNet20.Width(0.5).Activation("tanh"), 22, 0, Shape{In: 32, Out: 10}},
	} {
		if err := c.net.Validate(); err != nil {
			t.Errorf("%v: %v", c.net, err)
			continue
		}
		shapes := c.net.Shapes()
		if len(shapes) != c.layers || shapes[len(shapes)-1] != c.last {
			t.Errorf("%v: %d layers, the last of %v; want %d, %v", c.net, len(shapes), shapes[len(shapes)-1], c.layers, c.last)
		}
		if got := weights(shapes); c.weights > 0 && got != c.weights {
			t.Errorf("%v: %d weights, want %d", c.net, got, c.weights)
		}
	}
}

// The shapes say all that the price of a chip needs.
func TestShapesOfVGG8(t *testing.T) {
	shapes := VGG8.Shapes()
	want := Shape{In: 1152, Out: 128, Pool: 2, Window: Window{
		Height: 32, Width: 32, Channels: 128, KernelHeight: 3, KernelWidth: 3, Stride: 1, PadHeight: 1, PadWidth: 1, Groups: 1,
	}}
	if shapes[1] != want || shapes[0].Pool != 0 || shapes[6].Pool != 0 {
		t.Errorf("%+v", shapes)
	}
	multiplications := 0
	for _, s := range shapes {
		multiplications += s.Weights() * s.Positions()
	}
	if multiplications != 615_917_568 || shapes[1].Units() != 128*32*32 {
		t.Errorf("%d multiplications for an image", multiplications)
	}
}
