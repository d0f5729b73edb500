package train

import (
	"context"
	"math"
	"testing"

	"crossbook/neurosim/array"
	"crossbook/neurosim/device"
)

// directRules project through feedback weights of their own.
var directRules = []Rule{DFA{}, SDFA{}, DRTP{}}

// Feedback on arrays that are nearly exact is nearly that of exact products, and each
// nonideality is felt; without the phase nothing changes.
func TestFeedbackOnArrays(t *testing.T) {
	for _, rule := range directRules {
		j := smallJob(t)
		j.Rule, j.Device = rule, device.Analog{Levels: 64}
		j.Settings = Settings{Epochs: 1, Batch: 600}
		_, exact := weightsOf(t, j)
		off := func(c array.Config) float64 {
			j.Array = c
			_, w := weightsOf(t, j)
			sum := 0.0
			for i := range w {
				sum += math.Abs(float64(w[i]-exact[i])) / float64(len(w))
			}
			return sum
		}
		fine := off(array.Config{InputBits: 16, DACBits: 16, Phases: "feedback"})
		coarse := off(array.Config{InputBits: 8, ADCBits: 3, Phases: "feedback"})
		noisy := off(array.Config{ReadNoise: 0.3, Phases: "feedback"})
		if fine > 1e-3 || coarse < 2e-3 || noisy < 2e-4 {
			t.Errorf("%s: weights are off by %g where feedback is read finely, %g coarsely, %g with noise", rule.Name(), fine, coarse, noisy)
		}
		if same := off(array.Config{InputBits: 8, ADCBits: 3, Phases: "error"}); same != 0 {
			t.Errorf("%s: weights are off by %g with exact feedback", rule.Name(), same)
		}
		if bits := off(array.Config{InputBits: 8, ADCBits: 12, ErrorADCBits: 2, Phases: "feedback"}); bits < coarse/2 {
			t.Errorf("%s: 2 bits for errors give %g", rule.Name(), bits)
		}
	}
}

func TestDirectRulesLearnThroughArrays(t *testing.T) {
	for _, rule := range directRules {
		j := smallJob(t)
		j.Rule, j.Device = rule, device.Analog{Levels: 64}
		j.Settings = Settings{Epochs: 10, Batch: 50}
		j.Array = array.Config{Rows: 16, Cols: 16, InputBits: 8, ADCBits: 6, ADCRange: array.Calibrated, ReadNoise: 0.01, Phases: "all+feedback"}
		epochs, err := j.Run(context.Background())
		if err != nil || epochs[9].TrainLoss >= epochs[0].TrainLoss || epochs[9].Accuracy < 40 {
			t.Errorf("%s: %v after %v, %v", rule.Name(), epochs[9], epochs[0], err)
		}
	}
}
