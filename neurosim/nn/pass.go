package nn

import "crossbook/neurosim/array"

// Pass is what a batch leaves in a network on its way forward, and where the
// errors go on the way back. Matrices have one row for each image.
type Pass struct {
	Layers []LayerPass // with weights, input side first

	// Training says that the network is to learn from the batch: dropout then drops,
	// and batch normalisation takes the statistics of the batch.
	Training bool

	// What the forward pass does not know and a learning rule may ask for.
	Labels []uint8 // the right class of each image
	Share  float32 // of an image in what is learnt: 1/images for a mean, 1 for a sum
	Step   int     // number of the batch, from 0 on, for what is random in it
	Part   int     // which it is of the batches of a test at this step

	size    int
	at      array.Moment // of the products
	nodes   []nodePass
	scratch []float32 // a gradient that is to be added to another
	clip    clipping
	rounder errorRounding
	checks  checking
	sum     scaledSum
	norming []*norming
}

// LayerPass is the part of one layer with weights. Of a convolution, a row holds a map:
// pixel by pixel, the channels innermost.
type LayerPass struct {
	X Matrix // input of the layer
	A Matrix // weighted sum, scaled and quantised: what the activation takes
	E Matrix // error: gradient of the loss with respect to the weighted sum
}

// nodePass is the part of one node.
type nodePass struct {
	x, other Matrix // inputs
	y        Matrix // output
	dy       Matrix // gradient with respect to the output, divided by scale
	slot     int    // the input whose gradient is asked for
	scale    float32
	clipped  []bool // where the quantiser of y clipped; nil without one
	step     step
}

// step is what a node does in a pass, with the memory for it.
type step interface {
	// forward sets at.y.
	forward(p *Pass, at *nodePass)

	// backward sets dx to the gradient with respect to an input, given at.dy. Where
	// the node is local, dx may be at.dy.
	backward(dx Matrix, p *Pass, at *nodePass)
}

// NewPass makes room for batches of up to size images.
func (n *Network) NewPass(size int) *Pass {
	p := &Pass{Layers: make([]LayerPass, len(n.Layers)), size: size, nodes: make([]nodePass, len(n.nodes))}
	widest := 0
	for k := range n.nodes {
		node, at := &n.nodes[k], &p.nodes[k]
		at.step = node.make(n, k, size)
		if e, ok := at.step.(*entrance); ok && e.same() {
			continue // it has no output of its own
		}
		at.y = NewMatrix(size, node.to.size())
		switch {
		case k == 0:
		case node.shares:
			at.dy = p.nodes[node.in[0]].dy
		default:
			at.dy = NewMatrix(size, node.to.size())
		}
		if node.sum && n.Precision.Activation < Float {
			at.clipped = make([]bool, len(at.y.Data))
		}
		for slot, adds := range node.adds {
			if adds {
				widest = max(widest, n.nodes[node.in[slot]].to.size())
			}
		}
		if s, ok := at.step.(*norming); ok {
			p.norming = append(p.norming, s)
		}
	}
	p.scratch = make([]float32, size*widest)
	return p
}

// Output returns the outputs of the network, one row for each image.
func (p *Pass) Output() Matrix { return p.nodes[len(p.nodes)-1].y }

// OutputError returns where the gradient of the loss with respect to the outputs goes:
// the error of the last layer, if nothing comes behind that. See [Network.BackOutput].
func (p *Pass) OutputError() Matrix { return p.nodes[len(p.nodes)-1].dy }

// NormGradient returns the gradients of gain and offset of a normalisation that the
// last backward pass found, and whether it came there.
func (p *Pass) NormGradient(i int) (gain, offset []float32, ok bool) {
	s := p.norming[i]
	return s.dGain, s.dOffset, s.fresh
}

// resize makes the pass one of so many images.
func (p *Pass) resize(images int) {
	for k := range p.nodes {
		at := &p.nodes[k]
		if e, ok := at.step.(*entrance); ok && e.same() {
			continue // it passes the images on
		}
		at.y, at.dy = resize(at.y, images), resize(at.dy, images)
	}
}

// resize gives a matrix another number of rows within its capacity.
func resize(m Matrix, rows int) Matrix {
	if m.Cols == 0 {
		return m
	}
	return Matrix{rows, m.Cols, m.Data[:rows*m.Cols]}
}
