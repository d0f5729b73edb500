package train

import "crossbook/neurosim/internal/check"

// Names of the losses.
const (
	Squares      = "squares"       // 0.5 sum (o-t)^2
	CrossEntropy = "cross-entropy" // -ln softmax of the right class
)

// untrained is the number of epochs that stands for none.
const untrained = -1

// mostSeconds bounds times.
const mostSeconds = 1e12

// Settings is how long and how fast to train. The zero value is the documented
// defaults; "on devices" is a training with any nonideality.
type Settings struct {
	// Epochs is the passes over the training images. 0 means 10, -1 none: the first
	// weights are tested as they are. To 100,000
	Epochs int
	Batch  int // images a step. 0 means 200. To 65,536

	// Rate is the learning rate. 0 means 0.01 with ideal devices, where it
	// multiplies the gradient of the mean loss; on devices 1, where it
	// multiplies the rounded step (0.1 with Reference Wolters). To 1000
	Rate float64

	// Momentum is m, the share of the velocity that is kept from step to step.
	// 0 means 0.9, -1 means none. Below 1
	Momentum float64

	// PlainMomentum is that of stochastic gradient descent on devices too: v <- m v + g,
	// which goes on over steps and epochs as it is. Without it theirs is that of
	// DNN+NeuroSim V2.1: v <- m v + (1-m) g, divided by the power of two closest to its
	// largest magnitude, from which the next step goes on; every epoch starts from 0
	PlainMomentum bool `json:",omitzero"`

	// Decay is how the learning rate changes over the epochs; zero: not at all
	Decay Decay `json:",omitzero"`

	// Gain multiplies the normalised gradient before it becomes pulses: 1 makes
	// the largest gradient about half of the pulses. 0 means 1. Without effect
	// with ideal devices. To 1000
	Gain float64

	// StepTime is the seconds from one step to the next, and TestAfter those between the
	// last step and every test, in which the devices are left alone: they then change as
	// their Drift and Retention say. A test changes nothing for the training. 0 to 1e12
	StepTime  float64 `json:",omitzero"`
	TestAfter float64 `json:",omitzero"`

	// Loss is Squares or CrossEntropy. "" means CrossEntropy with ideal devices
	// and Squares on others.
	Loss string

	// Augment changes the training images at random; zero: not at all.
	Augment Augment `json:",omitzero"`

	// Record says what to keep of every layer; zero: nothing.
	Record Record `json:",omitzero"`
}

// Validate returns every field outside its range, nil when there is none.
func (s Settings) Validate() error {
	var p check.Problems
	p.Int("Epochs", s.Epochs, -1, 100_000)
	p.Int("Batch", s.Batch, 0, 1<<16)
	p.Float("Rate", s.Rate, 0, 1000)
	if s.Momentum != -1 && !(s.Momentum >= 0 && s.Momentum < 1) {
		p.Add("Momentum", s.Momentum, "0 (means 0.9) to below 1, or -1 (none)")
	}
	p.Under("Decay", s.Decay.Validate())
	p.Float("Gain", s.Gain, 0, 1000)
	p.Float("StepTime", s.StepTime, 0, mostSeconds)
	p.Float("TestAfter", s.TestAfter, 0, mostSeconds)
	p.OneOf("Loss", s.Loss, CrossEntropy, Squares)
	p.Under("Augment", s.Augment.Validate())
	return p.Err()
}

// filled returns the settings with every default in its place.
func (s Settings) filled(onDevices bool, ref Reference) Settings {
	rate, loss := 0.01, CrossEntropy
	if onDevices {
		rate, loss = 1, Squares
	}
	if ref == Wolters {
		rate = 0.1
	}
	orInt(&s.Epochs, 10)
	orInt(&s.Batch, 200)
	orFloat(&s.Rate, rate)
	orFloat(&s.Momentum, 0.9)
	orFloat(&s.Gain, 1)
	if s.Momentum == -1 {
		s.Momentum = 0
	}
	if s.Loss == "" {
		s.Loss = loss
	}
	return s
}

func orInt(field *int, fallback int) {
	if *field == 0 {
		*field = fallback
	}
}

func orFloat(field *float64, fallback float64) {
	if *field == 0 {
		*field = fallback
	}
}
