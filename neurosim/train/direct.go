package train

import (
	"context"

	"crossbook/neurosim/nn"
)

// SDFA is direct feedback alignment with the signs of the output error e (C.
// Frenkel, M. Lefebvre and D. Bol, "Learning without feedback: fixed random
// learning signals allow for feedforward training of deep neural networks",
// Frontiers in Neuroscience 15, 629892, 2021):
//
//	e_i = B_i sgn(e) f'(a_i).
//
// The last layer learns from e itself. Signs do not shrink as the error does, so that
// the rule wants small steps; with the normalised updates of devices it hardly
// learns.
type SDFA struct {
	// Feedback is the range of the uniform feedback weights: Kaiming, Xavier,
	// FanIn or Classes. "" means Kaiming, as in the paper.
	Feedback string

	// Bound, above 0 and to 1000, replaces that range: ±Bound.
	Bound float64
}

// Name is "sDFA".
func (SDFA) Name() string { return "sDFA" }

// Schedule is that of [DFA].
func (SDFA) Schedule(shapes []nn.Shape) nn.Schedule { return DFA{}.Schedule(shapes) }

// Validate returns every field outside its range, nil when there is none.
func (r SDFA) Validate() error { return DFA(r).Validate() }

// Start draws the feedback weights.
func (r SDFA) Start(net *nn.Network, seed uint64) Backward {
	f := kaiming(r.Feedback, r.Bound).draw(net, seed)
	through, ok := f.lay(net)
	return &signedFeedback{directFeedback: f, through: through, onArrays: ok}
}

// DRTP is direct random target projection (Frenkel et al. 2021, see [SDFA]): the
// hidden layers learn from the one-hot target t instead of an error, which they
// need not wait for,
//
//	e_i = -B_i t f'(a_i).
//
// The last layer learns from the output error.
type DRTP struct {
	// Feedback is the range of the uniform feedback weights: Kaiming, Xavier,
	// FanIn or Classes. "" means Kaiming, as in the paper.
	Feedback string

	// Bound, above 0 and to 1000, replaces that range: ±Bound.
	Bound float64
}

// Name is "DRTP".
func (DRTP) Name() string { return "DRTP" }

// Schedule waits for nothing: the targets are there before the forward pass.
func (DRTP) Schedule(shapes []nn.Shape) nn.Schedule {
	s := DFA{}.Schedule(shapes)
	clear(s.WaitsFor)
	return s
}

// Validate returns every field outside its range, nil when there is none.
func (r DRTP) Validate() error { return DFA(r).Validate() }

// Start draws the feedback weights.
func (r DRTP) Start(net *nn.Network, seed uint64) Backward {
	f := kaiming(r.Feedback, r.Bound).draw(net, seed)
	if through, ok := f.lay(net); ok {
		return &readTargets{through: through}
	}
	return targetFeedback(f)
}

// kaiming is direct feedback whose default range is that of Frenkel et al.
func kaiming(feedback string, bound float64) DFA {
	if feedback == "" {
		feedback = Kaiming
	}
	return DFA{feedback, bound}
}

// signedFeedback passes the signs of the output error on.
type signedFeedback struct {
	directFeedback
	through  projected
	onArrays bool // else products are exact
	signs    nn.Matrix
}

// Errors sets every hidden layer's error to B sgn(e) f'(a). The size of the signs
// is the share of an image, as that of an error is.
func (f *signedFeedback) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	e := pass.Layers[len(f.directFeedback)].E
	if cap(f.signs.Data) < len(e.Data) {
		f.signs = nn.NewMatrix(e.Rows, e.Cols)
	}
	f.signs = nn.Matrix{Rows: e.Rows, Cols: e.Cols, Data: f.signs.Data[:len(e.Data)]}
	nn.Quantise(f.signs.Data, e.Data, 1)
	for i := range f.signs.Data {
		f.signs.Data[i] *= pass.Share
	}
	if f.onArrays {
		return f.through.project(ctx, net, pass, f.signs)
	}
	return f.project(ctx, net, pass, f.signs)
}

// targetFeedback is the matrices B, units x classes, of the hidden layers.
type targetFeedback directFeedback

// Errors sets every hidden layer's error to -B t f'(a): of the one-hot target
// one column of B is left.
func (f targetFeedback) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	for i, b := range f {
		if err := ctx.Err(); err != nil {
			return err
		}
		e := pass.Layers[i].E
		for row := range e.Rows {
			column := b.Data[pass.Labels[row]:]
			for j := range e.Row(row) {
				e.Row(row)[j] = -pass.Share * column[j*b.Cols]
			}
		}
		net.Gate(pass, i)
	}
	return nil
}

// readTargets is targetFeedback through arrays.
type readTargets struct {
	through projected
	targets nn.Matrix
}

// Errors sets every hidden layer's error to -B t f'(a), as the arrays read it.
func (f *readTargets) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	e := pass.Layers[f.through].E
	if cap(f.targets.Data) < len(e.Data) {
		f.targets = nn.NewMatrix(e.Rows, e.Cols)
	}
	f.targets = nn.Matrix{Rows: e.Rows, Cols: e.Cols, Data: f.targets.Data[:len(e.Data)]}
	clear(f.targets.Data)
	for row := range e.Rows {
		f.targets.Row(row)[pass.Labels[row]] = -pass.Share
	}
	return f.through.project(ctx, net, pass, f.targets)
}
