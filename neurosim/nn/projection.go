package nn

import "math"

// Projection is fixed feedback weights B through which errors of the outputs go straight
// to a layer: as exact products, or on an array of their own where the network's Reads
// have the phase feedback. The array reads errors forward, as a layer's reads its inputs,
// through converters of ErrorADCBits.
type Projection struct {
	b     Matrix
	reads *reads
	cells Matrix  // B in units of its scale, as cells hold it
	scale float32 // a power of two
}

// NewProjection lays the feedback weights of layer i, units x outputs, on what they are
// to be multiplied by. B must not change afterwards.
func (n *Network) NewProjection(i int, b Matrix) *Projection {
	p := &Projection{b: b}
	if !n.Projects() {
		return p
	}
	p.scale = 1
	if m := float64(MaxAbs(b.Data)); m > 0 {
		p.scale = float32(math.Exp2(math.Ceil(math.Log2(m))))
	}
	p.cells = NewMatrix(b.Rows, b.Cols)
	for k, v := range b.Data {
		p.cells.Data[k] = v / p.scale
	}
	config := n.reads.Array
	config.InputRange = 0 // errors have that of their batch
	if config.ErrorADCBits > 0 {
		config.ADCBits = config.ErrorADCBits
	}
	lain := &Weights{Shape: Shape{In: b.Cols, Out: b.Rows}}
	// The layers were laid on such an array, so their feedback can be.
	_ = n.layOn(config, lain, 2*len(n.Layers)+i)
	n.projections = append(n.projections, p)
	p.reads = lain.reads
	return p
}

// Projects says whether direct feedback lies on arrays: see [Network.NewProjection].
func (n *Network) Projects() bool { return n.reads.Array.Acts(arrayFeedback) }

// Project sets y to e Bᵀ, a row for each image of the pass.
func (p *Projection) Project(pass *Pass, y, e Matrix) {
	if p.reads == nil {
		y.ProductT(e, p.b)
		return
	}
	p.reads.at, p.reads.count = pass.at, pass.Part*partsOfPass
	p.reads.project(y, e, p.cells)
	for i := range y.Data {
		y.Data[i] *= p.scale
	}
}
