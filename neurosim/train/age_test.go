package train

import (
	"context"
	"math"
	"reflect"
	"testing"

	"crossbook/neurosim/device"
)

// A test after a time sees aged weights, and the training does not notice.
func TestAfterChangesNothing(t *testing.T) {
	j := smallJob(t)
	j.Settings = Settings{Epochs: 2, Batch: 100}
	j.Device = device.Analog{Levels: 64, WriteNoise: 0.2, Drift: device.Drift{Exponent: 0.1, Variation: 0.05}}
	log, w := weightsOf(t, j)
	j.Settings.TestAfter = 1e6
	late, same := weightsOf(t, j)
	if !reflect.DeepEqual(w, same) {
		t.Error("a test after a time changes the weights")
	}
	if log.Epochs[1].TrainLoss != late.Epochs[1].TrainLoss || log.Epochs[1].TestLoss == late.Epochs[1].TestLoss {
		t.Errorf("%+v, after a time %+v", log.Epochs[1], late.Epochs[1])
	}
}

// Weights of a network that is not touched go by the law of the device, from the step
// that wrote them last.
func TestWeightsAgeFromStepToStep(t *testing.T) {
	j := smallJob(t)
	j.Settings = Settings{Epochs: 1, Batch: 100, Rate: 1e-30, StepTime: 100} // 6 steps without pulses
	j.Device = device.Analog{Law: device.ConstantStep, Levels: 100, Drift: device.Drift{Exponent: 0.05, Pair: true}}
	_, aged := weightsOf(t, j)
	j.Settings.StepTime = 0
	_, fresh := weightsOf(t, j)
	want := math.Pow(601, -0.05)
	for i, w := range aged {
		if ratio := float64(w / fresh[i]); math.Abs(ratio-want) > 1e-5 && fresh[i] != 0 {
			t.Fatalf("weight %d went by %g, want %g", i, ratio, want)
		}
	}
	j.Device.Drift = device.Drift{}
	j.Device.Retention, j.Settings.StepTime = device.Retention{Lifetime: 300}, 100
	_, aged = weightsOf(t, j)
	for i, w := range aged {
		if ratio := float64(w / fresh[i]); math.Abs(ratio-math.Exp(-2)) > 1e-5 && fresh[i] != 0 {
			t.Fatalf("weight %d went by %g, want exp(-2)", i, ratio)
		}
	}
}

// The accuracy of one network over time falls, and is that of trainings whose tests
// wait.
func TestTestAfter(t *testing.T) {
	j := smallJob(t)
	j.Settings = Settings{Epochs: 4, Batch: 50, StepTime: 0.1}
	j.Device = usual
	j.Device.Drift = device.Drift{Exponent: 0.1, Variation: 0.05}
	var last State
	j.Keep = func(s State) error { last = s; return nil }
	log, err := j.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	tests, err := j.TestAfter(context.Background(), &last, []float64{0, 1e3, 1e9})
	if err != nil {
		t.Fatal(err)
	}
	if want := log.Epochs[3]; tests[0].Accuracy != want.Accuracy || tests[0].TestLoss != want.TestLoss {
		t.Errorf("%+v at once, %+v in the training", tests[0], want)
	}
	if !(tests[2].TestLoss > tests[1].TestLoss && tests[1].TestLoss > tests[0].TestLoss) {
		t.Errorf("losses over time %+v", tests)
	}
	j.Settings.TestAfter, j.Keep = 1e3, nil
	if late, err := j.Train(context.Background()); err != nil || late.Epochs[3].TestLoss != tests[1].TestLoss {
		t.Errorf("%+v, %v, want %+v", late.Epochs, err, tests[1])
	}
	if _, err := j.TestAfter(context.Background(), &last, []float64{-1}); err == nil {
		t.Error("accepted -1 s")
	}
}
