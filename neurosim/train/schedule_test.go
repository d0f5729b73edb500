package train

import (
	"testing"

	"crossbook/neurosim/nn"
)

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
