package nn

import (
	"math"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/rng"
)

// Weights is what one weighted layer multiplies by: y = W~ x / Scale + Bias, where
// W~ is W as the forward pass sees it. A dense layer does so once for an image, a
// convolution at every position of its kernels.
type Weights struct {
	Shape
	W     Matrix    // Out x In weights, as stored: in [-1,1] on a crossbar
	Bias  []float32 // Out offsets, nil when the layer has none
	Scale float32   // a power of two that gives small weights a full range
	Range float32   // of the initial weights: ±Range

	seen   Matrix // W~
	grids  grids  // W~ again, where products are made of whole numbers
	bits   int    // of W~
	reads  *reads // nil: products are exact
	live   *live  // nil: not needed yet
	finish finishing
	groups []*Weights // of a grouped convolution: the rows of each, not copies; else nil
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

// InitialRangeV14 returns the range ±limit and the scale that DNN+NeuroSim V1.3 and
// V1.4 give a layer: limit = 1 - 1/S(b), scale = 2^ceil(log2(s/L)), where s is the
// standard deviation limit/sqrt(3), or 0.75/sqrt(3) of one and two bits, and L =
// sqrt(3/fanIn).
func InitialRangeV14(fanIn, bits int) (limit, scale float32) {
	span := 1 - 1/float64(Steps(bits))
	deviation := span / math.Sqrt(3)
	if bits <= 2 {
		deviation = 0.75 / math.Sqrt(3)
	}
	scale = float32(math.Exp2(math.Ceil(math.Log2(deviation / math.Sqrt(3/float64(fanIn))))))
	return float32(span), scale
}

// newWeights makes those of layer number index of a network.
func newWeights(shape Shape, index int, b Build) *Weights {
	l := &Weights{Shape: shape, W: NewMatrix(shape.Out, shape.In), Scale: 1, bits: b.Precision.Weight}
	l.grids.precision = b.Precision
	l.Range = freeRange(shape)
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
	l.equip()
	return l
}

// freeRange is the range of initial weights that nothing bounds: 1/sqrt(inputs) of a
// dense layer; of a convolution sqrt(6/inputs), which keeps the variance through any
// number of rectifiers (He, Zhang, Ren and Sun 2015, equation 10).
func freeRange(shape Shape) float32 {
	if shape.Window == (Window{}) {
		return float32(1 / math.Sqrt(float64(shape.In)))
	}
	return float32(math.Sqrt(6 / float64(shape.In)))
}

// equip makes room for the weights as the passes see them.
func (l *Weights) equip() {
	if l.seen = l.W; l.bits < Float {
		l.seen = NewMatrix(l.Out, l.In)
	}
	if groups := l.Window.Groups; groups > 1 {
		l.divide(groups)
	}
	l.Refresh()
}

// divide makes the groups, which share the memory of the whole.
func (l *Weights) divide(groups int) {
	each := l.Out / groups
	for i := range groups {
		rows := func(m Matrix) Matrix { return Matrix{each, l.In, m.Data[i*each*l.In : (i+1)*each*l.In]} }
		g := &Weights{Shape: Shape{In: l.In, Out: each}, W: rows(l.W), Scale: l.Scale, Range: l.Range, seen: rows(l.seen), bits: l.bits}
		g.grids.precision = l.grids.precision
		if l.Bias != nil {
			g.Bias = l.Bias[i*each : (i+1)*each]
		}
		l.groups = append(l.groups, g)
	}
}

// Twin returns feedback weights in the place of layer i's: a layer of its shape,
// scale and precision, without offsets, whose weights are uniform in ±bound; on a
// crossbar they are clipped to the range of the conductances. A bound of 0 means
// the range of the layer's initial weights. See [Network.BackThrough].
func (n *Network) Twin(i int, s rng.Stream, bound float32) *Weights {
	l := n.Layers[i]
	twin := &Weights{Shape: l.Shape, W: NewMatrix(l.Out, l.In), Scale: l.Scale, Range: l.Range, bits: l.bits}
	twin.grids.precision = l.grids.precision
	if bound != 0 {
		twin.Range = bound
	}
	s.FillRange(twin.W.Data, -twin.Range, twin.Range)
	if n.bounded {
		Clip(twin.W.Data, twin.W.Data, l.bits)
	}
	twin.equip()
	// The layer was laid on such an array, so its twin can be.
	_ = n.lay(twin, len(n.Layers)+i)
	return twin
}

// Refresh quantises the weights anew; call it when W has changed.
func (l *Weights) Refresh() {
	if l.bits < Float {
		parallel.Run(len(l.W.Data), (*rounding)(l))
	}
	l.grids.renew()
	l.Renew()
}

// Write sets weights as W and Refresh would: those that are listed, counted from first
// on. It may be called at the same time for weights apart. Call Renew when all are
// written. The values are lost.
func (l *Weights) Write(first int, list []uint32, values []float32) {
	w := l.W.Data[first:]
	for k, i := range list {
		w[i] = values[k]
	}
	if l.bits >= Float {
		return
	}
	Quantise(values, values, l.bits)
	seen := l.seen.Data[first:]
	for k, i := range list {
		seen[i] = values[k]
	}
	l.grids.write(first, l.In, list, values)
}

// Renew says that weights were written by Write.
func (l *Weights) Renew() {
	l.reads.renew()
	for _, g := range l.groups {
		g.reads.renew()
		g.grids.renew()
	}
}

// rounding is the loop that makes W~.
type rounding Weights

func (l *rounding) Do(first, end int) {
	Quantise(l.seen.Data[first:end], l.W.Data[first:end], l.bits)
}

// Seen returns W~, the weights that the forward pass multiplies by: not a copy,
// and not to be changed.
func (l *Weights) Seen() Matrix { return l.seen }

// forward sets y to the weighted sums of x, one of its rows after the other.
func (l *Weights) forward(y, x Matrix) {
	if !l.reads.forward(y, x, l.seen) && !l.sparing(x.Rows).forward(y, x, l.seen) {
		y.ProductT(x, l.seen)
	}
	l.complete(y, l.Scale)
}

// complete divides sums by a power of two and adds the offsets.
func (l *Weights) complete(y Matrix, scale float32) {
	if scale != 1 || l.Bias != nil {
		l.finish = finishing{m: y, inverse: 1 / scale, offset: l.Bias}
		parallel.Lines(y.Rows, y.Cols, &l.finish)
	}
}

// backward sets dx to the gradient at the input for the gradient dy at the output,
// times the scale of the layer: see rescale.
func (l *Weights) backward(dx, dy Matrix) {
	if !l.reads.backward(dx, dy, l.seen) && !l.sparing(dy.Rows).backward(dx, dy, l.seen) {
		dx.Product(dy, l.seen)
	}
}

// rescale divides a gradient at the input by the scale of the layer, as its output is.
func (l *Weights) rescale(dx Matrix) {
	if l.Scale != 1 {
		l.finish = finishing{m: dx, inverse: 1 / l.Scale}
		parallel.Lines(dx.Rows, dx.Cols, &l.finish)
	}
}

// finishing divides sums by the scale of a layer and adds its offsets. It is the body of
// its loop over rows.
type finishing struct {
	m       Matrix
	inverse float32   // of the scale; exact, as that is a power of two
	offset  []float32 // nil: none
}

func (f *finishing) Do(first, end int) {
	for i := first; i < end; i++ {
		row := f.m.Row(i)
		if f.inverse != 1 {
			simd.Scale(row, row, f.inverse)
		}
		for j, b := range f.offset {
			row[j] += b
		}
	}
}

// gradient makes the gradient of the weights for the errors e of the sums and
// their inputs x in dw, or adds it to what other rows of one batch have given. The scale of
// the layer cancels: once for the output, once for the meaning of a weight.
func (l *Weights) gradient(dw, e, x Matrix, add bool) simd.Live {
	switch {
	case l.reads.gradient(dw, outer{e, x, l.seen, add}):
	case add:
		dw.AddTProduct(e, x)
	default:
		if g, ok := l.sparing(x.Rows).gradient(dw, e, x); ok {
			return g
		}
		dw.TProduct(e, x)
	}
	return dw.view().Live()
}
