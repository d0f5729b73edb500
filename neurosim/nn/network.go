package nn

import (
	"context"
	"fmt"
)

// Build says how to make a network from its description.
type Build struct {
	Net
	Precision Precision // with no field 0: see [Precision.For]
	Seed      uint64    // of the initial weights, and of dropout

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
	Layers    []*Weights // input side first
	Norms     []*Norm    // of its batch normalisations, input side first
	Precision Precision

	plan
	normalised  bool
	bounded     bool
	seed        uint64
	reads       Reads
	projections []*projection // by layer, on arrays
	local       [][]int       // by layer: the nodes that follow it up to its activation function
}

// New makes the network; the error says what is wrong with its description.
func (b Build) New() (*Network, error) {
	if err := b.Validate(); err != nil {
		return nil, fmt.Errorf("nn: %w", err)
	}
	plan, err := b.plan()
	if err != nil {
		return nil, fmt.Errorf("nn: %w", err)
	}
	n := &Network{Precision: b.Precision, plan: plan, normalised: b.Normalised, bounded: b.Bounded, seed: b.Seed, reads: b.Reads}
	for i, k := range plan.layers {
		l := newWeights(plan.nodes[k].shape, i, b)
		if err := n.lay(l, i); err != nil {
			return nil, fmt.Errorf("nn: layer %d: %w", i+1, err)
		}
		n.Layers = append(n.Layers, l)
		n.local = append(n.local, plan.localTo(k))
	}
	for _, k := range plan.norms {
		n.Norms = append(n.Norms, newNorm(plan.nodes[k].to.channels))
	}
	return n, nil
}

// Shapes returns the sizes of the weight matrices.
func (n *Network) Shapes() []Shape { return n.plan.shapes() }

// Inputs returns the number of values of an image.
func (n *Network) Inputs() int { return n.input.size() }

// Image returns the shape of an image: channels, rows and columns; {n, 1, 1} where it
// is taken as n plain values.
func (n *Network) Image() [3]int { return [3]int{n.input.channels, n.input.rows, n.input.columns} }

// Outputs returns the number of outputs for an image.
func (n *Network) Outputs() int { return n.nodes[len(n.nodes)-1].to.size() }

// Forward computes a batch, x being one image a row, its values channel by channel, at
// most as many as the pass has room for. It stops between layers when ctx ends, and
// when an output is not finite, which the error tells with the layer.
func (n *Network) Forward(ctx context.Context, p *Pass, x Matrix) error {
	if x.Rows > p.size || x.Cols != n.Inputs() {
		panic(fmt.Sprintf("nn: a batch of %d x %d for a pass of %d x %d", x.Rows, x.Cols, p.size, n.Inputs()))
	}
	p.resize(x.Rows)
	n.begin(p)
	for k := range n.nodes {
		if err := ctx.Err(); err != nil {
			return err
		}
		node, at := &n.nodes[k], &p.nodes[k]
		if at.x = x; k > 0 {
			at.x = p.nodes[node.in[0]].y
		}
		if len(node.in) > 1 {
			at.other = p.nodes[node.in[1]].y
		}
		at.step.forward(p, at)
		sound := node.selects
		if at.clipped != nil {
			sound = p.clip.quantise(at, n.Precision.Activation)
		}
		if !sound {
			if err := n.finite(p, k); err != nil {
				return err
			}
		}
		if node.layer >= 0 {
			p.Layers[node.layer] = LayerPass{X: at.x, A: at.y, E: at.dy}
		}
	}
	return nil
}
