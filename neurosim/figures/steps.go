package main

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/device"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
	"crossbook/neurosim/train"
)

//go:embed torch.py
var torch string

// training is a network that learns in situ, step by step.
type training struct {
	name  string // as the other program knows it
	net   nn.Net
	shape [3]int // of an image
	batch int
}

var trainings = []training{
	{"mlp", nn.MLP(784, 800, 800, 10), [3]int{1, 28, 28}, 64}, // also measured by a whole epoch
	{"vgg8", nn.VGG8, [3]int{3, 32, 32}, 20},
	{"vgg8", nn.VGG8, [3]int{3, 32, 32}, 64},
	{"vgg8", nn.VGG8, [3]int{3, 32, 32}, 200},
}

// title is what a training is picked by: "vgg8 20 images".
func (t training) title() string { return fmt.Sprintf("%s %d images", t.name, t.batch) }

// cells are those of DNN+NeuroSim V2.1.
var cells = device.Analog{Levels: 32, LTP: 1.75, LTD: 1.46, CycleToCycle: 0.003}

// random is data that mean nothing, for so many steps.
func (t training) random(steps int) *dataset.Data {
	values := t.shape[0] * t.shape[1] * t.shape[2]
	images := func(count int) dataset.Split {
		s := dataset.Split{Images: make([]float32, count*values), Labels: make([]uint8, count)}
		rng.New(1, "figures", 0, 0).FillRange(s.Images, -1, 1)
		for i := range s.Labels {
			s.Labels[i] = uint8(i % 10)
		}
		return s
	}
	return &dataset.Data{Name: "random", Classes: 10, Shape: t.shape, Train: images(steps * t.batch), Test: images(1)}
}

// stopwatch is back-propagation that looks at the clock once a step. Between two
// looks lies a whole step, less what the other program does meanwhile.
type stopwatch struct {
	train.BP
	look func() error
}

func (s stopwatch) Start(net *nn.Network, seed uint64) train.Backward {
	backward := s.BP.Start(net, seed)
	return train.BackwardFunc(func(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
		if err := s.look(); err != nil {
			return err
		}
		return backward.Errors(ctx, net, pass)
	})
}

// comparison measures turns of this program and of the other, one after the other. A turn
// is several steps of small networks, the first of which, that brings back to the caches
// what the other program drove from them, counts as it does.
type comparison struct {
	o            *other
	each         int // steps of a turn
	steps        int
	begun        float64
	ours, theirs []float64 // seconds a step, turn by turn
}

// look is called once a step.
func (c *comparison) look() error {
	defer func() { c.steps++ }()
	if c.steps%c.each != 0 {
		return nil
	}
	now := processorTime()
	seconds, err := c.o.do("steps %d", c.each)
	if c.steps > 0 {
		each := float64(c.each)
		c.ours, c.theirs = append(c.ours, (now-c.begun)/each), append(c.theirs, seconds/each)
	}
	c.begun = processorTime()
	return err
}

// measure returns seconds a step, of this program and of the other's plain step in
// floating point, turn by turn.
func (t training) measure(o *other, data *dataset.Data) (ours, theirs []float64, err error) {
	if _, err = o.do("net %s %d", t.name, t.batch); err != nil {
		return nil, nil, err
	}
	c := &comparison{o: o, each: t.turn()}
	_, err = train.Job{
		Net: t.net, Data: data, Device: cells, Rule: stopwatch{look: c.look},
		Settings: train.Settings{Batch: t.batch, Epochs: 1}, Seed: 1,
	}.Train(context.Background())
	return c.ours, c.theirs, err
}

func measureSteps(python, only string, rounds int) error {
	o, err := startOther(python, torch)
	if err != nil {
		return err
	}
	defer o.stop()
	fmt.Printf("Steps of training in situ, ms an image, beside plain steps of %s\n", o.name)
	fmt.Printf("%-8s %8s %10s %10s %8s\n", "", "batch", "Crossbook", "PyTorch", "ratio")
	for _, t := range trainings {
		if !strings.Contains(t.title(), only) {
			continue
		}
		ours, theirs, err := t.measure(o, t.random((rounds+1)*t.turn()+1))
		if err != nil {
			return err
		}
		each := 1e3 / float64(t.batch)
		fmt.Printf("%-8s %8d %10.3g %10.3g %8.2f\n", t.name, t.batch,
			median(ours)*each, median(theirs)*each, median(ratios(theirs, ours)))
	}
	if strings.Contains(trainings[0].title(), only) {
		return measureEpoch(o)
	}
	return nil
}

// measureEpoch is of the first epoch of the perceptron on the images of Fashion-MNIST:
// units fall silent while they learn, and then cost less.
func measureEpoch(o *other) error {
	data, err := dataset.FashionMNIST().Load(context.Background())
	if err != nil {
		return err
	}
	ours, theirs, err := trainings[0].measure(o, data)
	if err != nil {
		return err
	}
	steps := float64(data.Train.Len()) / float64(trainings[0].batch)
	fmt.Printf("\nAn epoch of Fashion-MNIST by mlp in batches of %d, s\n", trainings[0].batch)
	fmt.Printf("%-17s %10.3g %10.3g %8.2f\n", "", mean(ours)*steps, mean(theirs)*steps, mean(theirs)/mean(ours))
	return nil
}
