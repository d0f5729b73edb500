package neurosim

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/array"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// onArray is the study's training on arrays as they are built.
func onArray(c array.Config) Experiment {
	e := study()
	e.Array = c
	return e
}

var built = array.Config{Rows: 128, Cols: 128, InputBits: 8, ADCBits: 6}

// rough has something of everything, in every phase.
var rough = array.Config{
	Rows: 128, Cols: 64, Mapping: array.Pair, WeightBits: 6, CellBits: 3, InputBits: 8, DACBits: 2, ADCBits: 8,
	ADCRange: array.Calibrated, ADCSpan: 1.2, ADCNoise: 0.2, Variation: 0.02, ReadNoise: 0.01, Phases: "all",
}

func TestIdealArrayChangesNothing(t *testing.T) {
	plain := study()
	data, err := json.Marshal(plain)
	if err != nil || strings.Contains(string(data), "Array") {
		t.Errorf("an experiment without an array is stored as %s, %v", data, err)
	}
	want := plain.MustRun(context.Background())
	phases := plain
	phases.Array.Phases = "all"
	got := phases.MustRun(context.Background())
	if !slices.Equal(got.Epochs, want.Epochs) {
		t.Errorf("an ideal array gives %v, want %v", got.Epochs, want.Epochs)
	}
}

// Converters in the test alone leave the training as it is.
func TestArrayInTheTestOnly(t *testing.T) {
	c := built
	c.ADCBits, c.Phases = 2, "test"
	want, got := study().MustRun(context.Background()), onArray(c).MustRun(context.Background())
	for i, e := range got.Epochs {
		if e.TrainLoss != want.Epochs[i].TrainLoss || e.TestLoss == want.Epochs[i].TestLoss {
			t.Errorf("epoch %d: %+v, without an array %+v", i+1, e, want.Epochs[i])
		}
	}
	c.Phases = "train"
	got = onArray(c).MustRun(context.Background())
	if got.Epochs[0].TrainLoss == want.Epochs[0].TrainLoss {
		t.Error("converters while training change nothing")
	}
}

// What the study found by converters of few bits, on a small network: accuracy falls
// steeply below five.
func TestFewBitsCostAccuracy(t *testing.T) {
	e := onArray(built)
	e.Data.Train, e.Data.Test, e.Train.Epochs = 2000, 500, 3
	e.Array.Phases = "test"
	at := func(bits int) float64 {
		e := e
		e.Array.ADCBits = bits
		return e.MustRun(context.Background()).Accuracy()
	}
	two, five, eight := at(2), at(5), at(8)
	t.Logf("2 bits %.1f %%, 5 bits %.1f %%, 8 bits %.1f %%", two, five, eight)
	if eight < 60 || five < eight-6 || two > eight-10 {
		t.Errorf("2 bits %.1f %%, 5 bits %.1f %%, 8 bits %.1f %%", two, five, eight)
	}
}

// Learning with every product on an array costs little with converters of eight bits,
// and much with three.
func TestLearningOnArrays(t *testing.T) {
	e := study()
	e.Data.Train, e.Data.Test, e.Train.Epochs, e.Train.Batch = 2000, 500, 2, 50
	ideal := e.MustRun(context.Background()).Accuracy()
	e.Array = built
	e.Array.Phases = "all"
	at := func(bits int) float64 {
		e := e
		e.Array.ADCBits = bits
		return e.MustRun(context.Background()).Accuracy()
	}
	three, eight := at(3), at(8)
	t.Logf("ideal %.1f %%, 8 bits %.1f %%, 3 bits %.1f %%", ideal, eight, three)
	if eight < ideal-8 || three > ideal-10 {
		t.Errorf("ideal %.1f %%, 8 bits %.1f %%, 3 bits %.1f %%", ideal, eight, three)
	}
}

// The same bits on one processor and on several, by rules that use all products.
func TestArraysOnAnyNumberOfProcessors(t *testing.T) {
	for _, rule := range []train.Rule{train.BP{}, train.KP{}} {
		e := onArray(rough).With(rule)
		e.Net, e.Train.Batch, e.Train.Epochs = nn.MLP(784, 16, 10), 25, 1
		e.Data.Train, e.Data.Test = 75, 25
		many := e.MustRun(context.Background())
		old := runtime.GOMAXPROCS(1)
		one := e.MustRun(context.Background())
		runtime.GOMAXPROCS(old)
		if !slices.Equal(one.Epochs, many.Epochs) {
			t.Errorf("%s: %v on one processor, %v on %d", rule.Name(), one.Epochs, many.Epochs, old)
		}
	}
}

func TestArrayOfIdealDevices(t *testing.T) {
	e := onArray(built)
	e.Device = device.Analog{}
	e.Train.Epochs, e.Train.Batch, e.Train.Rate = 4, 20, 0.2
	if r := e.MustRun(context.Background()); r.Accuracy() < 50 {
		t.Errorf("gradient descent on an array: %.1f %%", r.Accuracy())
	}
}

// An interrupted training on noisy, calibrated arrays goes on bit for bit.
func TestResumeOnArrays(t *testing.T) {
	e := onArray(rough)
	e.Net, e.Data.Train, e.Data.Test, e.Train.Epochs, e.Train.Batch = nn.MLP(784, 8, 10), 75, 25, 3, 25
	want := e.MustRun(context.Background())
	e.Checkpoint = filepath.Join(t.TempDir(), "array.checkpoint")
	partial, err := e.Run(&countdown{Context: context.Background(), left: 40})
	if !errors.Is(err, context.Canceled) || partial.Len() == 0 || partial.Len() == 3 {
		t.Fatalf("%d epochs and %v", partial.Len(), err)
	}
	if got := e.MustRun(context.Background()); !slices.Equal(got.Epochs, want.Epochs) {
		t.Errorf("%v, want %v", got.Epochs, want.Epochs)
	}
}

func TestArrayOfAReference(t *testing.T) {
	e := onArray(array.Config{Rows: 128, ADCBits: 5, Phases: "test"}).as(V21)
	e.Data.Train, e.Train.Epochs = 2000, 3
	if r := e.MustRun(context.Background()); r.Accuracy() < 40 {
		t.Errorf("%.1f %%", r.Accuracy())
	}
	e.Array = array.Config{ADCBits: 5, Mapping: array.Pair, Phases: "all"}
	text := e.Validate().Error()
	for _, want := range []string{"Array.Mapping: \"pair\" is not allowed; allowed: \"\" with Reference v2.1", "Array.Phases"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
}

func TestArraysAreValidated(t *testing.T) {
	e := onArray(array.Config{Rows: -1, ADCBits: 17, Phases: "dream"})
	err := e.Validate()
	for _, want := range []string{
		"Array.Rows: -1 is not allowed; allowed: 0 to 65536", "Array.ADCBits: 17 is not allowed; allowed: 0 to 16",
		`Array.Phases: "dream" is not allowed`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
}
