package nn

import (
	"maps"
	"math"
	"slices"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
)

// activation is a function of hidden units, on slices: one call for a batch.
type activation struct {
	apply func(dst, a []float32) // h = f(a)
	gate  func(dst, a []float32) // dst *= f'(a)
}

var activations = map[string]activation{
	"linear":       {func(dst, a []float32) { copy(dst, a) }, func(_, _ []float32) {}},
	"relu":         {simd.Rectify, simd.Gate},
	"leaky":        leaky(defaultSlope),
	"tanh":         {tanh, tanhGate},
	"hard-tanh":    {hardTanh, hardTanhGate},
	"sigmoid":      {sigmoid, sigmoidGate},
	"hard-sigmoid": {hardSigmoid, hardSigmoidGate},
}

func activationNames() []string { return slices.Sorted(maps.Keys(activations)) }

// defaultSlope is that of the leaky rectifier below zero.
const defaultSlope = 0.01

// curve is an activation function in a pass, and the body of its loops.
type curve struct {
	activation
	dst, a []float32
	dy     []float32 // of the way back
	back   bool
}

func newCurve(f activation) func(*Network, int, int) step {
	return func(*Network, int, int) step { return &curve{activation: f} }
}

func (c *curve) forward(_ *Pass, at *nodePass) {
	c.dst, c.a, c.back = at.y.Data, at.x.Data, false
	parallel.Run(len(c.dst), c)
}

func (c *curve) backward(dx Matrix, _ *Pass, at *nodePass) {
	c.dst, c.a, c.dy, c.back = dx.Data, at.x.Data, at.dy.Data, true
	parallel.Run(len(c.dst), c)
}

func (c *curve) Do(first, end int) {
	if c.back {
		copy(c.dst[first:end], c.dy[first:end]) // at once where they are the same
		c.gate(c.dst[first:end], c.a[first:end])
	} else {
		c.apply(c.dst[first:end], c.a[first:end])
	}
}

// leaky is max(a, slope a).
func leaky(slope float32) activation {
	return activation{
		func(dst, a []float32) {
			for i, x := range a {
				if !(x > 0) {
					x *= slope
				}
				dst[i] = x
			}
		},
		func(dst, a []float32) {
			for i, x := range a {
				if !(x > 0) {
					dst[i] *= slope
				}
			}
		},
	}
}

func tanh(dst, a []float32) {
	for i, x := range a {
		dst[i] = float32(math.Tanh(float64(x)))
	}
}

func tanhGate(dst, a []float32) {
	for i, x := range a {
		h := float32(math.Tanh(float64(x)))
		dst[i] *= 1 - h*h
	}
}

func hardTanh(dst, a []float32) {
	for i, x := range a {
		dst[i] = min(max(x, -1), 1)
	}
}

func hardTanhGate(dst, a []float32) {
	for i, x := range a {
		if !(x > -1 && x < 1) {
			dst[i] = 0
		}
	}
}

func sigmoid(dst, a []float32) {
	for i, x := range a {
		dst[i] = float32(1 / (1 + math.Exp(-float64(x))))
	}
}

func sigmoidGate(dst, a []float32) {
	for i, x := range a {
		h := float32(1 / (1 + math.Exp(-float64(x))))
		dst[i] *= h * (1 - h)
	}
}

func hardSigmoid(dst, a []float32) {
	for i, x := range a {
		dst[i] = min(max(float32(x/6)+0.5, 0), 1)
	}
}

func hardSigmoidGate(dst, a []float32) {
	for i, x := range a {
		if x > -3 && x < 3 {
			dst[i] /= 6
		} else {
			dst[i] = 0
		}
	}
}
