package train

import (
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/nn"
)

// optimiser changes the weights of one layer by the gradient of a batch.
type optimiser interface {
	step(l *nn.Dense, gradient []float32, number int)
	newEpoch()
	memory() [][]float32 // what it has gathered, not copies
}

// sgd is gradient descent with momentum: v <- m v + g, w <- w - rate v.
type sgd struct {
	rate, momentum float32
	limit          float32 // of the weights; 0: none
	velocity       []float32
	offsets        []float32 // velocity of the biases
}

func newSGD(l *nn.Dense, s Settings, limit float32) *sgd {
	return &sgd{
		rate: float32(s.Rate), momentum: float32(s.Momentum), limit: limit,
		velocity: make([]float32, len(l.W.Data)), offsets: make([]float32, len(l.Bias)),
	}
}

func (o *sgd) newEpoch() {}

func (o *sgd) memory() [][]float32 { return [][]float32{o.velocity, o.offsets} }

func (o *sgd) step(l *nn.Dense, gradient []float32, _ int) {
	parallel.For(len(gradient), func(first, end int) {
		w := l.W.Data[first:end]
		o.descend(w, o.velocity[first:end], gradient[first:end])
		if o.limit > 0 {
			for i, v := range w {
				w[i] = min(max(v, -o.limit), o.limit)
			}
		}
	})
}

// offset moves the biases by the sum of the layer's errors over the batch.
func (o *sgd) offset(l *nn.Dense, errors nn.Matrix) {
	if l.Bias == nil {
		return
	}
	sum := make([]float32, errors.Cols)
	for i := range errors.Rows {
		for j, e := range errors.Row(i) {
			sum[j] += e
		}
	}
	o.descend(l.Bias, o.offsets, sum)
}

// descend rounds each product by itself, so that no processor may fuse it with
// the sum and come to other bits.
func (o *sgd) descend(w, v, g []float32) {
	w, v = w[:len(g)], v[:len(g)]
	for i := range g {
		v[i] = float32(o.momentum*v[i]) + g[i]
		w[i] -= float32(o.rate * v[i])
	}
}
