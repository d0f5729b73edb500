package train

import (
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
)

// optimiser changes the weights of one layer by the gradient of a batch.
type optimiser interface {
	// step changes the weights and what the passes see of them. It fails when a
	// number is not finite; which one, the error says.
	step(l *nn.Weights, gradient *simd.Live, number int) error
	newEpoch(share float32) // of the learning rate
	memory() [][]float32    // what it has gathered, not copies
}

// sgd is gradient descent with momentum: v <- m v + g, w <- w - rate v.
type sgd struct {
	descent
	limit    float32 // of the weights; 0: none
	velocity []float32
	offsets  []float32 // velocity of the biases
	sums     []float32 // gradient of the biases

	// The step under way.
	gradient []float32
	weights  *nn.Weights
	broken   atomic.Bool // a weight is not finite
}

func newSGD(l *nn.Weights, s Settings, limit float32) *sgd {
	return &sgd{
		descent: newDescent(s), limit: limit,
		velocity: make([]float32, len(l.W.Data)), offsets: make([]float32, len(l.Bias)),
		sums: make([]float32, len(l.Bias)),
	}
}

func (o *sgd) newEpoch(share float32) { o.rate = o.whole * share }

func (o *sgd) memory() [][]float32 { return [][]float32{o.velocity, o.offsets} }

func (o *sgd) step(l *nn.Weights, live *simd.Live, _ int) error {
	gradient := live.Whole()
	o.gradient, o.weights = gradient, l
	o.broken.Store(false)
	parallel.Run(len(gradient), o)
	switch {
	case !o.broken.Load():
		l.Refresh()
		return nil
	case nn.NotFinite(gradient) >= 0:
		return badGradient(gradient, o.velocity)
	}
	return badWeight(l, "the step is too large")
}

// Do descends for some weights.
func (o *sgd) Do(first, end int) {
	w := o.weights.W.Data[first:end]
	o.descend(w, o.velocity[first:end], o.gradient[first:end])
	if o.limit > 0 {
		for i, v := range w {
			w[i] = min(max(v, -o.limit), o.limit)
		}
	}
	if nn.NotFinite(w) >= 0 {
		o.broken.Store(true)
	}
}

// offset moves the biases by the sum of the layer's errors over the batch, and over
// the positions of a convolution.
func (o *sgd) offset(l *nn.Weights, errors nn.Matrix) {
	if l.Bias == nil {
		return
	}
	clear(o.sums)
	for first := 0; first < len(errors.Data); first += l.Out {
		for j, e := range errors.Data[first : first+l.Out] {
			o.sums[j] += e
		}
	}
	o.descend(l.Bias, o.offsets, o.sums)
}

// descent is gradient descent with momentum; whole is the rate before any decay.
type descent struct{ rate, momentum, whole float32 }

func newDescent(s Settings) descent {
	return descent{rate: float32(s.Rate), momentum: float32(s.Momentum), whole: float32(s.Rate)}
}

// descend makes a step. It rounds each product by itself, so that no processor may
// fuse it with the sum and come to other bits.
func (d descent) descend(w, v, g []float32) {
	w, v = w[:len(g)], v[:len(g)]
	for i := range g {
		v[i] = float32(d.momentum*v[i]) + g[i]
		w[i] -= float32(d.rate * v[i])
	}
}
