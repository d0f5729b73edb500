package neurosim

import (
	"testing"

	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"
)

// Every rule on the embedded images, as a difference to BP. With ideal devices the
// rules whose error goes down in a chain, and DFA, come near to BP; those that look
// at signs or targets alone stay behind, sDFA with a wide spread over seeds (52 to
// 75 %). In situ all learn but sDFA, which is not listed: it ends at 10
// to 19 %.
func TestAccuracyOfTheRules(t *testing.T) {
	if testing.Short() {
		t.Skip("24 trainings")
	}
	e := Experiment{
		Net:   nn.MLP(784, 64, 64, 10).Activation("tanh"),
		Data:  dataset.Set{Name: "fashion-sample", Train: 4000, Test: 1000},
		Train: train.Settings{Epochs: 5, Batch: 20, Rate: 0.02},
	}
	bp := accuracy(t, e, 2)
	compareRules(t, e, 2, bp, []ruleBounds{
		{train.FA{}, -4, 4},
		{train.USF{}, -4, 4},
		{train.BRSF{}, -4, 4},
		{train.FRSF{}, -4, 4},
		{train.KP{}, -5, 4},
		{train.DFA{Feedback: train.Classes}, -4, 4},
		{train.SDFA{Feedback: train.Classes}, -40, -3},
		{train.DRTP{Feedback: train.Classes}, -10, -1},
	})
	e.Device, e.Train, e.Data.Train = imperfect, train.Settings{Epochs: 8, Batch: 100}, 2000
	compareRules(t, e, 1, accuracy(t, e, 1), []ruleBounds{
		{train.FA{}, -12, 2},
		{train.USF{}, -6, 4},
		{train.BRSF{}, -15, 2},
		{train.FRSF{}, -8, 4},
		{train.KP{}, -10, 4},
		{train.DRTP{Feedback: train.Classes}, -40, -10},
	})
}

// ruleBounds are where a rule is to be, in points from BP.
type ruleBounds struct {
	rule      train.Rule
	low, high float64
}

func compareRules(t *testing.T, e Experiment, seeds int, bp float64, all []ruleBounds) {
	t.Helper()
	t.Logf("device %v: BP %.1f %%", e.Device, bp)
	if bp < 74 {
		t.Errorf("BP: %.1f %%", bp)
	}
	for _, c := range all {
		got := accuracy(t, e.With(c.rule), seeds)
		t.Logf("%s: %.1f %%", c.rule.Name(), got)
		if d := got - bp; d < c.low || d > c.high {
			t.Errorf("%s: %.1f %%, %+.1f points from BP, want %+g to %+g", c.rule.Name(), got, d, c.low, c.high)
		}
	}
}
