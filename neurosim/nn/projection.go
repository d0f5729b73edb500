package nn

import (
	"math"

	"crossbook/neurosim/array"
)

// projection is feedback weights B that lie on an array of their own.
type projection struct {
	reads *reads
	cells Matrix  // B in units of its scale, as cells hold it
	scale float32 // a power of two
}

// Projects says whether the weights through which errors of the outputs go straight to a
// layer lie on arrays: where the network's Reads have the phase feedback.
func (n *Network) Projects() bool { return n.reads.Array.Acts(array.Feedback) }

// LayProjection lays the feedback weights B of layer i, units x outputs, on an array; the
// network must have the phase. The array reads errors forward, as a layer's reads its
// inputs, through converters of ErrorADCBits. See [Network.Project].
func (n *Network) LayProjection(i int, b Matrix) {
	p := &projection{scale: 1, cells: NewMatrix(b.Rows, b.Cols)}
	if m := float64(MaxAbs(b.Data)); m > 0 {
		p.scale = float32(math.Exp2(math.Ceil(math.Log2(m))))
	}
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
	p.reads = lain.reads
	for len(n.projections) < len(n.Layers) {
		n.projections = append(n.projections, nil)
	}
	n.projections[i] = p
}

// Project sets the error of layer i to e Bᵀ, e having a row for each image of the pass,
// as the array of [Network.LayProjection] reads it.
func (n *Network) Project(pass *Pass, i int, e Matrix) {
	p, y := n.projections[i], pass.Layers[i].E
	p.reads.at, p.reads.count = pass.at, pass.Part*partsOfPass
	p.reads.acts(array.Feedback, p.cells)
	p.reads.array.Read(array.Matrix(y), array.Matrix(e), p.reads.at)
	for k := range y.Data {
		y.Data[k] *= p.scale
	}
}
