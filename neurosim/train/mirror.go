package train

import (
	"fmt"

	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/internal/simd"
	"crossbook/neurosim/nn"
)

// Learner is a [Backward] whose feedback weights learn with the network.
type Learner interface {
	// Feedback returns the weights that get the same gradients as those of the
	// network: element i with layer i; nil where there are none. The same
	// layers in every call.
	Feedback() []*nn.Weights

	// Decay returns the share, from 0 to below 1, that every step takes away
	// from the weights of the network and from those that learn with them.
	Decay() float32
}

// mirror trains the feedback weights of a [Learner].
type mirror struct {
	layers     []*nn.Weights
	optimisers []optimiser
	decay      float32
	weights    []float32 // that shrink
}

// Do takes the decay from some weights.
func (m *mirror) Do(first, end int) {
	w := m.weights[first:end]
	for i, v := range w {
		w[i] = v - float32(m.decay*v)
	}
}

// newMirror returns nil for a backward pass that does not learn. The feedback
// weights count as layers behind the network's, so that nothing random is shared.
func (t *training) newMirror(p nn.Precision) *mirror {
	learner, ok := t.backward.(Learner)
	if !ok {
		return nil
	}
	m := &mirror{layers: learner.Feedback(), decay: learner.Decay()}
	m.optimisers = make([]optimiser, len(m.layers))
	for i, l := range m.layers {
		if l != nil {
			m.optimisers[i] = t.newOptimiser(len(t.net.Layers)+i, l, p)
		}
	}
	return m
}

// newEpoch tells the optimisers.
func (m *mirror) newEpoch(share float32) {
	if m == nil {
		return
	}
	for _, o := range m.optimisers {
		if o != nil {
			o.newEpoch(share)
		}
	}
}

// follow gives the feedback weights of layer i the gradient that its weights got,
// and lets both decay.
func (t *training) follow(i int, gradient *simd.Live) error {
	m := t.mirror
	if m == nil {
		return nil
	}
	m.shrink(t.net.Layers[i], t.optimisers[i])
	if l := m.layers[i]; l != nil {
		if err := m.optimisers[i].step(l, gradient, t.steps); err != nil {
			return fmt.Errorf("feedback weights: %w", err)
		}
		m.shrink(l, m.optimisers[i])
	}
	return nil
}

// shrink takes the decay from the weights of a layer.
func (m *mirror) shrink(l *nn.Weights, o optimiser) {
	if m.decay == 0 {
		return
	}
	m.weights = l.W.Data
	parallel.Run(len(m.weights), m)
	l.Refresh()
	if o, ok := o.(*inSitu); ok {
		o.hold(l)
	}
}
