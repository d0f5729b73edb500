package train

import (
	"context"
	"math"
	"slices"
	"testing"

	"crossbook/neurosim/device"
)

// weightsOf are those of the first layer after a training.
func weightsOf(t *testing.T, j Job) (Log, []float32) {
	t.Helper()
	var w []float32
	j.Keep = func(s State) error { w = s.Layers[0].W; return nil }
	log, err := j.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return log, w
}

// The first weights are programmed, and what that took is kept.
func TestFirstWeightsAreProgrammed(t *testing.T) {
	j := smallJob(t)
	j.Device = device.Analog{Levels: 64, Program: device.Programming{Pulses: 100}}
	j.Settings = Settings{Epochs: untrained}
	log, err := j.Train(context.Background())
	if err != nil || len(log.Epochs) != 1 || log.Epochs[0].Number != 0 || len(log.Programmed) != 3 {
		t.Fatalf("%+v, %v", log, err)
	}
	for i, p := range log.Programmed {
		if p.Epoch != 0 || p.Layer != i+1 || p.Failed != 0 || p.Cells == 0 || p.Deviation() > 1.0/64 || p.Reads != p.Cells+p.LTP+p.LTD {
			t.Errorf("%+v", p)
		}
	}
	j.Device.Program = device.Programming{Error: 0.05}
	log, err = j.Train(context.Background())
	if err != nil || math.Abs(log.Programmed[0].Deviation()/0.1-1) > 0.1 {
		t.Errorf("%v, %v", log.Programmed, err)
	}
	again, err := j.Train(context.Background())
	if err != nil || !slices.Equal(again.Programmed, log.Programmed) {
		t.Errorf("%v, then %v, %v", log.Programmed, again.Programmed, err)
	}
	j.Rule, j.Settings.Epochs = KP{}, 1
	log, err = j.Train(context.Background())
	if err != nil || len(log.Programmed) != 5 || !log.Programmed[4].Feedback || log.Programmed[4].Layer != 3 {
		t.Errorf("%v, %v", log.Programmed, err)
	}
}

// Verified updates of noisy cells leave weights nearer to what was asked for than
// single writes do.
func TestVerifiedUpdates(t *testing.T) {
	j := smallJob(t)
	j.Settings = Settings{Epochs: 1, Batch: 600, Momentum: -1} // one step
	j.Device = device.Analog{Levels: 32}
	_, exact := weightsOf(t, j)
	off := func(d device.Analog) (Log, float64) {
		j.Device = d
		log, w := weightsOf(t, j)
		sum := 0.0
		for i := range w {
			sum += math.Abs(float64(w[i]-exact[i])) / float64(len(w))
		}
		return log, sum
	}
	noisy := device.Analog{Levels: 32, CycleToCycle: 0.1}
	_, single := off(noisy)
	noisy.Program = device.Programming{Pulses: 500, Tolerance: 0.005, Updates: true}
	log, verified := off(noisy)
	// The first weights are programmed, too: within the tolerance of 0.01 in weight.
	if verified > 0.02 || single < 0.015 {
		t.Errorf("weights are off by %g where writes are verified, by %g else", verified, single)
	}
	last := log.Programmed[len(log.Programmed)-1]
	if last.Epoch != 1 || last.Cells == 0 || last.LTP+last.LTD == 0 || last.Failed > last.Cells/50 {
		t.Errorf("%+v", last)
	}
	updates := log.Activity[0].Updates
	if pulses := (updates.LTP + updates.LTD) * 16 * 40; math.Abs(pulses-float64(log.Programmed[3].LTP+log.Programmed[3].LTD)) > 0.5 {
		t.Errorf("%g pulses in the activity, %+v", pulses, log.Programmed[3])
	}
}
