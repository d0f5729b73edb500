package train

// Schedule is what the error phase of a rule needs of a chip. Layers are counted
// from 0, input side first.
type Schedule struct {
	// WaitsFor lists for each layer the layers whose errors must be known before
	// its own can be computed. The last layer waits for none.
	WaitsFor [][]int

	// Feedback is the number of feedback weights that a memory of its own holds
	// for each layer.
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

// Longest returns the time of the longest path through the schedule, given the
// time that each layer takes once its inputs are there. A layer that waits for
// itself, through others or not, never starts: the result is then false.
func (s Schedule) Longest(times []float64) (total float64, ok bool) {
	ends := make([]float64, len(s.WaitsFor))
	state := make([]int, len(s.WaitsFor)) // 0: not seen, 1: on the path, 2: done
	var visit func(i int) bool
	visit = func(i int) bool {
		if state[i] != 0 {
			return state[i] == 2
		}
		state[i] = 1
		for _, j := range s.WaitsFor[i] {
			if !visit(j) {
				return false
			}
			ends[i] = max(ends[i], ends[j])
		}
		ends[i] += times[i]
		state[i] = 2
		return true
	}
	for i := range ends {
		if !visit(i) {
			return 0, false
		}
		total = max(total, ends[i])
	}
	return total, true
}
