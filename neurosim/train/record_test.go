package train

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"

	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

var everything = Record{Angle: true, Weights: true, Updates: true}

func recordedLog(t *testing.T, change func(*Job)) Log {
	t.Helper()
	j := smallJob(t)
	j.Settings = Settings{Epochs: 3, Batch: 50, Record: everything}
	change(&j)
	log, err := j.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// What is kept does not change what is learnt, and nothing is kept unasked.
func TestRecordsDoNotDisturb(t *testing.T) {
	for _, rule := range []Rule{BP{}, DFA{}, BRSF{}, KP{}, DRTP{}} {
		for _, d := range []device.Analog{{}, usual} {
			with := recordedLog(t, func(j *Job) { j.Device, j.Rule = d, rule })
			without := recordedLog(t, func(j *Job) { j.Device, j.Rule, j.Settings.Record = d, rule, Record{} })
			if !slices.Equal(with.Epochs, without.Epochs) {
				t.Errorf("%s, %v: %v with records, %v without", rule.Name(), d, with.Epochs, without.Epochs)
			}
			if len(without.Layers) != 0 || len(with.Layers) != 3*3 {
				t.Errorf("%s: %d records, unasked %d", rule.Name(), len(with.Layers), len(without.Layers))
			}
		}
	}
}

func TestRecordsAreWhatTheySay(t *testing.T) {
	for _, r := range recordedLog(t, func(j *Job) { j.Device, j.Settings.Rate = usual, 4 }).Layers {
		w, u := r.Weights, r.Updates
		limit := float64(nn.Limit(6))
		if w.Least < -limit || w.Greatest > limit || w.Deviation <= 0 || w.Mean <= w.Least || w.Mean >= w.Greatest ||
			(w.AtLimit > 0) != (w.Least == -limit || w.Greatest == limit) {
			t.Errorf("weights %+v", w)
		}
		if u.Changed <= 0 || u.Changed > 1 || u.Size <= 0 || u.LTP <= 0 || u.LTD <= 0 || u.LTP+u.LTD > 64 {
			t.Errorf("updates %+v", u)
		}
	}
	for _, r := range recordedLog(t, func(*Job) {}).Layers {
		if r.Updates.LTP != 0 || r.Updates.LTD != 0 || r.Weights.AtLimit != 0 || r.Updates.Size <= 0 {
			t.Errorf("ideal devices: %+v", r)
		}
	}
}

// One cell and one step, counted by hand.
func TestPulsesOfAStep(t *testing.T) {
	l, o := lone(Job{Device: device.Analog{Levels: 64}, Settings: Settings{Momentum: -1}}, make([]float32, 3), 3)
	o.step(l, whole([]float32{1, -0.5, 0.25}), 0)
	if ltp, ltd := o.pulses(); ltp != 16 || ltd != 32+8 {
		t.Errorf("%d LTP and %d LTD pulses, want 16 and 40", ltp, ltd)
	}
}

func TestSpreadOfWeights(t *testing.T) {
	training, err := smallJob(t).start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	training.net.Precision.Weight = 6
	l := &nn.Weights{W: nn.Matrix{Rows: 2, Cols: 2, Data: []float32{0.5, -0.5, 31.0 / 32, 0}}}
	got := training.spread(l)
	want := Spread{Mean: 31.0 / 128, Least: -0.5, Greatest: 31.0 / 32, AtLimit: 0.25}
	want.Deviation = math.Sqrt((0.5+31.0*31/1024)/4 - want.Mean*want.Mean)
	if math.Abs(got.Deviation-want.Deviation) > 1e-12 {
		t.Errorf("standard deviation %g, want %g", got.Deviation, want.Deviation)
	}
	if got.Deviation = want.Deviation; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Back-propagation has no angle to itself, the last layer of any rule neither, and
// feedback alignment turns toward it.
func TestAngles(t *testing.T) {
	for _, d := range []device.Analog{{}, usual} {
		for _, r := range recordedLog(t, func(j *Job) { j.Device = d }).Layers {
			if r.Angle > 1e-4 {
				t.Errorf("BP: layer %d is %g degrees from itself", r.Layer, r.Angle)
			}
		}
	}
	log := recordedLog(t, func(j *Job) {
		j.Rule, j.Settings = FA{}, Settings{Epochs: 15, Batch: 20, Rate: 0.1, Record: everything}
	})
	first, last := log.Layers.Trace(Angle, 1), log.Layers.Trace(Angle, 3)
	if start, end := first.Values[0], first.Values[first.Len()-1]; end > 75 || end >= start {
		t.Errorf("FA: the first layer's angle goes from %g to %g degrees", start, end)
	}
	if _, angle := last.XY(0); angle > 1e-4 {
		t.Errorf("FA: the last layer is %g degrees from BP", angle)
	}
	if got := degrees([]float32{1, 0}, []float32{-1, 1}); math.Abs(got-135) > 1e-9 {
		t.Errorf("angle %g, want 135", got)
	}
	if got := degrees([]float32{0, 0}, []float32{1, 1}); got != 90 {
		t.Errorf("angle to nothing %g, want 90", got)
	}
}

func TestLogIsPlainData(t *testing.T) {
	log := recordedLog(t, func(j *Job) { j.Device = usual })
	data, err := json.Marshal(log)
	if err != nil {
		t.Fatal(err)
	}
	var back Log
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, log) {
		t.Errorf("comes back as %v, %v", back, err)
	}
}
