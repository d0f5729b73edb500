package neurosim

import (
	"context"
	"testing"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// imperfect is the device of the study; strong bends its curves apart.
var (
	imperfect = device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003, OnOff: 10}
	strong    = device.Analog{Levels: 64, LTP: 4, LTD: -4, CycleToCycle: 0.003, OnOff: 10}
)

// accuracy is the mean over seeds, in percent.
func accuracy(t *testing.T, e Experiment, seeds int) float64 {
	t.Helper()
	var sum float64
	for seed := range seeds {
		e.Seed = uint64(seed + 1)
		r, err := e.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		sum += r.Accuracy()
	}
	return sum / float64(seeds)
}

// The claim of the study on a small network: with strongly nonlinear, asymmetric
// devices BP is ahead of DFA.
func TestBPLeadsOnStrongNonlinearity(t *testing.T) {
	e := Experiment{
		Net:    nn.MLP(784, 64, 64, 10),
		Data:   dataset.Set{Name: "fashion-sample", Train: 2000, Test: 1000},
		Device: strong,
		Train:  train.Settings{Epochs: 4, Batch: 100},
	}
	bp, dfa := accuracy(t, e, 2), accuracy(t, e.With(train.DFA{}), 2)
	t.Logf("BP %.1f %%, DFA %.1f %%", bp, dfa)
	if bp < 60 || bp < dfa+5 {
		t.Errorf("BP %.1f %%, DFA %.1f %%", bp, dfa)
	}
}

// The trainings whose figures the project states, on half of their epochs and
// one seed. The ranges are three standard deviations over seeds to each side.
func TestAccuracyOfTheStudy(t *testing.T) {
	if testing.Short() {
		t.Skip("six trainings of a large network")
	}
	freely := train.Settings{Epochs: 5, Batch: 50, Rate: 0.005}
	inSitu := train.Settings{Epochs: 5, Batch: 200}
	got := map[string]float64{}
	for _, c := range []struct {
		name      string
		device    device.Analog
		settings  train.Settings
		rule      train.Rule
		low, high float64
	}{
		{"BP, ideal", device.Analog{}, freely, train.BP{}, 74, 84},
		{"DFA, ideal", device.Analog{}, freely, train.DFA{}, 70, 83},
		{"BP, in situ", imperfect, inSitu, train.BP{}, 80, 87},
		{"DFA, in situ", imperfect, inSitu, train.DFA{}, 48, 77},
		{"BP, strongly nonlinear", strong, inSitu, train.BP{}, 78, 87},
		{"DFA, strongly nonlinear", strong, inSitu, train.DFA{}, 32, 76},
	} {
		e := Experiment{Net: nn.MLP(784, 256, 256, 10), Device: c.device, Train: c.settings, Rule: c.rule}
		got[c.name] = accuracy(t, e, 1)
		t.Logf("%s: %.1f %%", c.name, got[c.name])
		if got[c.name] < c.low || got[c.name] > c.high {
			t.Errorf("%s: %.1f %%, want %g to %g", c.name, got[c.name], c.low, c.high)
		}
	}
	for _, devices := range []string{"in situ", "strongly nonlinear"} {
		if bp, dfa := got["BP, "+devices], got["DFA, "+devices]; bp < dfa+5 {
			t.Errorf("%s: BP %.1f %%, DFA %.1f %%", devices, bp, dfa)
		}
	}
}
