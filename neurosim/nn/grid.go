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

// forward sets y = x W~ᵀ / scale for inputs in whole numbers, if the weights are on their
// grid.
func (g *grids) forward(y simd.Matrix, x *simd.Patches, weights Matrix, scale float32) bool {
	f := g.factors(x, weights, g.precision.Activation, scale)
	f.Transposed = true
	return g.ahead.Multiply(y, f)
}

// backward sets dx = dy W~ / scale likewise. With more blocks than one, dy is what the
// kernels made of all that an input is part of.
func (g *grids) backward(dx simd.Matrix, dy *simd.Patches, weights Matrix, blocks int, scale float32) bool {
	f := g.factors(dy, weights, g.precision.Error, scale)
	f.Blocks = blocks
	return g.back.Multiply(dx, f)
}

func (g *grids) factors(x *simd.Patches, weights Matrix, bits int, scale float32) simd.Factors {
	return simd.Factors{
		A: x, B: weights.view(), A1: Steps(bits) * scale, B1: Steps(g.precision.Weight), Most: g.most(),
	}
}

// most is the largest magnitude of a weight, in steps.
func (g *grids) most() int { return int(Limit(g.precision.Weight) * Steps(g.precision.Weight)) }

// serve says whether the weights have a grid.
func (g *grids) serve() bool { return g.precision.Weight < Float }

// exact says whether single precision has all sums of so many products of weights and
// numbers of 8 bits.
func (g *grids) exact(depth int) bool { return depth*g.most()*simd.MostWhole < 1<<24 }
