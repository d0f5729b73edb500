package neurosim

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"crossbook/neurosim/train"
	"crossbook/plots"
)

func sample() Result {
	return Result{
		Experiment: study().Named("A < B"),
		Epochs: []Epoch{
			{Number: 1, TrainLoss: 0.5, TestLoss: 0.25, Accuracy: 80},
			{Number: 2, TrainLoss: 0.4, TestLoss: 0.2, Accuracy: 84.96},
		},
		Provenance: Provenance{"0123456789abcdef", 1, Version, "fashion-sample", "fedcba9876543210", ""},
	}
}

func TestResultPlotsItself(t *testing.T) {
	r := sample()
	x, y := r.XY(1)
	xLabel, yLabel := r.AxisLabels()
	if r.Label() != "A < B" || r.Len() != 2 || x != 2 || y != 84.96 || xLabel != "epoch" || yLabel != "test accuracy (%)" {
		t.Errorf("%s: %d points, the last at %g, %g; %s, %s", r.Label(), r.Len(), x, y, xLabel, yLabel)
	}
	if r.Accuracy() != 84.96 || (Result{}).Accuracy() != 0 {
		t.Errorf("accuracy %g", r.Accuracy())
	}
}

func TestResultShowsItself(t *testing.T) {
	data, metadata := sample().MIMEBundle()
	const provenance = "spec 0123456789ab, seed 1, crossbook " + Version + ", data fashion-sample fedcba987654"
	for kind, wants := range map[string][]string{
		"text/html":  {"A &lt; B: test accuracy 85.0&nbsp;%", "<td>0.4000</td><td>0.2000</td><td>85.0&nbsp;%</td>", provenance},
		"text/plain": {"A < B: test accuracy 85.0 % after 2 epochs", "    2      0.4000     0.2000    85.0 %", provenance},
	} {
		for _, want := range wants {
			if text, _ := data[kind].(string); !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", kind, want, text)
			}
		}
	}
	if metadata == nil {
		t.Error("no metadata map")
	}
}

func TestResultIsPlainData(t *testing.T) {
	data, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	var back Result
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, sample()) {
		t.Errorf("%v comes back as %v, %v", sample(), back, err)
	}
}

// Records of the layers draw themselves, and do not change what is computed.
func TestResultTracesItsLayers(t *testing.T) {
	e := study()
	e.Train.Record = train.Record{Weights: true}
	if e.Hash() != study().Hash() {
		t.Error("the hash depends on what is recorded")
	}
	recorded, plain := e.MustRun(context.Background()), study().MustRun(context.Background())
	if !slices.Equal(recorded.Epochs, plain.Epochs) {
		t.Error("the record disturbs the training")
	}
	for layer := range 2 {
		var trace plots.Curve = recorded.Trace(train.WeightDeviation, layer+1)
		if x, y := trace.XY(1); trace.Len() != 2 || x != 2 || !(y > 0 && y < 1) {
			t.Errorf("%s: %d points, the last at %g, %g", trace.Label(), trace.Len(), x, y)
		}
	}
	if trace := recorded.Trace(train.WeightMean, 2); trace.Label() != "BP, layer 2" {
		t.Errorf("label %q", trace.Label())
	}
}
