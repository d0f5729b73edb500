package train

import (
	"context"

	"crossbook/neurosim/nn"
)

// BP is back-propagation (Rumelhart, Hinton and Williams 1986): the error goes
// from layer to layer through the transposed weights. With quantised errors each
// layer's is normalised and rounded on the way, as in WAGE (Wu et al. 2018).
type BP struct{}

// Name is "BP".
func (BP) Name() string { return "BP" }

// Schedule is a chain.
func (BP) Schedule(shapes []nn.Shape) nn.Schedule { return nn.Chain(len(shapes)) }

// Start returns the backward pass; it has nothing random.
func (BP) Start(*nn.Network, uint64) Backward {
	return BackwardFunc(func(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
		return chainFeedback(net.Layers).Errors(ctx, net, pass)
	})
}
