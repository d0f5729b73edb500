package train

import (
	"context"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// FA is feedback alignment (T. P. Lillicrap, D. Cownden, D. B. Tweed and C. J.
// Akerman, "Random synaptic feedback weights support error backpropagation for
// deep learning", Nature Communications 7, 13276, 2016): the error goes from layer
// to layer as in back-propagation, but through fixed random weights F instead of
// the transposed ones,
//
//	e_i = F_{i+1}^T e_{i+1} f'(a_i).
//
// F has the precision and the scale of the weights in whose place it stands.
type FA struct {
	// Bound is the range ±Bound of the uniform feedback weights, above 0 to
	// 1000. 0 means that of the initial weights.
	Bound float64
}

// Name is "FA".
func (FA) Name() string { return "FA" }

// Schedule is a chain through a memory of feedback weights as large as that of
// the weights; no weights are read transposed.
func (FA) Schedule(shapes []nn.Shape) nn.Schedule {
	s := withFeedback(nn.Chain(len(shapes)), shapes)
	clear(s.Transposed)
	return s
}

// Validate returns every field outside its range, nil when there is none.
func (r FA) Validate() error { return validateBound(r.Bound) }

// Start draws the feedback weights.
func (r FA) Start(net *nn.Network, seed uint64) Backward {
	return chainFeedback(twins(net, seed, r.Bound))
}

// chainFeedback is the weights through which errors go down: element i stands for
// those of layer i; the first layer has none.
type chainFeedback []*nn.Weights

// Errors carries the error from layer to layer.
func (f chainFeedback) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	for i := len(net.Layers) - 2; i >= 0; i-- {
		if err := ctx.Err(); err != nil {
			return err
		}
		net.BackThrough(pass, i, f[i+1])
	}
	return nil
}

// twins draws feedback weights for every layer but the first.
func twins(net *nn.Network, seed uint64, bound float64) []*nn.Weights {
	all := make([]*nn.Weights, len(net.Layers))
	for i := 1; i < len(all); i++ {
		all[i] = net.Twin(i, rng.New(seed, "feedback", i, 0), float32(bound))
	}
	return all
}

// withFeedback adds a memory the size of the weights above each hidden layer.
func withFeedback(s nn.Schedule, shapes []nn.Shape) nn.Schedule {
	for i, above := range shapes[1:] {
		s.Feedback[i] = above.Weights()
	}
	return s
}

func validateBound(bound float64) error {
	var p check.Problems
	p.Float("Bound", bound, 0, maxFeedback)
	return p.Err()
}
