package train

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"crossbook/kernel/display"
	"crossbook/neurosim/array"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
)

// Job is one training with its data at hand.
type Job struct {
	Net       nn.Net
	Data      *dataset.Data
	Device    device.Analog
	Array     array.Config // that the weights lie on; zero: exact products
	Precision nn.Precision
	Settings  Settings
	Rule      Rule // nil means BP{}
	Seed      uint64
	Reference Reference
	Title     string // of the progress; "" means "training " and the rule's name

	// Weights, if not nil, are those to begin with: see [nn.Network.FitTensors] and
	// [nn.ReadTensors].
	Weights []nn.Tensor

	// From is the state to go on from; nil is the beginning. It must be of the
	// same job; only the number of epochs may be another.
	From *State

	// Keep, if not nil, is called after every epoch with the state of the
	// training. Its error ends the training.
	Keep func(State) error
}

// Epoch is what the recorder keeps of one epoch.
type Epoch struct {
	Number    int     // 1 for the first
	TrainLoss float64 // mean for an image, over the epoch while it learnt
	TestLoss  float64 // mean for an image, after the epoch
	Accuracy  float64 // on the test images after the epoch, in percent
}

// ErrDiverged is the cause when a number is no longer finite. The error around it
// says in which step and layer that came up, and from what.
var ErrDiverged = errors.New("the training diverged")

// OnDevices says whether the training programs devices step by step, rather
// than descend the gradient freely.
func OnDevices(d device.Analog, p nn.Precision) bool {
	return !d.Ideal() || p.For(d).Gradient < nn.Float
}

// Log is the record of a training.
type Log struct {
	Epochs []Epoch
	Layers History `json:",omitempty"` // what Settings.Record asks for

	// Activity is what the data of each layer were like, epoch by epoch.
	Activity []Activity

	// Programmed is what programming took, of a device with Programming.
	Programmed []Programmed `json:",omitempty"`
}

// Run is Train without what was kept of the layers.
func (j Job) Run(ctx context.Context) ([]Epoch, error) {
	log, err := j.Train(ctx)
	return log.Epochs, err
}

// Train trains and returns the record of all epochs. When ctx ends, it returns
// those that were finished, with ctx's error. The specification must be valid;
// a mistake in it panics or gives an error.
func (j Job) Train(ctx context.Context) (Log, error) {
	t, err := j.start(ctx)
	if err != nil {
		return Log{}, err
	}
	bar := display.Start(ctx, t.Title, max(t.Settings.Epochs, 1))
	defer bar.End("")
	log, err := t.begin()
	if err == nil && t.Settings.Epochs == untrained {
		return t.only(ctx, log)
	}
	for number := len(log.Epochs) + 1; err == nil && number <= t.Settings.Epochs; number++ {
		if log, err = t.goOn(ctx, log); err != nil {
			err = fmt.Errorf("train: epoch %d of %d: %w", number, t.Settings.Epochs, err)
			break
		}
		bar.Set(number, fmt.Sprintf("test accuracy %.1f %%", log.Epochs[number-1].Accuracy))
	}
	return log, err
}

// only tests the network as it is.
func (t *training) only(ctx context.Context, log Log) (Log, error) {
	var e Epoch
	if err := t.test(ctx, &e); err != nil {
		return log, fmt.Errorf("train: %w", err)
	}
	log.Epochs = []Epoch{e}
	return log, nil
}

// Network returns the network of the job as it is in a state of its training.
func (j Job) Network(ctx context.Context, s State) (*nn.Network, error) {
	t, err := j.start(ctx)
	if err != nil {
		return nil, err
	}
	return t.net, t.restore(s)
}

// begin takes the training to where it is to go on, and returns the record of the
// epochs before: no more than are asked for.
func (t *training) begin() (Log, error) {
	if t.From == nil {
		return Log{Programmed: t.programmed}, nil
	}
	if err := t.restore(*t.From); err != nil {
		return Log{}, err
	}
	log := t.From.Log
	log.Epochs = slices.Clone(log.Epochs[:min(len(log.Epochs), max(t.Settings.Epochs, 0))])
	log.Layers = slices.DeleteFunc(slices.Clone(log.Layers), func(r LayerRecord) bool {
		return r.Epoch > t.Settings.Epochs
	})
	log.Activity = slices.DeleteFunc(slices.Clone(log.Activity), func(a Activity) bool {
		return a.Epoch > t.Settings.Epochs
	})
	log.Programmed = slices.DeleteFunc(slices.Clone(log.Programmed), func(p Programmed) bool {
		return p.Epoch > max(t.Settings.Epochs, 0)
	})
	return log, nil
}

// goOn adds the next epoch to the log, and lets its state be kept.
func (t *training) goOn(ctx context.Context, log Log) (Log, error) {
	number := len(log.Epochs) + 1
	epoch, err := t.epoch(ctx, number)
	if err != nil {
		return log, err
	}
	activity := t.observed(number)
	layers, err := t.record(ctx, number)
	if err != nil {
		return log, err
	}
	log.Epochs, log.Layers = append(log.Epochs, epoch), append(log.Layers, layers...)
	log.Activity = append(log.Activity, activity...)
	log.Programmed = append(log.Programmed, t.programmedIn(number)...)
	if t.Keep != nil {
		err = t.Keep(t.state(log))
	}
	return log, err
}

