package nn

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/rng"
)

// Dense is a fully connected layer: y = W~ x / Scale + Bias, where W~ is W as the
// forward pass sees it.
type Dense struct {
	Shape
	W     Matrix    // Out x In weights, as stored: in [-1,1] on a crossbar
	Bias  []float32 // Out offsets, nil when the layer has none
	Scale float32   // a power of two that gives small weights a full range
	Range float32   // of the initial weights: ±Range

	seen   Matrix // W~
	across Matrix // its transpose: a product by it passes over the zeros of images; empty in a twin
	bits   int    // of W~
	reads  *reads // nil: products are exact
}

// initialSpan is the range of initial weights in units of the weight step 1/S(b),
// which DNN+NeuroSim V2.1 has for five bits; it makes ±0.75 at six.
const initialSpan = 24

// InitialRange returns the range ±limit of the uniform initial weights of a
// layer on a crossbar, and its scale: with L = sqrt(3/fanIn) as the range that
// keeps the variance of the activations, limit = max(24/S(b), L) and scale =
// 2^round(log2(limit/L)), at least 1 (Wu et al. 2018, equation 9, with the
// constants of DNN+NeuroSim V2.1). Float bits count as six.
func InitialRange(fanIn, bits int) (limit, scale float32) {
	if bits >= Float {
		bits = 6
	}
	plain := math.Sqrt(3 / float64(fanIn))
	span := initialSpan / float64(Steps(bits))
	scale = float32(max(1, math.Exp2(math.RoundToEven(math.Log2(span/plain)))))
	return float32(max(span, plain)), scale
}

// newDense makes layer number index of a network.
func newDense(shape Shape, index int, b Build) *Dense {
	l := &Dense{Shape: shape, W: NewMatrix(shape.Out, shape.In), Scale: 1, bits: b.Precision.Weight}
	l.Range = float32(1 / math.Sqrt(float64(shape.In)))
	if b.Bounded {
		l.Range, l.Scale = InitialRange(shape.In, b.Precision.Weight)
	}
	rng.New(b.Seed, "initial weights", index, 0).FillRange(l.W.Data, -l.Range, l.Range)
	if b.Bounded && !b.Unclipped {
		Clip(l.W.Data, l.W.Data, b.Precision.Weight)
	}
	if b.Bias {
		l.Bias = make([]float32, shape.Out)
	}
	if l.seen = l.W; l.bits < Float {
		l.seen = NewMatrix(shape.Out, shape.In)
	}
	l.across = NewMatrix(shape.In, shape.Out)
	l.Refresh()
	return l
}

// Twin returns feedback weights in the place of layer i's: a layer of its shape,
// scale and precision, without offsets, whose weights are uniform in ±bound; on a
// crossbar they are clipped to the range of the conductances. A bound of 0 means
// the range of the layer's initial weights. See [Network.BackThrough].
func (n *Network) Twin(i int, s rng.Stream, bound float32) *Dense {
	l := n.Layers[i]
	twin := &Dense{Shape: l.Shape, W: NewMatrix(l.Out, l.In), Scale: l.Scale, Range: l.Range, bits: l.bits}
	if bound != 0 {
		twin.Range = bound
	}
	s.FillRange(twin.W.Data, -twin.Range, twin.Range)
	if n.bounded {
		Clip(twin.W.Data, twin.W.Data, l.bits)
	}
	if twin.seen = twin.W; twin.bits < Float {
		twin.seen = NewMatrix(l.Out, l.In)
	}
	twin.Refresh()
	if l.reads != nil {
		// Its twin was made of the same description, so this one can be made, too.
		twin.reads, _ = newReads(twin, len(n.Layers)+i, n.build)
	}
	return twin
}

// Refresh quantises the weights anew; call it when W has changed.
func (l *Dense) Refresh() {
	if l.bits < Float {
		parallel.For(len(l.W.Data), func(first, end int) {
			Quantise(l.seen.Data[first:end], l.W.Data[first:end], l.bits)
		})
	}
	if l.across.Rows > 0 {
		l.across.transpose(l.seen)
	}
	if l.reads != nil {
		l.reads.stale = true
	}
}

// Seen returns W~, the weights that the forward pass multiplies by: not a copy,
// and not to be changed.
func (l *Dense) Seen() Matrix { return l.seen }

// forward sets y.
func (l *Dense) forward(y, x Matrix) {
	if !l.reads.forward(y, x, l.seen) {
		y.Product(x, l.across)
	}
	if l.Scale != 1 {
		inverse := 1 / l.Scale // exact: a power of two
		for i := range y.Data {
			y.Data[i] *= inverse
		}
	}
	for i := 0; l.Bias != nil && i < y.Rows; i++ {
		row := y.Row(i)
		for j, b := range l.Bias {
			row[j] += b
		}
	}
}

// backward sets dx to the gradient at the input for the gradient dy at the output.
func (l *Dense) backward(dx, dy Matrix) {
	if !l.reads.backward(dx, dy, l.seen) {
		dx.Product(dy, l.seen)
	}
	if l.Scale != 1 {
		inverse := 1 / l.Scale
		for i := range dx.Data {
			dx.Data[i] *= inverse
		}
	}
}

// gradient sets dw to the gradient of the weights for the errors e and the inputs x;
// the scale of the layer cancels (once for the output, once for the meaning of a
// weight).
func (l *Dense) gradient(dw, e, x Matrix) {
	if !l.reads.gradient(dw, e, x, l.seen) {
		dw.TProduct(e, x)
	}
}
