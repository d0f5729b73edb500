package neurosim

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

func study() Experiment {
	return Experiment{
		Net:    nn.MLP(784, 32, 10),
		Data:   dataset.Set{Name: "fashion-sample", Train: 600, Test: 100},
		Device: device.Analog{Levels: 64, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003, OnOff: 10},
		Train:  train.Settings{Epochs: 2},
		Seed:   1,
	}
}

func TestExperimentIsPlainData(t *testing.T) {
	e := study().With(train.DFA{Feedback: train.FanIn}).Named("DFA")
	e.Reference = Wolters
	if e == study() || e != study().With(train.DFA{Feedback: train.FanIn}).Named("DFA").as(Wolters) {
		t.Error("equality does not follow the fields")
	}
	for _, want := range []Experiment{e, study(), {}, {Checkpoint: "a.checkpoint", Train: train.Settings{Record: train.Record{Angle: true}}}} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Experiment
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if got != want {
			t.Errorf("%+v comes back as %+v", want, got)
		}
	}
}

func (e Experiment) as(r train.Reference) Experiment {
	e.Reference = r
	return e
}

func TestUnknownFieldsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"Device": {"LPT": 1}}`:                  "Device.LPT: unknown field; allowed: Asymmetry, AsymmetryVariation, CycleToCycle,",
		`{"device": {}}`:                          "device: unknown field",
		`{"Rule": {"DFA": {"Feed": "x"}}}`:        "Rule: DFA.Feed: unknown field",
		`{"Rule": {"Magic": {}}}`:                 `Rule: "Magic" is not allowed; allowed: BP, DFA`,
		`{"Device": {"Levels": "many"}}`:          "Device.Levels: a JSON string",
		`{"Train": {"A": 1}, "Net": {"Size": 1}}`: "Net.Size: unknown field; allowed: Bias, Hidden, Layout, Sizes\nTrain.A: unknown field",
	} {
		var e Experiment
		if err := json.Unmarshal([]byte(text), &e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestValidateTellsAllAtOnce(t *testing.T) {
	e := Experiment{
		Net:       nn.MLP(784, 0, 10).Activation("step"),
		Data:      dataset.Set{Name: "fashion-sample", Train: -1},
		Device:    device.Analog{Levels: -2, LTP: 9.5},
		Precision: nn.Precision{Error: 99},
		Train:     train.Settings{Batch: -5, Loss: "hinge"},
		Rule:      train.DFA{Feedback: "zeros"},
		Reference: "v9",
	}
	err := e.Validate()
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{
		`Net.Sizes: layer 1 of "784-0-10": "0" units`, `Net.Hidden: "step"`, "Data.Train: -1", "Device.Levels: -2",
		"Device.LTP: 9.5 is not allowed; allowed: -9 to 9", "Precision.Error: 99 is not allowed; allowed: 0 to 32",
		"Train.Batch: -5", `Train.Loss: "hinge"`, `Rule.Feedback: "zeros"`, `Reference: "v9"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("nothing on %s", want)
		}
	}
	if t.Failed() {
		t.Log(err)
	}
	if _, runErr := e.Run(context.Background()); runErr == nil {
		t.Error("ran all the same")
	}
}

func TestValidateKnowsTheReference(t *testing.T) {
	if err := study().as(V21).Validate(); err != nil {
		t.Error(err)
	}
	e := study().as(V21)
	e.Device, e.Net.Bias = device.Analog{LTD: 1, Law: device.SoftBounds, StuckLow: 0.1}, true
	err := e.Validate()
	for _, want := range []string{"Device.Levels: 0", "Device.LTP: 0", "Device.Law: ", "Device.StuckLow: 0.1", "Net.Bias: true"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("nothing on %s in %v", want, err)
		}
	}
}

func TestHash(t *testing.T) {
	e := study()
	if e.Hash() != e.Named("other").Hash() || e.Hash() != e.With(train.BP{}).Hash() {
		t.Error("the hash depends on what does not change the result")
	}
	seen := map[string]bool{e.Hash(): true}
	for _, other := range []Experiment{e.With(train.DFA{}), e.as(V21), {}} {
		if seen[other.Hash()] {
			t.Errorf("%v has another's hash", other)
		}
		seen[other.Hash()] = true
	}
}

// One experiment, the same bits on any number of processors.
func TestRunIsReproducible(t *testing.T) {
	var first Result
	for _, procs := range []int{1, 4} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			e := study().With(train.DFA{})
			e.Device.DeviceToDevice = 0.1
			r, err := e.Run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if procs == 1 {
				first = r
			}
			if !slices.Equal(r.Epochs, first.Epochs) || r.Provenance != first.Provenance {
				t.Errorf("%d processors: %v, one: %v", procs, r, first)
			}
		}()
	}
}

func TestInterruptKeepsWhatThereIs(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := study().Run(ctx)
	if !errors.Is(err, context.Canceled) || r.Experiment != study() || r.Len() != 0 {
		t.Errorf("%v, %v", r, err)
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, context.Canceled) {
			t.Errorf("MustRun panics with %v", err)
		}
	}()
	study().MustRun(ctx)
}