// training is a job under way.
type training struct {
	Job
	net        *nn.Network
	pass       *nn.Pass
	backward   Backward
	optimisers []optimiser
	norms      []*norming
	mirror     *mirror   // nil: the rule has no weights that learn
	recorder   *recorder // nil: nothing is to be kept
	augmenter  *augmenter
	observer   *observer
	counting   [2]*moveCounter // room for those that count a step
	programmed []Programmed    // first weights
	gradient   simd.Live       // of the layer under way
	room       []float32       // for that of the largest layer
	images     nn.Matrix       // of a batch
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
		Bounded: onDevices || p.Weight < nn.Float || !j.Array.Zero(), Unclipped: j.Reference != "",
		// The reference divides errors only where it rounds them.
		Normalised: onDevices && (j.Reference == "" || p.Error < nn.Float),
		Reads:      j.reads(),
	}.New()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(j.fits(net), j.Settings.Augment.fits(j.Data.Shape)); err != nil {
		return nil, err
	}
	if j.Weights != nil {
		if err := net.FitTensors(j.Weights); err != nil {
			return nil, err
		}
	}
	t := &training{Job: j, net: net, onDevices: onDevices, loss: nn.CrossEntropy, backward: j.Rule.Start(net, j.Seed)}
	if j.Settings.Loss == Squares {
		t.loss = nn.Squares
	}
	return t, t.equip(ctx, p)
}

// reads is the arrays of the network: those of the reference, if there is one.
func (j Job) reads() nn.Reads {
	r := nn.Reads{Array: j.Array, OnOff: j.Device.OnOff}
	if j.Reference != "" {
		r.Reference = array.V21
	}
	return r
}

// fits says what of the data the network cannot take.
func (j Job) fits(net *nn.Network) error {
	inputs, outputs := net.Inputs(), net.Outputs()
	features := j.Data.Shape[0] * j.Data.Shape[1] * j.Data.Shape[2]
	field := "Net.Sizes"
	if j.Net.Layout != "" {
		field = "Net.Layout"
	}
	switch {
	case inputs != features:
		return fmt.Errorf("train: %s: the input has %d units, but an image of %s has %d values",
			field, inputs, j.Data.Name, features)
	case outputs < j.Data.Classes:
		return fmt.Errorf("train: %s: the output has %d units, but %s has %d classes",
			field, outputs, j.Data.Name, j.Data.Classes)
	case net.Image() != j.Data.Shape && net.Image() != [3]int{inputs, 1, 1}:
		return fmt.Errorf("train: %s: the input is an image of %v, but one of %s is %v (channels, rows, columns)",
			field, net.Image(), j.Data.Name, j.Data.Shape)
	case j.Data.Train.Len() == 0 || j.Data.Test.Len() == 0:
		return fmt.Errorf("train: %s has %d training and %d test images; both must be above 0",
			j.Data.Name, j.Data.Train.Len(), j.Data.Test.Len())
	}
	return j.fitsMemory(net)
}

// mostValues bounds what the layers keep of a batch to 4 GiB, and as much of its errors.
const mostValues = 1 << 30

// fitsMemory says when a batch is too large for any usual machine.
func (j Job) fitsMemory(net *nn.Network) error {
	units := net.Inputs()
	for _, shape := range net.Shapes() {
		units += shape.Units()
	}
	if most := mostValues / units; j.mostImages() > most {
		return fmt.Errorf("train: Train.Batch: %d is not allowed; allowed: 1 to %d, as each image takes %d values in this network",
			j.Settings.Batch, most, units)
	}
	return nil
}

// mostImages is how many images are computed at a time, at most.
func (j Job) mostImages() int {
	return min(j.Settings.Batch, max(j.Data.Train.Len(), j.Data.Test.Len()))
}

// equip makes the optimisers and the buffers.
func (t *training) equip(ctx context.Context, p nn.Precision) error {
	largest := 0
	for _, norm := range t.net.Norms {
		t.norms = append(t.norms, newNorming(norm, t.Settings, t.onDevices))
	}
	for i, l := range t.net.Layers {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("train: %w", err)
		}
		largest = max(largest, len(l.W.Data))
		t.optimisers = append(t.optimisers, t.newOptimiser(i, l, p))
	}
	t.mirror, t.recorder, t.observer = t.newMirror(p), t.newRecorder(), newObserver(t.net)
	size := t.mostImages()
	t.pass = t.net.NewPass(size)
	t.images = nn.NewMatrix(size, t.net.Inputs())
	t.labels = make([]uint8, size)
	t.augmenter = newAugmenter(t.Settings.Augment, t.Data.Shape, t.Seed, size)
	t.room = make([]float32, largest)
	return nil
}

// newOptimiser makes what changes the weights of a layer; the index is its place
// among all that is random.
func (t *training) newOptimiser(index int, l *nn.Weights, p nn.Precision) optimiser {
	if t.onDevices {
		o := newInSitu(t.Job, index, l, p)
		if effort, ok := o.install(t.Job, index, l); ok {
			layers := len(t.net.Layers)
			t.programmed = append(t.programmed, Programmed{0, index%layers + 1, index >= layers, effort})
		}
		o.hold(l)
		return o
	}
	limit := float32(0)
	if p.Weight < nn.Float || !t.Array.Zero() {
		limit = nn.Limit(p.Weight)
	}
	return newSGD(l, t.Settings, limit)
}
