package train

import (
	"context"
	"math"
	"testing"

	"crossbook/neurosim/device"
)

// distances are those between weights and feedback weights, relative to the
// weights, before and after a training by KP.
func distances(t *testing.T, j Job, epochs int) (before, after []float64) {
	t.Helper()
	training, err := j.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	measure := func() (all []float64) {
		for i, l := range training.net.Layers[1:] {
			var apart, size float64
			for k, w := range l.W.Data {
				d := float64(w) - float64(training.mirror.layers[i+1].W.Data[k])
				apart, size = apart+d*d, size+float64(w)*float64(w)
			}
			all = append(all, math.Sqrt(apart/size))
		}
		return all
	}
	before = measure()
	for number := 1; number <= epochs; number++ {
		if _, err := training.epoch(context.Background(), number); err != nil {
			t.Fatal(err)
		}
	}
	return before, measure()
}

// The feedback weights go to the weights: by the decay on ideal devices, where the
// difference shrinks by exactly its share; by the curve of the devices elsewhere,
// since a pulse moves two cells the less apart the further along they are.
func TestKPFeedbackConvergesToTheWeights(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Job)
		epochs int
		most   float64 // of the distance, after the training
	}{
		{"by decay", func(j *Job) { j.Rule = KP{Decay: 0.02}; j.Settings.Rate = 0.1 }, 10, 0.02},
		{"6-bit steps, by decay", func(j *Job) { j.Rule = KP{Decay: 0.02}; j.Precision.Gradient = 6 }, 10, 0.5},
		{"by the devices", func(j *Job) { j.Rule = KP{Decay: -1}; j.Device = device.Analog{LTP: 3, LTD: -3} }, 40, 0.2},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := smallJob(t)
			j.Settings.Batch = 20
			c.change(&j)
			before, after := distances(t, j, c.epochs)
			t.Logf("distances %.3f, after %d epochs %.3f", before, c.epochs, after)
			for i := range before {
				if before[i] < 1 || after[i] > c.most {
					t.Errorf("layer %d: %g apart, after the training %g, want %g at most", i+1, before[i], after[i], c.most)
				}
			}
		})
	}
}

// Without decay on ideal devices the difference stays as it was drawn.
func TestKPWithoutDecayKeepsTheDifference(t *testing.T) {
	j := smallJob(t)
	j.Rule, j.Settings = KP{Decay: -1}, Settings{Batch: 20, Rate: 0.1}
	training, err := j.start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	w, f := training.net.Layers[1].W.Data, training.mirror.layers[1].W.Data
	start, first := make([]float32, len(w)), append([]float32{}, w...)
	for k := range w {
		start[k] = w[k] - f[k]
	}
	if _, err := training.epoch(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	for k := range w {
		if d := w[k] - f[k] - start[k]; d > 1e-5 || d < -1e-5 {
			t.Fatalf("weight %d: the difference goes from %g to %g", k, start[k], w[k]-f[k])
		}
	}
	if equal(w, first) {
		t.Error("nothing was learnt")
	}
}

func TestKPRefusesDecays(t *testing.T) {
	for _, decay := range []float64{-0.5, 1, math.NaN()} {
		if (KP{Decay: decay}).Validate() == nil {
			t.Errorf("accepted %g", decay)
		}
	}
	for _, decay := range []float64{-1, 0, 0.5} {
		if err := (KP{Decay: decay}).Validate(); err != nil {
			t.Error(err)
		}
	}
}
