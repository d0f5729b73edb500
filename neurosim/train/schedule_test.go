package train

import (
	"testing"

	"crossbook/neurosim/nn"
)

func TestLongestPath(t *testing.T) {
	times := []float64{3, 1, 2}
	for _, c := range []struct {
		schedule Schedule
		want     float64
		ok       bool
	}{
		{Chain(3), 6, true},
		{Star(3), 5, true}, // the output, then the slowest of the others
		{Schedule{WaitsFor: [][]int{{1}, {0}, nil}}, 0, false},
		{Schedule{WaitsFor: [][]int{{0}, nil, nil}}, 0, false},
	} {
		if got, ok := c.schedule.Longest(times); got != c.want || ok != c.ok {
			t.Errorf("%v: %g, %v; want %g, %v", c.schedule.WaitsFor, got, ok, c.want, c.ok)
		}
	}
}

func TestFeedbackMemory(t *testing.T) {
	shapes := nn.MLP(784, 256, 128, 10).Shapes()
	if got := (DFA{}).Schedule(shapes).Feedback; got[0] != 2560 || got[1] != 1280 || got[2] != 0 {
		t.Errorf("DFA keeps %v feedback weights", got)
	}
	s := BP{}.Schedule(shapes)
	if s.Transposed[0] || !s.Transposed[1] || !s.Transposed[2] || s.Feedback[0] != 0 {
		t.Errorf("BP: %+v", s)
	}
}
