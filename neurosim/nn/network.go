package nn

import (
	"context"
	"fmt"

	"crossbook/neurosim/internal/parallel"
)

// Build says how to make a network from its description.
type Build struct {
	Net
	Precision Precision // with no field 0: see [Precision.For]
	Seed      uint64    // of the initial weights

	// Bounded keeps weights in [-1,1], with a scale for each layer, as the
	// conductances of a crossbar need it.
	Bounded bool

	// Unclipped leaves initial weights outside the range of the conductances
	// where they are, as DNN+NeuroSim V2.1 does with up to five bits.
	Unclipped bool

	// Normalised leaves every error divided by the power of two closest to its
	// largest magnitude, as WAGE does, for updates that look at the direction of
	// a gradient only. Else a quantised error keeps its size.
	Normalised bool

	// Reads says which arrays the weights lie on; zero: products are exact.
	Reads Reads
}

// Network is a network with weights.
type Network struct {
	Layers    []*Dense // input side first
	Precision Precision

	hidden     activation
	normalised bool
	bounded    bool
	build      Build
}

// New makes the network; the error says what is wrong with its description.
func (b Build) New() (*Network, error) {
	if err := b.Validate(); err != nil {
		return nil, fmt.Errorf("nn: %w", err)
	}
	n := &Network{Precision: b.Precision, hidden: activations[b.activation()], normalised: b.Normalised, bounded: b.Bounded, build: b}
	for i, shape := range b.Shapes() {
		l := newDense(shape, i, b)
		var err error
		if l.reads, err = newReads(l, i, b); err != nil {
			return nil, fmt.Errorf("nn: layer %d: %w", i+1, err)
		}
		n.Layers = append(n.Layers, l)
	}
	return n, nil
}

// Shapes returns the sizes of the weight matrices.
func (n *Network) Shapes() []Shape {
	shapes := make([]Shape, len(n.Layers))
	for i, l := range n.Layers {
		shapes[i] = l.Shape
	}
	return shapes
}

// Pass is what a batch leaves in a network on its way forward, and where the
// errors go on the way back. Matrices have one row for each image.
type Pass struct {
	Layers []LayerPass // input side first

	// What the forward pass does not know and a learning rule may ask for.
	Labels []uint8 // the right class of each image
	Share  float32 // of an image in what is learnt: 1/images for a mean, 1 for a sum
	Step   int     // number of the batch, from 0 on, for what is random in it

	// Training says that the network is to learn from the batch, and Part which it is
	// of the batches of a test at this step: for reads of arrays.
	Training bool
	Part     int

	size int
}

// LayerPass is the part of one layer.
type LayerPass struct {
	X Matrix // input of the layer
	A Matrix // weighted sum, scaled and quantised: what the activation takes
	E Matrix // error: gradient of the loss with respect to the weighted sum

	clipped []bool // where the quantiser of A clipped; nil without one
	h       Matrix // output
}

// NewPass makes room for batches of up to size images.
func (n *Network) NewPass(size int) *Pass {
	p := &Pass{Layers: make([]LayerPass, len(n.Layers)), size: size}
	for i, l := range n.Layers {
		p.Layers[i] = LayerPass{
			A: NewMatrix(size, l.Out), E: NewMatrix(size, l.Out), h: NewMatrix(size, l.Out),
		}
		if n.Precision.Activation < Float && i < len(n.Layers)-1 {
			p.Layers[i].clipped = make([]bool, size*l.Out)
		}
	}
	return p
}

// Output returns the outputs of the last layer, one row for each image.
func (p *Pass) Output() Matrix { return p.Layers[len(p.Layers)-1].A }

// Forward computes a batch, x being one image a row, at most as many as the pass
// has room for. It stops between layers when ctx ends.
func (n *Network) Forward(ctx context.Context, p *Pass, x Matrix) error {
	if x.Rows > p.size || x.Cols != n.Layers[0].In {
		panic(fmt.Sprintf("nn: a batch of %d x %d for a pass of %d x %d", x.Rows, x.Cols, p.size, n.Layers[0].In))
	}
	for i, l := range n.Layers {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.reads.begin(p)
		at := &p.Layers[i]
		at.X = x
		at.A, at.E, at.h = resize(at.A, x.Rows), resize(at.E, x.Rows), resize(at.h, x.Rows)
		l.forward(at.A, x)
		if i < len(n.Layers)-1 {
			n.activate(at)
			x = at.h
		}
	}
	return nil
}

// activate quantises the weighted sums and applies the activation function.
func (n *Network) activate(at *LayerPass) {
	bits := n.Precision.Activation
	limit := Limit(bits)
	parallel.For(len(at.A.Data), func(first, end int) {
		a := at.A.Data[first:end]
		if bits < Float {
			clipped := at.clipped[first:end]
			for i, v := range a {
				clipped[i] = v < -limit || v > limit
			}
			Clip(a, a, bits)
			Quantise(a, a, bits)
		}
		n.hidden.apply(at.h.Data[first:end], a)
	})
}

// Back carries the error of layer i+1 to layer i as back-propagation does: back
// through the weights, times the slope of the activation function, quantised,
// and stopped where the forward quantiser clipped.
func (n *Network) Back(p *Pass, i int) { n.BackThrough(p, i, n.Layers[i+1]) }

// BackThrough is Back through other weights than those of layer i+1: its
// [Network.Twin].
func (n *Network) BackThrough(p *Pass, i int, above *Dense) {
	at := &p.Layers[i]
	if above != n.Layers[i+1] {
		above.reads.begin(p)
	}
	above.backward(at.E, p.Layers[i+1].E)
	n.Gate(p, i)
	n.QuantiseError(at.E.Data)
	for j, clipped := range at.clipped[:min(len(at.clipped), len(at.E.Data))] {
		if clipped {
			at.E.Data[j] = 0
		}
	}
}

// QuantiseError rounds an error to the network's precision of errors, in place.
func (n *Network) QuantiseError(e []float32) {
	bits := n.Precision.Error
	if bits >= Float && !n.normalised {
		return
	}
	shift := QuantiseError(e, e, bits)
	if n.normalised {
		return
	}
	for i := range e {
		e[i] *= shift
	}
}

// Gate multiplies the error of hidden layer i by the slope f'(a) of its
// activation function.
func (n *Network) Gate(p *Pass, i int) {
	at := &p.Layers[i]
	parallel.For(len(at.E.Data), func(first, end int) {
		n.hidden.gate(at.E.Data[first:end], at.A.Data[first:end])
	})
}

// Gradient sets dw to the gradient of the loss with respect to the weights of
// layer i, given its error.
func (n *Network) Gradient(dw Matrix, p *Pass, i int) {
	n.Layers[i].gradient(dw, p.Layers[i].E, p.Layers[i].X)
}

// resize gives a matrix another number of rows within its capacity.
func resize(m Matrix, rows int) Matrix {
	return Matrix{rows, m.Cols, m.Data[:rows*m.Cols]}
}
