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

// forward are the factors of y = x W~ᵀ / scale, for inputs in whole numbers.
func (g *grids) forward(x *simd.Patches, weights Matrix, scale float32) simd.Factors {
	f := g.factors(x, weights, scale)
	f.A1, f.Transposed = f.A1*Steps(g.precision.Activation), true
	return f
}

// backward are those of dx = dy W~ / scale, likewise.
func (g *grids) backward(dy *simd.Patches, weights Matrix, scale float32) simd.Factors {
	f := g.factors(dy, weights, scale)
	f.A1 *= Steps(g.precision.Error)
	return f
}

func (g *grids) factors(x *simd.Patches, weights Matrix, scale float32) simd.Factors {
	return simd.Factors{A: x, B: weights.view(), A1: scale, B1: Steps(g.precision.Weight), Most: g.most()}
}

// most is the largest magnitude of a weight, in steps.
func (g *grids) most() int { return int(Limit(g.precision.Weight) * Steps(g.precision.Weight)) }

// serve says whether the weights have a grid.
func (g *grids) serve() bool { return g.precision.Weight < Float }

// exact says whether single precision has all sums of so many products of weights and
// numbers of 8 bits.
func (g *grids) exact(depth int) bool { return depth*g.most()*mostWhole < 1<<24 }
