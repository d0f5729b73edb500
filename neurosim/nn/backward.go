package nn

import (
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// Back carries the error of layer i+1 to layer i as back-propagation does: back
// through the weights, times the slope of the activation function, quantised,
// and stopped where the forward quantiser clipped. Between the two may be any number
// of pools, sums and so on. In a network with residuals call it for all layers, from
// the last but one down: an error may come from several layers above.
func (n *Network) Back(p *Pass, i int) { n.BackThrough(p, i, n.Layers[i+1]) }

// BackThrough is Back through other weights than those of layer i+1: its
// [Network.Twin].
func (n *Network) BackThrough(p *Pass, i int, above *Weights) {
	top := n.layers[i+1]
	weighing := p.nodes[top].step.(*weighing)
	weighing.through = above
	if above != weighing.layer {
		above.begin(p)
	}
	n.back(p, top)
	weighing.through = weighing.layer
	for k := top - 1; k > n.layers[i]; k-- {
		n.settle(p, k)
		n.back(p, k)
	}
	n.settle(p, n.layers[i])
}

// BackOutput carries the gradient in [Pass.OutputError] to the last layer with
// weights. It has nothing to do where that layer is the output.
func (n *Network) BackOutput(p *Pass) {
	for k := len(n.nodes) - 1; k > n.layers[len(n.layers)-1]; k-- {
		n.back(p, k)
	}
}

// back carries the gradient of node k to its inputs.
func (n *Network) back(p *Pass, k int) {
	node, at := &n.nodes[k], &p.nodes[k]
	if k == len(n.nodes)-1 || at.scale == 0 {
		at.scale = 1
	}
	for slot, in := range node.in {
		to := &p.nodes[in]
		at.slot = slot
		switch {
		case in == 0: // nobody asks for the gradient of the images
		case node.adds[slot]:
			dx := Matrix{at.dy.Rows, to.dy.Cols, p.scratch[:len(to.dy.Data)]}
			at.step.backward(dx, p, at)
			p.sum = scaledSum{to.dy.Data, dx.Data, at.scale / to.scale}
			parallel.Run(len(dx.Data), &p.sum)
		default:
			at.step.backward(to.dy, p, at)
			to.scale = at.scale
		}
	}
}

// scaledSum adds x, times a power of two. It is the body of its loop.
type scaledSum struct {
	dst, x []float32
	scale  float32
}

func (s *scaledSum) Do(first, end int) {
	dst, x := s.dst[first:end], s.x[first:end]
	if s.scale == 1 {
		simd.Add(dst, x)
		return
	}
	for i, v := range x {
		dst[i] += float32(s.scale * v)
	}
}

// settle rounds the gradient of a weighted sum, once all of it is there, and stops it
// where the forward quantiser clipped.
func (n *Network) settle(p *Pass, k int) {
	node, at := &n.nodes[k], &p.nodes[k]
	if !node.sum && node.layer < 0 {
		return
	}
	divisor, stopped := p.rounder.round(n, at.dy.Data, at.clipped)
	if at.scale *= divisor; at.clipped != nil && !stopped {
		p.clip.stop(at)
	}
}

// errorRounding is [Network.QuantiseError] on all processors, and the body of its
// loops.
type errorRounding struct {
	e       []float32
	largest []float32 // magnitude in each piece; then nil
	inverse float32   // of the divisor
	back    float32   // what the rounded error is multiplied by
	bits    int
	clipped []bool // where it is stopped; nil: nowhere
}

// round also stops the error where it is told to, if it says so.
func (r *errorRounding) round(n *Network, e []float32, clipped []bool) (divisor float32, stopped bool) {
	bits := n.Precision.Error
	if len(e) <= parallel.Chunk || bits >= Float || bits == 1 {
		return n.QuantiseError(e), false
	}
	pieces := (len(e) + parallel.Chunk - 1) / parallel.Chunk
	if cap(r.largest) < pieces {
		r.largest = make([]float32, pieces)
	}
	r.e, r.largest, r.bits, r.inverse, r.clipped = e, r.largest[:pieces], bits, 0, clipped
	parallel.Run(len(e), r)
	m := MaxAbs(r.largest)
	divisor = 1
	if m > 0 {
		divisor = Shift(m)
	}
	r.inverse, r.back = 1/divisor, divisor
	if r.inverse*divisor != 1 { // at the ends of single precision, or not a number
		return n.QuantiseError(e), false
	}
	if n.normalised {
		r.back = 1
	}
	parallel.Run(len(e), r)
	if n.normalised {
		return divisor, true
	}
	return 1, true
}

func (r *errorRounding) Do(first, end int) {
	e := r.e[first:end]
	if r.inverse == 0 {
		r.largest[first/parallel.Chunk] = MaxAbs(e)
		return
	}
	simd.Scale(e, e, r.inverse)
	simd.Round(e, e, Limit(r.bits), Steps(r.bits))
	if r.back != 1 {
		simd.Scale(e, e, r.back)
	}
	if r.clipped != nil {
		simd.Marks(r.clipped[first:end]).Stop(e)
	}
}

// QuantiseError rounds an error to the network's precision of errors, in place. It
// returns the power of two by which the error was divided, 1 where errors keep their
// size.
func (n *Network) QuantiseError(e []float32) (divisor float32) {
	bits := n.Precision.Error
	if bits >= Float && !n.normalised {
		return 1
	}
	shift := QuantiseError(e, e, bits)
	if n.normalised {
		return shift
	}
	for i := range e {
		e[i] *= shift
	}
	return 1
}

// Gate multiplies the error of hidden layer i by the slope f'(a) of its activation
// function, and takes it back through a batch normalisation that lies between: so an
// error that comes from elsewhere is given to the layer. In a network that rounds
// nothing it then is what it was, seen from the weighted sums.
func (n *Network) Gate(p *Pass, i int) {
	e := p.Layers[i].E
	for j := len(n.local[i]) - 1; j >= 0; j-- {
		at := &p.nodes[n.local[i][j]]
		at.step.backward(e, p, at)
	}
}

// localTo lists the nodes between the sums of node k and the output of its activation
// function, whose gradients lie where that of the sums does.
func (p *plan) localTo(k int) []int {
	var list []int
	for next := p.user(k); next >= 0 && p.nodes[next].shares; next = p.user(next) {
		list = append(list, next)
		if p.nodes[next].curve {
			break
		}
	}
	return list
}

// Gradient sets dw to the gradient of the loss with respect to the weights of
// layer i, given its error; the scale of the layer cancels (once for the output,
// once for the meaning of a weight).
func (n *Network) Gradient(dw Matrix, p *Pass, i int) {
	g := n.LiveGradient(dw, p, i)
	g.Whole()
}

// LiveGradient is Gradient for those who can do without rows and columns of zeros. It
// takes the room dw, and holds until the layer is used again.
func (n *Network) LiveGradient(dw Matrix, p *Pass, i int) simd.Live {
	return p.nodes[n.layers[i]].step.(*weighing).gradient(dw, p.Layers[i].E, p.Layers[i].X)
}

// clipping quantises sums and stops their gradients. It is the body of its loops.
type clipping struct {
	at     *nodePass
	bits   int
	back   bool
	broken atomic.Bool
}

// quantise says whether all sums were finite: it leaves pieces as they are where one is not.
func (c *clipping) quantise(at *nodePass, bits int) bool {
	c.at, c.bits, c.back = at, bits, false
	c.broken.Store(false)
	parallel.Run(len(at.y.Data), c)
	return !c.broken.Load()
}

func (c *clipping) stop(at *nodePass) {
	c.at, c.back = at, true
	parallel.Run(len(at.dy.Data), c)
}

func (c *clipping) Do(first, end int) {
	clipped := c.at.clipped[first:end]
	if c.back {
		simd.Marks(clipped).Stop(c.at.dy.Data[first:end])
		return
	}
	a, limit := c.at.y.Data[first:end], Limit(c.bits)
	if NotFinite(a) >= 0 {
		c.broken.Store(true)
		return
	}
	simd.Marks(clipped).Beyond(a, limit)
	if c.bits == 1 {
		Clip(a, a, 1)
		Quantise(a, a, 1)
		return
	}
	simd.Round(a, a, limit, Steps(c.bits))
}
