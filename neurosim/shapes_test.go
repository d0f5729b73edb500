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
	e.Net = nn.Sequential(nn.Image(4, 28, 28), nn.Conv(4, 3).Groups(2), nn.Dense(10))
	if _, err := e.Workload(); err == nil || !strings.Contains(err.Error(), "layer 1: a chip has no price for a convolution in 2 groups yet") {
		t.Errorf("%v", err)
	}
}
