package train

import (
	"fmt"
	"slices"

	"crossbook/neurosim/nn"
)

// State is a training after an epoch: all that it takes to go on with the same bits
// as if it had never stopped. What is drawn at random is no part of it, since it
// follows from the seed and the number of the step; nor is what a rule of one's own
// keeps for itself, but for the weights of a [Learner].
type State struct {
	Log      Log
	Steps    int          // made so far
	Layers   []LayerState // of the network
	Feedback []LayerState // of the weights that learn with it; nil without
	Norms    []LayerState // of the batch normalisations: gain, offset, and the rest in Memory
}

// LayerState is the numbers that a layer has learnt.
type LayerState struct {
	W      []float32
	Bias   []float32   // nil without
	Memory [][]float32 // velocities of the optimiser
}

// state copies the training.
func (t *training) state(log Log) State {
	s := State{
		Log:    Log{slices.Clone(log.Epochs), slices.Clone(log.Layers), slices.Clone(log.Activity), slices.Clone(log.Programmed)},
		Steps:  t.steps,
		Layers: layerStates(t.net.Layers, t.optimisers),
	}
	if t.mirror != nil {
		s.Feedback = layerStates(t.mirror.layers, t.mirror.optimisers)
	}
	for _, n := range t.norms {
		s.Norms = append(s.Norms, n.state())
	}
	return s
}

func layerStates(layers []*nn.Weights, optimisers []optimiser) []LayerState {
	all := make([]LayerState, len(layers))
	for i, l := range layers {
		if l == nil {
			continue
		}
		all[i] = LayerState{W: slices.Clone(l.W.Data), Bias: slices.Clone(l.Bias)}
		for _, m := range optimisers[i].memory() {
			all[i].Memory = append(all[i].Memory, slices.Clone(m))
		}
	}
	return all
}

// restore takes a training to a state; the error says what does not fit.
func (t *training) restore(s State) error {
	if err := restoreLayers(t.net.Layers, t.optimisers, s.Layers); err != nil {
		return fmt.Errorf("train: state: %w", err)
	}
	var feedback []*nn.Weights
	var optimisers []optimiser
	if t.mirror != nil {
		feedback, optimisers = t.mirror.layers, t.mirror.optimisers
	}
	if err := restoreLayers(feedback, optimisers, s.Feedback); err != nil {
		return fmt.Errorf("train: state: feedback: %w", err)
	}
	if len(s.Norms) != len(t.norms) {
		return fmt.Errorf("train: state: it has %d normalisations, the network %d", len(s.Norms), len(t.norms))
	}
	for i, n := range t.norms {
		if err := copyLists(n.lists(), s.Norms[i].lists(), fmt.Sprintf("normalisation %d", i+1)); err != nil {
			return fmt.Errorf("train: state: %w", err)
		}
	}
	t.steps = s.Steps
	return nil
}

// lists are the numbers of a state, gain and offset first.
func (s LayerState) lists() [][]float32 { return append([][]float32{s.W, s.Bias}, s.Memory...) }

// lists are the numbers of a normalisation, not copies.
func (n *norming) lists() [][]float32 {
	return [][]float32{n.Gain, n.Offset, n.gain, n.offset, n.Mean, n.Variance}
}

func (n *norming) state() LayerState {
	s := LayerState{W: slices.Clone(n.Gain), Bias: slices.Clone(n.Offset)}
	for _, list := range n.lists()[2:] {
		s.Memory = append(s.Memory, slices.Clone(list))
	}
	return s
}

// copyLists copies lists that must have the same lengths.
func copyLists(into, from [][]float32, what string) error {
	if len(into) != len(from) {
		return fmt.Errorf("%s was trained in another way", what)
	}
	for k := range into {
		if len(into[k]) != len(from[k]) {
			return fmt.Errorf("%s has %d numbers where the network has %d", what, len(from[k]), len(into[k]))
		}
		copy(into[k], from[k])
	}
	return nil
}

func restoreLayers(layers []*nn.Weights, optimisers []optimiser, states []LayerState) error {
	if len(states) != len(layers) {
		return fmt.Errorf("it has %d layers, the network %d", len(states), len(layers))
	}
	for i, l := range layers {
		if l == nil {
			continue
		}
		into := append([][]float32{l.W.Data, l.Bias}, optimisers[i].memory()...)
		if err := copyLists(into, states[i].lists(), fmt.Sprintf("layer %d", i+1)); err != nil {
			return err
		}
		l.Refresh()
	}
	return nil
}
