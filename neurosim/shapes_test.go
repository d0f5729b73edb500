package neurosim

import (
	"strings"
	"testing"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

func TestConvolutionsArePriced(t *testing.T) {
	e := study()
	e.Net, e.Data = nn.VGG8.Images(1, 28, 28), dataset.Set{Train: 600}
	w, err := e.Workload()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := w.Layers[1].Shape, (cost.Shape{
		Height: 30, Width: 30, Channels: 128, KernelHeight: 3, KernelWidth: 3, Kernels: 128, Pool: true, Stride: 1,
	}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, want := w.Layers[6].Shape, cost.Dense(4608, 1024); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	e.Reference = V21
	if w, err = e.Workload(); err != nil || w.Layers[1].Shape.Height != 28 {
		t.Errorf("as the reference: %+v, %v", w.Layers[1], err)
	}
	e.Reference = ""
	direct, err := cost.Chip{}.Estimate(e.With(train.DFA{}))
	if err != nil {
		t.Fatal(err)
	}
	chain, err := cost.Chip{}.Estimate(e)
	if err != nil {
		t.Fatal(err)
	}
	if direct == nil || chain == nil {
		t.Error("no price")
	}
}

// A convolution in groups takes the cells of an ungrouped one, most of them idle, and so
// does what feeds errors back in its place.
func TestGroupsArePriced(t *testing.T) {
	e := study()
	net := func(groups int) nn.Net {
		return nn.Sequential(nn.Image(1, 28, 28), nn.Conv(16, 3), nn.ReLU(), nn.MaxPool(2), nn.Conv(32, 3).Groups(groups), nn.ReLU(), nn.Dense(10))
	}
	e.Net = net(16)
	w, err := e.Workload()
	if err != nil {
		t.Fatal(err)
	}
	if s := w.Layers[1].Shape; s.Channels != 16 || s.Kernels != 32 {
		t.Errorf("%+v", s)
	}
	if a := w.Layers[1].Activity; a.Changed != cost.Typical().Changed/16 || a.Ones != cost.Typical().Ones {
		t.Errorf("%+v", a)
	}
	whole := e
	whole.Net = net(1)
	for _, rule := range []train.Rule{train.BP{}, train.FA{}, train.DFA{}} {
		grouped, plain := cost.Chip{}.MustEstimate(e.With(rule)), cost.Chip{}.MustEstimate(whole.With(rule))
		if grouped.Areas.Total != plain.Areas.Total || grouped.FeedbackTiles != plain.FeedbackTiles {
			t.Errorf("%s: area %v and %d tiles of feedback, ungrouped %v and %d", rule.Name(), grouped.Areas.Total, grouped.FeedbackTiles, plain.Areas.Total, plain.FeedbackTiles)
		}
		if grouped.Latency() > plain.Latency() || grouped.Energy() >= plain.Energy() {
			t.Errorf("%s: %v and %v, ungrouped %v and %v", rule.Name(), grouped.Latency(), grouped.Energy(), plain.Latency(), plain.Energy())
		}
	}
	e.Reference = V21
	if _, err := e.Workload(); err == nil || !strings.Contains(err.Error(), "layer 2: the chip of Reference v2.1 has no convolution in 16 groups; allowed: 1") {
		t.Errorf("%v", err)
	}
}
