package nn

import "crossbook/neurosim/internal/simd"

// grids are the weights as quantised numbers multiply by them, for both directions.
// They are whole multiples of a step, and so are what comes out of quantisers, so that
// products need no floating point: see [simd.Grid].
type grids struct {
	precision   Precision
	ahead, back simd.Grid
}

func (g *grids) renew() {
	g.ahead.Renew()
	g.back.Renew()
}

// write tells of new weights: see [simd.Grid.Write].
func (g *grids) write(first, columns int, list []uint32, values []float32) {
	g.ahead.Write(first, columns, list, values)
	g.back.Write(first, columns, list, values)
}

// forward sets y = x W~ᵀ, if all are on their grids.
func (g *grids) forward(y, x, weights Matrix) bool {
	f, ok := g.factors(x, weights, g.precision.Activation)
	f.Transposed = true
	return ok && g.ahead.Multiply(y.view(), f)
}

// backward sets dx = dy W~, if all are on their grids.
func (g *grids) backward(dx, dy, weights Matrix) bool {
	f, ok := g.factors(dy, weights, g.precision.Error)
	return ok && g.back.Multiply(dx.view(), f)
}

func (g *grids) factors(x, weights Matrix, bits int) (f simd.Factors, ok bool) {
	if bits >= Float || g.precision.Weight >= Float {
		return f, false
	}
	steps := Steps(g.precision.Weight)
	return simd.Factors{
		A: x.view(), B: weights.view(), A1: Steps(bits), B1: steps, Most: int(Limit(g.precision.Weight) * steps),
	}, true
}
