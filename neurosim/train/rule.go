package train

import (
	"context"

	"crossbook/neurosim/nn"
)

// Rule is a learning rule: how the error at the output becomes an error for each
// layer. A rule is plain comparable data that says what is wanted; package
// ruletest checks one.
type Rule interface {
	// Name is short and unique, as in a legend: "BP".
	Name() string

	// Schedule declares what the rule needs of a chip.
	Schedule(shapes []nn.Shape) nn.Schedule

	// Start returns what computes the errors of one training. Everything random
	// in it follows from the seed.
	Start(net *nn.Network, seed uint64) Backward
}

// Backward computes the errors of the hidden layers of one batch: it finds the
// error of the last layer and all that the forward pass left, and sets E of every
// other layer. It returns ctx's error when ctx ends before it has.
type Backward interface {
	Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error
}

// BackwardFunc is a function as a [Backward].
type BackwardFunc func(ctx context.Context, net *nn.Network, pass *nn.Pass) error

// Errors calls f.
func (f BackwardFunc) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	return f(ctx, net, pass)
}
