package neurosim

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// brief is a training on devices that takes a moment.
func brief() Experiment {
	return Experiment{
		Net: nn.MLP(784, 32, 32, 10), Data: dataset.Set{Train: 400, Test: 50}, Rule: train.DFA{},
		Device: device.Analog{Levels: 32, LTP: 1.75, LTD: 1.46, OnOff: 20}, Train: train.Settings{Epochs: 2, Batch: 50},
	}
}

func TestExperimentsArePricedWithoutBeingRun(t *testing.T) {
	e := brief()
	dfa, err := cost.Chip{}.Estimate(e)
	if err != nil {
		t.Fatal(err)
	}
	w, err := e.Workload()
	if err != nil || w.SynapseBits != 5 || w.InputBits != 8 || w.Levels != 32 || w.OnOff != 20 || w.Batch != 50 || w.Iterations != 8 {
		t.Errorf("%+v, %v", w, err)
	}
	bp := cost.Chip{}.MustEstimate(e.With(train.BP{}))
	if dfa.FeedbackTiles == 0 || bp.FeedbackTiles != 0 || dfa.Latency() >= bp.Latency() {
		t.Errorf("DFA takes %v with %d tiles of feedback, BP %v with %d", dfa.Latency(), dfa.FeedbackTiles, bp.Latency(), bp.FeedbackTiles)
	}
	own := cost.Chip{SynapseBits: 8, Batch: 10}.MustEstimate(e)
	if own.Areas.Array == dfa.Areas.Array && own.Latency() == dfa.Latency() {
		t.Error("what the chip says itself does not count")
	}
	e.Train.Epochs = -2
	if _, err := (cost.Chip{}).Estimate(e); err == nil || !strings.Contains(err.Error(), "Train.Epochs: -2 is not allowed") {
		t.Error(err)
	}
}

// A result brings its own activity, whatever it went through.
// A chip sees a convolution's kernels at all their positions, padding included.
func TestConvolutionsArePlaced(t *testing.T) {
	e := brief()
	e.Net = nn.Sequential(nn.Image(3, 32, 32), nn.Conv(8, 3).Pad(1), nn.ReLU(), nn.MaxPool(2), nn.Conv(16, 3), nn.ReLU(), nn.Flatten(), nn.Dense(10))
	e.Data = dataset.Made(dataset.Synthetic{})
	w, err := e.Workload()
	if err != nil {
		t.Fatal(err)
	}
	want := []cost.Shape{
		{Height: 34, Width: 34, Channels: 3, KernelHeight: 3, KernelWidth: 3, Kernels: 8, Pool: true, Stride: 1},
		{Height: 16, Width: 16, Channels: 8, KernelHeight: 3, KernelWidth: 3, Kernels: 16, Stride: 1},
		cost.Dense(14*14*16, 10),
	}
	for i, l := range w.Layers {
		if l.Shape != want[i] {
			t.Errorf("layer %d is %+v, want %+v", i+1, l.Shape, want[i])
		}
	}
	if r, err := (cost.Chip{}).Estimate(e); err != nil || !(r.Energy() > 0) {
		t.Errorf("%v, %v", r, err)
	}
}

func TestResultsArePricedByTheirActivity(t *testing.T) {
	e := brief()
	r, err := e.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w, err := r.Workload()
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range w.Layers {
		a := l.Activity
		if len(a.Planes) != 8 || a.Ones <= 0 || a.Ones >= 0.5 || a.Changed <= 0 || a.Changed > 1 || a.Steps < 1 {
			t.Errorf("layer %d: %+v", i+1, a)
		}
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Result
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if again, err := back.Workload(); err != nil || !reflect.DeepEqual(again, w) {
		t.Errorf("%+v after JSON, %+v before: %v", again, w, err)
	}
	half := e
	half.Checkpoint = filepath.Join(t.TempDir(), "half")
	half.Train.Epochs = 1
	half.MustRun(t.Context())
	half.Train.Epochs = 2
	resumed, err := half.Run(t.Context())
	if err != nil || !reflect.DeepEqual(resumed.Activity, r.Activity) {
		t.Errorf("resumed: %+v, undisturbed %+v: %v", resumed.Activity, r.Activity, err)
	}
	priced, typical := cost.Chip{}.MustEstimate(r), cost.Chip{}.MustEstimate(e)
	if ratio := priced.Energy() / typical.Energy(); ratio == 1 || ratio < 0.5 || ratio > 2 {
		t.Errorf("%v with the result's activity, %v without", priced.Energy(), typical.Energy())
	}
}

// Weights that ideal training moves by a fraction of a level are written as often
// as makes up for it.
func TestMovesBelowALevelAreWrittenSeldom(t *testing.T) {
	for _, c := range []struct{ changed, levels, wantChanged, want float64 }{
		{1, 0.25, 0.25, 1}, {0.5, 1, 0.5, 2}, {0, 0, 0, 0},
	} {
		changed := c.changed
		if got := written(&changed, c.levels); got != c.want || changed != c.wantChanged {
			t.Errorf("%+v: %g levels of a share of %g", c, got, changed)
		}
	}
	e := brief()
	e.Device, e.Train.Epochs = device.Analog{}, 1
	if r := (cost.Chip{}).MustEstimate(e.MustRun(t.Context())); r.Energy() <= 0 {
		t.Errorf("an ideal training costs %v", r.Energy())
	}
}

// Networks with kernels are priced for every rule, with the memory of feedback
// weights that it keeps.
func TestNetworksOfKernelsArePriced(t *testing.T) {
	e := brief()
	e.Net = nn.Sequential(nn.Image(1, 28, 28), nn.Conv(8, 5).Pad(2), nn.ReLU(), nn.MaxPool(2),
		nn.Conv(16, 3).Stride(2), nn.ReLU(), nn.Dense(32), nn.ReLU(), nn.Dense(10))
	for _, rule := range []train.Rule{train.BP{}, train.FA{}, train.DFA{}, train.DRTP{}, train.KP{}, train.FRSF{}} {
		r, err := cost.Chip{}.Estimate(e.With(rule))
		if err != nil {
			t.Fatal(err)
		}
		if r.Latency() <= 0 || r.Energy() <= 0 || (rule != train.BP{}) != (r.FeedbackTiles > 0) {
			t.Errorf("%s: %v, %v, %d tiles of feedback", rule.Name(), r.Latency(), r.Energy(), r.FeedbackTiles)
		}
	}
}
