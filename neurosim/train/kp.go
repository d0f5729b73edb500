package train

import (
	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/nn"
)

// KP is feedback alignment whose feedback weights learn, after J. F. Kolen and
// J. B. Pollack, "Backpropagation without weight transport", ICNN 1994, as in M.
// Akrout, C. Wilson, P. C. Humphreys, T. Lillicrap and D. B. Tweed, "Deep learning
// without weight transport", NeurIPS 2019: weights W and feedback weights F get
// the same outer products and decay alike,
//
//	W <- W - rate e h^T - decay W,   F <- F - rate e h^T - decay F,
//
// so that F - W shrinks by the share decay in every step. On devices F is a
// crossbar of its own: its cells get the same velocity, and round and vary for
// themselves; the decay is a relaxation of all conductances toward the middle of
// their range.
type KP struct {
	// Decay is the share of a weight that every step takes away. 0 means 0.0005,
	// -1 means none. Below 1
	Decay float64

	// Bound is the range ±Bound of the initial feedback weights, above 0 to
	// 1000. 0 means that of the initial weights.
	Bound float64
}

const defaultDecay = 0.0005

// Name is "KP".
func (KP) Name() string { return "KP" }

// Schedule is that of feedback alignment, with feedback weights that are written.
func (KP) Schedule(shapes []nn.Shape) nn.Schedule {
	s := FA{}.Schedule(shapes)
	s.Trained = true
	return s
}

// Validate returns every field outside its range, nil when there is none.
func (r KP) Validate() error {
	var p check.Problems
	if r.Decay != -1 && !(r.Decay >= 0 && r.Decay < 1) {
		p.Add("Decay", r.Decay, "0 (means 0.0005) to below 1, or -1 (none)")
	}
	p.Float("Bound", r.Bound, 0, maxFeedback)
	return p.Err()
}

// Start draws the feedback weights.
func (r KP) Start(net *nn.Network, seed uint64) Backward {
	k := learningFeedback{chainFeedback(twins(net, seed, r.Bound)), float32(r.Decay)}
	switch r.Decay {
	case 0:
		k.decay = defaultDecay
	case -1:
		k.decay = 0
	}
	return k
}

// learningFeedback is a chain of feedback weights that learn.
type learningFeedback struct {
	chainFeedback
	decay float32
}

// Feedback returns the feedback weights.
func (k learningFeedback) Feedback() []*nn.Weights { return k.chainFeedback }

// Decay returns the share that a step takes away.
func (k learningFeedback) Decay() float32 { return k.decay }
