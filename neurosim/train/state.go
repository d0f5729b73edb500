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
		Log:    Log{slices.Clone(log.Epochs), slices.Clone(log.Layers), slices.Clone(log.Activity)},
		Steps:  t.steps,
		Layers: layerStates(t.net.Layers, t.optimisers),
	}
	if t.mirror != nil {
		s.Feedback = layerStates(t.mirror.layers, t.mirror.optimisers)
	}
	return s
}

func layerStates(layers []*nn.Dense, optimisers []optimiser) []LayerState {
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
	var feedback []*nn.Dense
	var optimisers []optimiser
	if t.mirror != nil {
		feedback, optimisers = t.mirror.layers, t.mirror.optimisers
	}
	if err := restoreLayers(feedback, optimisers, s.Feedback); err != nil {
		return fmt.Errorf("train: state: feedback: %w", err)
	}
	t.steps = s.Steps
	return nil
}

func restoreLayers(layers []*nn.Dense, optimisers []optimiser, states []LayerState) error {
	if len(states) != len(layers) {
		return fmt.Errorf("it has %d layers, the network %d", len(states), len(layers))
	}
	for i, l := range layers {
		if l == nil {
			continue
		}
		into := append([][]float32{l.W.Data, l.Bias}, optimisers[i].memory()...)
		from := append([][]float32{states[i].W, states[i].Bias}, states[i].Memory...)
		if len(into) != len(from) {
			return fmt.Errorf("layer %d was trained in another way", i+1)
		}
		for k := range into {
			if len(into[k]) != len(from[k]) {
				return fmt.Errorf("layer %d has %d numbers where the network has %d", i+1, len(from[k]), len(into[k]))
			}
			copy(into[k], from[k])
		}
		l.Refresh()
	}
	return nil
}
