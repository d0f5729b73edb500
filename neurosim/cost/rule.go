package cost

import (
	"slices"

	"crossbook/neurosim/nn"
)

// rule is a learning rule as the chip runs it.
type rule struct {
	nn.Schedule
	order    []int   // of the layers' errors
	feedback []Shape // of the memory behind each layer's error; without kernels: none
	unit     []int   // gradient unit of each layer
	units    int
}

// newRule makes the choices of a schedule; without one the rule is
// back-propagation, the only one that the reference knows.
func newRule(d *design, w Workload) *rule {
	shapes := w.Layers.shapes()
	r := &rule{Schedule: w.Schedule}
	if !w.scheduled() || d.v21() && !d.wolters {
		r.Schedule = nn.Chain(len(shapes))
	}
	r.order, _ = r.Order()
	r.feedback = make([]Shape, len(shapes))
	for i, n := range r.Feedback {
		if n > 0 {
			r.feedback[i] = r.memory(shapes, i)
		}
	}
	r.share()
	if d.v21() {
		r.unit, r.units = make([]int, len(shapes)), 1
	}
	return r
}

// memory is the shape of layer i's feedback weights. As many as the layer above
// has are taken for a twin of it, read from its outputs to its inputs; else they
// stand between the outputs of the network and those of the layer.
func (r *rule) memory(shapes []Shape, i int) Shape {
	n := r.Feedback[i]
	if i+1 < len(shapes) {
		above := shapes[i+1]
		if n == above.rows()*above.Kernels {
			above.Channels, above.Kernels = above.Kernels, above.Channels
			above.Pool = false
			return above
		}
	}
	outputs := shapes[len(shapes)-1].Kernels
	return Dense(outputs, ceilDiv(n, outputs))
}

// share gives layers their gradient units. A layer takes over the unit of the one
// that it waits for where each has only the other to wait for or to serve; layers
// that may work at the same time have units of their own.
func (r *rule) share() {
	served := make([]int, len(r.WaitsFor))
	for _, list := range r.WaitsFor {
		for _, j := range list {
			served[j]++
		}
	}
	r.unit = make([]int, len(r.WaitsFor))
	for _, i := range r.order {
		if list := r.WaitsFor[i]; len(list) == 1 && served[list[0]] == 1 {
			r.unit[i] = r.unit[list[0]]
			continue
		}
		r.unit[i] = r.units
		r.units++
	}
}

// direct says whether no error passes through the weights of a layer, and none
// waits for another than that of the outputs: the rules that the study of Wolters
// et al. calls direct feedback.
func (r *rule) direct() bool {
	last := len(r.WaitsFor) - 1
	for i, list := range r.WaitsFor {
		if r.Transposed[i] || slices.ContainsFunc(list, func(j int) bool { return j != last }) {
			return false
		}
	}
	return slices.Max(r.Feedback) > 0
}

// backward says whether the arrays of a layer are read backwards.
func (c *chip) backward(at int) bool {
	if !c.training {
		return false
	}
	if c.v21() {
		return at > 0
	}
	return c.rule.Transposed[at]
}
