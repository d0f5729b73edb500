package runner_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/runner/runnertest"
	"crossbook/neurosim/train"
)

func TestLocal(t *testing.T) {
	for _, workers := range []int{0, 1, 5} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			runnertest.Check(t, func() runnertest.Runner { return runner.Local{Workers: workers} })
		})
	}
}

func TestLocalRefusesWorkers(t *testing.T) {
	for _, workers := range []int{-1, runner.MaxWorkers + 1} {
		err := runner.Local{Workers: workers}.Run(context.Background(), nil, nil)
		if err == nil || !strings.Contains(err.Error(), "runner: Workers: ") {
			t.Errorf("%d workers: %v", workers, err)
		}
	}
}

// Two trainings at the same time, and what came of them.
func ExampleLocal() {
	exp := neurosim.Experiment{
		Net:   nn.MLP(784, 16, 10),
		Data:  dataset.Set{Name: "fashion-sample", Train: 500, Test: 100},
		Train: train.Settings{Epochs: 3, Batch: 20},
	}
	jobs := []runner.Job{{ID: "a", Experiment: exp}, {ID: "b", Experiment: exp.With(train.DFA{})}}
	err := runner.Local{}.Run(context.Background(), jobs, func(o runner.Outcome) {
		if o.Error == "" {
			fmt.Println("better than chance:", o.Result.Accuracy() > 30)
		}
	})
	fmt.Println(err)
	// Output:
	// better than chance: true
	// better than chance: true
	// <nil>
}
