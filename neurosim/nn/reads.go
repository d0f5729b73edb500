package nn

import "crossbook/neurosim/array"

// reads is the array that a layer multiplies by, and when it does.
type reads struct {
	config array.Config
	array  *array.Array
	at     array.Moment
	count  int // of the products of a kind at this moment
	stale  bool
}

// Reads says on which arrays the weights of a network lie. The zero value is exact
// products.
type Reads struct {
	Array     array.Config
	OnOff     float64         // ratio of the highest to the lowest conductance; 0: infinite
	Reference array.Reference // "" is correct physics
}

// newReads makes the array of a layer, nil where products are exact.
func newReads(l *Dense, index int, b Build) (*reads, error) {
	config := b.Reads.Array
	if config.Zero() {
		return nil, nil
	}
	if config.WeightBits == 0 && b.Reads.Reference != "" {
		config.WeightBits = b.Precision.Weight
	}
	build := array.Build{
		Config: config, In: l.In, Out: l.Out, Seed: b.Seed, Layer: index, Reference: b.Reads.Reference,
	}
	build.Device.OnOff = b.Reads.OnOff
	made, err := build.New()
	if err != nil {
		return nil, err
	}
	return &reads{config: config, array: made, stale: true}, nil
}

// begin sets when the next products are made.
func (r *reads) begin(p *Pass) {
	if r != nil {
		r.at, r.count = array.Moment{Step: p.Step, Test: !p.Training}, p.Part*partsOfPass
	}
}

// partsOfPass is more than the products of one kind that one layer makes in a pass.
const partsOfPass = 1 << 16

// acts says whether the array makes the products of a phase, and gets it ready with
// the weights.
func (r *reads) acts(phase array.Phase, weights Matrix) bool {
	if r == nil || !r.config.Acts(phase) {
		return false
	}
	if r.stale {
		r.array.Program(array.Matrix(weights))
		r.stale = false
	}
	r.at.Part = r.count
	r.count++
	return true
}

// forward sets y = x W~ᵀ, where an array does that.
func (r *reads) forward(y, x, weights Matrix) bool {
	phase := array.Train
	if r != nil && r.at.Test {
		phase = array.Test
	}
	acts := r.acts(phase, weights)
	if acts {
		r.array.Read(array.Matrix(y), array.Matrix(x), r.at)
	}
	return acts
}

// backward sets dx = dy W~, where an array does that.
func (r *reads) backward(dx, dy, weights Matrix) bool {
	acts := r.acts(array.Error, weights)
	if acts {
		r.array.ReadTransposed(array.Matrix(dx), array.Matrix(dy), r.at)
	}
	return acts
}

// gradient sets dw = eᵀ x, where an array does that.
func (r *reads) gradient(dw, e, x, weights Matrix) bool {
	acts := r.acts(array.Gradient, weights)
	if acts {
		r.array.Gradient(array.Matrix(dw), array.Matrix(e), array.Matrix(x), r.at)
	}
	return acts
}

// Calibrate begins a pass over a data set: calibrated converters take their ranges
// from the next batch.
func (n *Network) Calibrate() {
	for _, l := range n.Layers {
		if l.reads != nil {
			l.reads.array.Calibrate()
		}
	}
}
