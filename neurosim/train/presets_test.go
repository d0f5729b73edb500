package train

import (
	"context"
	"testing"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

// The networks of the papers learn on a little of Fashion-MNIST.
func TestPresetsLearn(t *testing.T) {
	data, err := dataset.Set{Train: 300, Test: 100}.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	cells := device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003}
	for name, j := range map[string]Job{
		"LeNet-5":            {Net: nn.LeNet5, Settings: Settings{Rate: 0.03}},
		"LeNet-5 on devices": {Net: nn.LeNet5, Device: cells, Settings: Settings{Gain: 0.25}},
		"VGG-8":              {Net: nn.VGG8.Width(0.0625).Images(1, 28, 28), Settings: Settings{Rate: 0.02}},
		"VGG-8 on devices":   {Net: nn.VGG8.Width(0.0625).Images(1, 28, 28), Device: cells, Settings: Settings{Gain: 0.25}},
		"ResNet-20":          {Net: nn.ResNet20.Width(0.25).Images(1, 28, 28), Settings: Settings{Rate: 0.05, Epochs: 6}},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && j.Net != nn.LeNet5 {
				t.Skip("takes seconds")
			}
			j.Data, j.Seed, j.Settings.Batch = data, 1, 10
			if j.Settings.Epochs == 0 {
				j.Settings.Epochs = 4
			}
			epochs, err := j.Run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			best := 0.0
			for _, e := range epochs {
				best = max(best, e.Accuracy)
			}
			t.Logf("%.1f %%", best)
			if best < 50 {
				t.Errorf("%.1f %%: it does not learn", best)
			}
		})
	}
}
