package train

import (
	"context"
	"errors"
	"fmt"
	"math"

	"crossbook/kernel/display"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
)

// Job is one training with its data at hand.
type Job struct {
	Net       nn.Net
	Data      *dataset.Data
	Device    device.Analog
	Precision nn.Precision
	Settings  Settings
	Rule      Rule // nil means BP{}
	Seed      uint64
	Reference Reference
	Title     string // of the progress; "" means "training " and the rule's name
}

// Epoch is what the recorder keeps of one epoch.
type Epoch struct {
	Number    int     // 1 for the first
	TrainLoss float64 // mean for an image, over the epoch while it learnt
	TestLoss  float64 // mean for an image, after the epoch
	Accuracy  float64 // on the test images after the epoch, in percent
}

// ErrDiverged is the cause when a loss is no longer a number.
var ErrDiverged = errors.New("the loss is not a number any more")

// OnDevices says whether the training programs devices step by step, rather
// than descend the gradient freely.
func OnDevices(d device.Analog, p nn.Precision) bool {
	return !d.Ideal() || p.For(d).Gradient < nn.Float
}

// Run trains and returns the record of all epochs. When ctx ends, it returns
// those that were finished, with ctx's error. The specification must be valid;
// a mistake in it panics or gives an error.
func (j Job) Run(ctx context.Context) ([]Epoch, error) {
	t, err := j.start(ctx)
	if err != nil {
		return nil, err
	}
	bar := display.Start(ctx, t.Title, t.Settings.Epochs)
	defer bar.End("")
	var epochs []Epoch
	for number := 1; number <= t.Settings.Epochs; number++ {
		epoch, err := t.epoch(ctx, number)
		if err != nil {
			return epochs, fmt.Errorf("train: epoch %d of %d: %w", number, t.Settings.Epochs, err)
		}
		epochs = append(epochs, epoch)
		bar.Set(number, fmt.Sprintf("test accuracy %.1f %%", epoch.Accuracy))
	}
	return epochs, nil
}

// training is a job under way.
type training struct {
	Job
	net        *nn.Network
	pass       *nn.Pass
	backward   Backward
	optimisers []optimiser
	gradient   nn.Matrix // room for that of the largest layer
	images     nn.Matrix // of a batch
	labels     []uint8
	loss       func(e, o nn.Matrix, labels []uint8) float64
	onDevices  bool
	steps      int // made so far
}

func (j Job) start(ctx context.Context) (*training, error) {
	if j.Rule == nil {
		j.Rule = BP{}
	}
	if j.Title == "" {
		j.Title = "training " + j.Rule.Name()
	}
	onDevices := OnDevices(j.Device, j.Precision)
	j.Settings = j.Settings.filled(onDevices, j.Reference)
	p := j.Precision.For(j.Device)
	net, err := nn.Build{
		Net: j.Net, Precision: p, Seed: j.Seed,
		Bounded: onDevices || p.Weight < nn.Float, Unclipped: j.Reference != "",
		// The reference divides errors only where it rounds them.
		Normalised: onDevices && (j.Reference == "" || p.Error < nn.Float),
	}.New()
	if err != nil {
		return nil, err
	}
	if err := j.fits(net); err != nil {
		return nil, err
	}
	t := &training{Job: j, net: net, onDevices: onDevices, loss: nn.CrossEntropy, backward: j.Rule.Start(net, j.Seed)}
	if j.Settings.Loss == Squares {
		t.loss = nn.Squares
	}
	return t, t.equip(ctx, p)
}

// fits says what of the data the network cannot take.
func (j Job) fits(net *nn.Network) error {
	inputs, outputs := net.Layers[0].In, net.Layers[len(net.Layers)-1].Out
	features := j.Data.Shape[0] * j.Data.Shape[1] * j.Data.Shape[2]
	switch {
	case inputs != features:
		return fmt.Errorf("train: Net.Sizes: the input has %d units, but an image of %s has %d values",
			inputs, j.Data.Name, features)
	case outputs < j.Data.Classes:
		return fmt.Errorf("train: Net.Sizes: the output has %d units, but %s has %d classes",
			outputs, j.Data.Name, j.Data.Classes)
	case j.Data.Train.Len() == 0 || j.Data.Test.Len() == 0:
		return fmt.Errorf("train: %s has %d training and %d test images; both must be above 0",
			j.Data.Name, j.Data.Train.Len(), j.Data.Test.Len())
	}
	return nil
}

// equip makes the optimisers and the buffers.
func (t *training) equip(ctx context.Context, p nn.Precision) error {
	limit := float32(0)
	if p.Weight < nn.Float {
		limit = nn.Limit(p.Weight)
	}
	largest := 0
	for i, l := range t.net.Layers {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("train: %w", err)
		}
		largest = max(largest, len(l.W.Data))
		if t.onDevices {
			t.optimisers = append(t.optimisers, newInSitu(t.Job, i, l, p))
		} else {
			t.optimisers = append(t.optimisers, newSGD(l, t.Settings, limit))
		}
	}
	size := min(t.Settings.Batch, max(t.Data.Train.Len(), t.Data.Test.Len()))
	t.pass = t.net.NewPass(size)
	t.images = nn.NewMatrix(size, t.net.Layers[0].In)
	t.labels = make([]uint8, size)
	t.gradient.Data = make([]float32, largest)
	return nil
}

// finite passes a loss on, or says that it has gone.
func finite(loss float64) (float64, error) {
	if math.IsNaN(loss) || math.IsInf(loss, 0) {
		return loss, ErrDiverged
	}
	return loss, nil
}
