package train

import (
	"context"
	"math"

	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/rng"
)

// The three rules of sign-concordant feedback carry the error through
// F = |F| sgn(W): the signs of the weights with magnitudes of their own. They are
// those of Q. Liao, J. Z. Leibo and T. Poggio, "How important is weight symmetry in
// backpropagation?", AAAI 2016, with the names of T. H. Moskovitz, A. Litwin-Kumar
// and L. F. Abbott, "Feedback alignment in deep convolutional networks", 2018, and
// of A. Sanfiz and M. Akrout, "Benchmarking the accuracy and robustness of feedback
// alignment algorithms", 2021.

// USF is uniform sign-concordant feedback: every feedback weight has one
// magnitude and the sign of the weight at its place (Liao et al. 2016, V =
// sgn(W)),
//
//	e_i = (m sgn(W_{i+1}))^T e_{i+1} f'(a_i).
type USF struct {
	// Magnitude is m, above 0 to 1000. 0 means the standard deviation of the
	// layer's initial weights: their range over sqrt(3).
	Magnitude float64
}

// Name is "uSF".
func (USF) Name() string { return "uSF" }

// Schedule is that of back-propagation: the signs are read from the weights.
func (USF) Schedule(shapes []nn.Shape) nn.Schedule { return nn.Chain(len(shapes)) }

// Validate returns every field outside its range, nil when there is none.
func (r USF) Validate() error {
	var p check.Problems
	p.Float("Magnitude", r.Magnitude, 0, maxFeedback)
	return p.Err()
}

// Start sets the magnitudes.
func (r USF) Start(net *nn.Network, seed uint64) Backward {
	f := newSignFeedback(net, seed, 0)
	for i := 1; i < len(f.twins); i++ {
		m := float32(r.Magnitude)
		if m == 0 {
			m = net.Layers[i].Range / float32(math.Sqrt(3))
		}
		for k := range f.magnitudes[i] {
			f.magnitudes[i][k] = m
		}
	}
	return f
}

// FRSF is fixed random-magnitude sign-concordant feedback: the magnitudes are
// drawn once (Liao et al. 2016, V = M sgn(W), M uniform),
//
//	e_i = (|F_{i+1}| sgn(W_{i+1}))^T e_{i+1} f'(a_i).
type FRSF struct {
	// Bound is the largest magnitude, above 0 to 1000. 0 means the range of the
	// initial weights.
	Bound float64
}

// Name is "frSF".
func (FRSF) Name() string { return "frSF" }

// Schedule is that of back-propagation, and a memory of the magnitudes.
func (FRSF) Schedule(shapes []nn.Shape) nn.Schedule {
	return withFeedback(nn.Chain(len(shapes)), shapes)
}

// Validate returns every field outside its range, nil when there is none.
func (r FRSF) Validate() error { return validateBound(r.Bound) }

// Start draws the magnitudes.
func (r FRSF) Start(net *nn.Network, seed uint64) Backward {
	return newSignFeedback(net, seed, r.Bound)
}

// BRSF is batchwise random-magnitude sign-concordant feedback: [FRSF] with
// magnitudes that every batch draws anew.
type BRSF struct {
	// Bound is the largest magnitude, above 0 to 1000. 0 means the range of the
	// initial weights.
	Bound float64
}

// Name is "brSF".
func (BRSF) Name() string { return "brSF" }

// Schedule is that of back-propagation, and a memory of the magnitudes.
func (BRSF) Schedule(shapes []nn.Shape) nn.Schedule { return FRSF{}.Schedule(shapes) }

// Validate returns every field outside its range, nil when there is none.
func (r BRSF) Validate() error { return validateBound(r.Bound) }

// Start prepares the draws.
func (r BRSF) Start(net *nn.Network, seed uint64) Backward {
	f := newSignFeedback(net, seed, r.Bound)
	f.redraw = true
	for i := range f.twins {
		f.streams = append(f.streams, rng.New(seed, "feedback magnitudes", i, 0))
	}
	return f
}

// signFeedback is |F| sgn(W), made anew for each batch.
type signFeedback struct {
	twins      chainFeedback
	magnitudes [][]float32 // |F| of each layer
	redraw     bool
	streams    []rng.Stream // of the magnitudes that are drawn anew

	// The layer under way.
	twin    *nn.Weights
	m       []float32
	weights []float32
	stream  rng.Stream
}

func newSignFeedback(net *nn.Network, seed uint64, bound float64) *signFeedback {
	f := &signFeedback{twins: twins(net, seed, bound), magnitudes: make([][]float32, len(net.Layers))}
	for i, twin := range f.twins[1:] {
		m := make([]float32, len(twin.W.Data))
		for k, v := range twin.W.Data {
			m[k] = float32(math.Abs(float64(v)))
		}
		f.magnitudes[i+1] = m
	}
	return f
}

// Errors looks up the signs and carries the error through them.
func (f *signFeedback) Errors(ctx context.Context, net *nn.Network, pass *nn.Pass) error {
	for i := 1; i < len(f.twins); i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.look(i, net.Layers[i].W.Data, pass.Step)
	}
	return f.twins.Errors(ctx, net, pass)
}

// look gives the feedback weights of layer i the signs of its weights.
func (f *signFeedback) look(i int, weights []float32, step int) {
	f.twin, f.m, f.weights = f.twins[i], f.magnitudes[i], weights
	if f.redraw {
		f.stream = f.streams[i].At(step)
	}
	parallel.Run(len(weights), f)
	f.twin.Refresh()
}

// Do gives some magnitudes the signs of weights.
func (f *signFeedback) Do(first, end int) {
	m, dst := f.m[first:end], f.twin.W.Data[first:end]
	if f.redraw {
		f.stream.Fill(m, uint64(first))
		for k := range m {
			m[k] *= f.twin.Range
		}
	}
	for k, w := range f.weights[first:end] {
		switch {
		case w > 0:
			dst[k] = m[k]
		case w < 0:
			dst[k] = -m[k]
		default:
			dst[k] = 0
		}
	}
}
