package nn

import "math"

// activation is a function of hidden units, on slices: one call for a batch.
type activation struct {
	apply func(dst, a []float32) // h = f(a)
	gate  func(dst, a []float32) // dst *= f'(a)
}

var activations = map[string]activation{
	"linear":  {func(dst, a []float32) { copy(dst, a) }, func(_, _ []float32) {}},
	"relu":    {relu, reluGate},
	"tanh":    {tanh, tanhGate},
	"sigmoid": {sigmoid, sigmoidGate},
}

func relu(dst, a []float32) {
	for i, x := range a {
		dst[i] = max(x, 0)
	}
}

func reluGate(dst, a []float32) {
	for i, x := range a {
		if !(x > 0) {
			dst[i] = 0
		}
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
