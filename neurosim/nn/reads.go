package nn

import (
	"crossbook/neurosim/array"
	"crossbook/neurosim/internal/simd"
)

// Reads says on which arrays the weights of a network lie. The zero value is exact
// products.
type Reads struct {
	Array     array.Config
	OnOff     float64         // ratio of the highest to the lowest conductance; 0: infinite
	Reference array.Reference // "" is correct physics
}

// reads is the array that a layer, or a group of one, multiplies by. A nil one makes
// no product.
type reads struct {
	config array.Config
	array  *array.Array
	at     array.Moment
	count  int    // of the products since the pass began
	stale  bool   // the weights are not those on the array
	sum    Matrix // of a gradient that is to be added to another
}

// groupStride is beyond the number of layers, so that what is random in the groups of
// a convolution is not what is random in another layer.
const groupStride = 1 << 16

// lay puts the weights of a layer on arrays, if the network has any; the index is the
// layer's place among all that is random.
func (n *Network) lay(l *Weights, index int) error { return n.layOn(n.reads.Array, l, index) }

// layOn is lay on arrays of a kind.
func (n *Network) layOn(config array.Config, l *Weights, index int) error {
	if config.Zero() {
		return nil
	}
	for g, group := range l.groups {
		if err := n.layOn(config, group, index+(g+1)*groupStride); err != nil {
			return err
		}
	}
	if l.groups != nil {
		return nil
	}
	b := array.Build{
		Config: config, In: l.In, Out: l.Out, Seed: n.seed, Layer: index, Reference: n.reads.Reference,
		Positions: l.Window.KernelHeight * l.Window.KernelWidth,
	}
	b.Device.OnOff = n.reads.OnOff
	if b.WeightBits == 0 && b.Reference != "" {
		b.WeightBits = n.Precision.Weight
	}
	made, err := b.New()
	if err != nil {
		return err
	}
	l.reads = &reads{config: b.Config, array: made, stale: true}
	return nil
}

// partsOfPass is more than the products that one layer makes in a pass.
const partsOfPass = 1 << 20

// begin sets when the products of a pass are made.
func (n *Network) begin(p *Pass) {
	p.at = array.Moment{Step: p.Step, Test: !p.Training}
	for _, l := range n.Layers {
		l.begin(p)
	}
}

func (l *Weights) begin(p *Pass) {
	if l.reads != nil {
		l.reads.at, l.reads.count = p.at, p.Part*partsOfPass
	}
	for _, g := range l.groups {
		g.begin(p)
	}
}

// renew says that the weights have changed.
func (r *reads) renew() {
	if r != nil {
		r.stale = true
	}
}

// acts says whether the array makes the products of a phase, and gets it ready.
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

// ahead is the phase of a forward pass.
func (r *reads) ahead() array.Phase {
	if r != nil && r.at.Test {
		return array.Test
	}
	return array.Train
}

// forward sets y = x W~ᵀ, where an array does that.
func (r *reads) forward(y, x, weights Matrix) bool {
	acts := r.acts(r.ahead(), weights)
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

// outer is a product eᵀ x, and whether it is added to what is there.
type outer struct {
	e, x, weights Matrix
	add           bool
}

// gradient sets dw = eᵀ x or adds it, where an array does that.
func (r *reads) gradient(dw Matrix, p outer) bool {
	if !r.acts(array.Gradient, p.weights) {
		return false
	}
	to := dw
	if p.add {
		if cap(r.sum.Data) < len(dw.Data) {
			r.sum = NewMatrix(dw.Rows, dw.Cols)
		}
		to = r.sum
	}
	r.array.Gradient(array.Matrix(to), array.Matrix(p.e), array.Matrix(p.x), r.at)
	if p.add {
		simd.Add(dw.Data, to.Data)
	}
	return true
}

// Calibrate begins a pass over a data set: calibrated converters take their ranges
// from the next batch.
func (n *Network) Calibrate() {
	for _, l := range n.Layers {
		l.reads.calibrate()
		for _, g := range l.groups {
			g.reads.calibrate()
		}
	}
	for _, p := range n.projections {
		if p != nil {
			p.reads.calibrate()
		}
	}
}

func (r *reads) calibrate() {
	if r != nil {
		r.array.Calibrate()
	}
}

// idle says whether no array makes the products of the layer in a phase.
func (l *Weights) idle(phase array.Phase) bool {
	on := l.on()
	return on == nil || !on.config.Acts(phase)
}

// on is the array of the layer, or one of those of its groups, which are alike.
func (l *Weights) on() *reads {
	if l.groups != nil {
		return l.groups[0].reads
	}
	return l.reads
}

// room is the values that a piece of patches of the layer may have.
func (l *Weights) room() int {
	if l.on() == nil {
		return patchRoom
	}
	return arrayRoom
}
