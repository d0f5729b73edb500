package nn

import (
	"fmt"

	"crossbook/neurosim/internal/check"
)

// Schedule is what the error phase of a learning rule needs of a chip. Layers are
// counted from 0, input side first.
type Schedule struct {
	// WaitsFor lists for each layer the layers whose errors must be known before
	// its own can be computed. The last layer waits for none: its error comes
	// from the outputs. A hidden layer that waits for none needs nothing but its
	// own outputs and the labels.
	WaitsFor [][]int

	// Feedback is the number of feedback weights that a memory of its own holds
	// for the error of each layer.
	Feedback []int

	// Transposed says for each layer whether its weights are read transposed, in
	// the direction from outputs to inputs.
	Transposed []bool

	// Trained says whether the feedback weights are written in every update, as
	// the weights are.
	Trained bool
}

// Chain returns the schedule of back-propagation: every layer waits for the one
// above, whose weights are read transposed.
func Chain(layers int) Schedule {
	s := newSchedule(layers)
	for i := range layers - 1 {
		s.WaitsFor[i] = []int{i + 1}
		s.Transposed[i+1] = true
	}
	return s
}

// Star returns the schedule of direct feedback: every layer waits for the output
// alone, so all compute their errors at the same time.
func Star(layers int) Schedule {
	s := newSchedule(layers)
	for i := range layers - 1 {
		s.WaitsFor[i] = []int{layers - 1}
	}
	return s
}

func newSchedule(layers int) Schedule {
	return Schedule{
		WaitsFor: make([][]int, layers), Feedback: make([]int, layers), Transposed: make([]bool, layers),
	}
}

// Validate returns everything that keeps this from being the schedule of so many
// layers, nil when there is nothing.
func (s Schedule) Validate(layers int) error {
	var p check.Problems
	for _, f := range []struct {
		field string
		n     int
	}{{"WaitsFor", len(s.WaitsFor)}, {"Feedback", len(s.Feedback)}, {"Transposed", len(s.Transposed)}} {
		if f.n != layers {
			p.Add(f.field, nil, fmt.Sprintf("has %d layers; allowed: %d", f.n, layers))
		}
	}
	for i, list := range s.WaitsFor {
		for _, j := range list {
			p.Int(fmt.Sprintf("WaitsFor[%d]", i), j, 0, layers-1)
		}
	}
	for i, n := range s.Feedback {
		p.Int(fmt.Sprintf("Feedback[%d]", i), n, 0, maxWeights)
	}
	if len(p) > 0 {
		return p.Err()
	}
	if n := len(s.WaitsFor); n > 0 && len(s.WaitsFor[n-1]) > 0 {
		p.Add(fmt.Sprintf("WaitsFor[%d]", n-1), s.WaitsFor[n-1], "none: the error of the last layer comes from the outputs")
	}
	if _, ok := s.Order(); !ok {
		p.Add("WaitsFor", nil, "layers wait for each other; allowed: a graph without circles")
	}
	return p.Err()
}

// Order returns the layers in an order in which each comes after all that it
// waits for; false when layers wait for each other. Where there is a choice, the
// layer closer to the output comes first.
func (s Schedule) Order() (order []int, ok bool) {
	const seen, done = 1, 2
	state := make([]int, len(s.WaitsFor))
	var visit func(i int) bool
	visit = func(i int) bool {
		if state[i] != 0 {
			return state[i] == done
		}
		state[i] = seen
		for _, j := range s.WaitsFor[i] {
			if !visit(j) {
				return false
			}
		}
		state[i] = done
		order = append(order, i)
		return true
	}
	for i := len(state) - 1; i >= 0; i-- {
		if !visit(i) {
			return nil, false
		}
	}
	return order, true
}
