// Package runnertest checks that a runner keeps what package sweep asks of one.
// Call [Check] from a test of the runner; a runner that starts other processes
// must link this package into them, whose rule Panic they are to run.
package runnertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/nn"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/train"
)

// Runner is what is checked: sweep.Runner.
type Runner interface {
	Run(ctx context.Context, jobs []runner.Job, done func(runner.Outcome)) error
}

// Panic is a learning rule whose start panics.
type Panic struct{}

// Name is "runnertest.Panic".
func (Panic) Name() string { return "runnertest.Panic" }

// Schedule needs nothing.
func (Panic) Schedule([]nn.Shape) nn.Schedule { return nn.Schedule{} }

// Start panics.
func (Panic) Start(*nn.Network, uint64) train.Backward { panic("the rule of runnertest") }

func init() { train.Register(Panic{}) }

// limit bounds a runner's work on a handful of jobs of milliseconds.
const limit = 5 * time.Minute

// Check tries a runner that start makes: it carries every job out once, with the
// bits of a run by itself, in whatever order, goes on after a job that fails or
// panics, calls done one call after the other and not once it has returned, and
// ends with its context. Jobs and outcomes must survive JSON.
func Check(t *testing.T, start func() Runner) {
	t.Helper()
	t.Run("every job once", func(t *testing.T) { checkJobs(t, start()) })
	t.Run("nothing to do", func(t *testing.T) { checkNothing(t, start()) })
	t.Run("failures", func(t *testing.T) { checkFailures(t, start()) })
	t.Run("interrupt", func(t *testing.T) { checkInterrupt(t, start()) })
	t.Run("interrupted before", func(t *testing.T) { checkLate(t, start()) })
	t.Run("JSON", checkJSON)
}

// experiment is a training of some milliseconds.
func experiment(seed int) neurosim.Experiment {
	return neurosim.Experiment{
		Net:   nn.MLP(784, 6, 10),
		Data:  dataset.Set{Name: "fashion-sample", Train: 40, Test: 20},
		Train: train.Settings{Epochs: 2, Batch: 10},
		Seed:  uint64(seed),
	}
}

// jobs are a number of trainings with several rules.
func jobs(n int) []runner.Job {
	list := make([]runner.Job, n)
	for i := range list {
		e := experiment(i)
		if i%2 == 1 {
			e = e.With(train.DFA{})
		}
		list[i] = runner.Job{ID: fmt.Sprintf("job %d", i), Experiment: e}
	}
	return list
}

// collect runs jobs and returns the outcomes by id. It fails the test for what no
// runner may do.
func collect(ctx context.Context, t *testing.T, r Runner, list []runner.Job) (map[string]runner.Outcome, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	known := map[string]bool{}
	for _, job := range list {
		known[job.ID] = true
	}
	outcomes := map[string]runner.Outcome{}
	var inside, over atomic.Bool
	err := r.Run(ctx, list, func(o runner.Outcome) {
		if inside.Swap(true) {
			t.Error("two calls of done at the same time")
		}
		if over.Load() {
			t.Error("done is called after Run has returned")
		}
		if _, twice := outcomes[o.ID]; twice || !known[o.ID] {
			t.Errorf("outcome of %q comes twice, or for no job", o.ID)
		}
		outcomes[o.ID] = o
		inside.Store(false)
	})
	over.Store(true)
	if errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("not done after %v", limit)
	}
	return outcomes, err
}

func checkJobs(t *testing.T, r Runner) {
	list := jobs(7)
	outcomes, err := collect(t.Context(), t, r, list)
	if err != nil {
		t.Fatal(err)
	}
	for _, job := range list {
		want, err := job.Experiment.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got := outcomes[job.ID]
		if got.Error != "" || !reflect.DeepEqual(got.Result, want) {
			t.Errorf("%s: %s, %+v\nby itself %+v", job.ID, got.Error, got.Result, want)
		}
		if got.Seconds <= 0 {
			t.Errorf("%s took %g s", job.ID, got.Seconds)
		}
	}
}

func checkNothing(t *testing.T, r Runner) {
	outcomes, err := collect(t.Context(), t, r, nil)
	if err != nil || len(outcomes) > 0 {
		t.Errorf("%v, %v", outcomes, err)
	}
}

func checkFailures(t *testing.T, r Runner) {
	list := jobs(5)
	list[1].Experiment = list[1].Experiment.With(Panic{})
	list[2].Experiment.Net = nn.MLP(99, 10)
	list[3].Experiment.Train.Rate = 1000
	list[3].Experiment.Train.Epochs = 30
	list[3].Experiment.Net = nn.MLP(784, 32, 32, 10).Activation("linear")
	list[3].Experiment.Train.Loss = train.Squares
	outcomes, err := collect(t.Context(), t, r, list)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "panic: the rule of runnertest", "the input has 99 units", train.ErrDiverged.Error(), ""} {
		o, ok := outcomes[list[i].ID]
		if !ok || !strings.Contains(o.Error, want) || want == "" && o.Error != "" {
			t.Errorf("%s: %v, error %q, want %q", list[i].ID, ok, o.Error, want)
		}
		if o.Lasting != (i == 3) {
			t.Errorf("%s: lasting is %v", list[i].ID, o.Lasting)
		}
	}
}

// checkInterrupt ends the context at the first outcome.
func checkInterrupt(t *testing.T, r Runner) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	list := jobs(40)
	for i := range list {
		list[i].Experiment.Train.Epochs = 20
	}
	ended := 0
	err := r.Run(ctx, list, func(o runner.Outcome) {
		ended++
		if o.Error != "" || o.Result.Len() != 20 {
			t.Errorf("%s: %d epochs, %s", o.ID, o.Result.Len(), o.Error)
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) || ended == 0 || ended == len(list) {
		t.Errorf("%d of %d jobs, error %v", ended, len(list), err)
	}
}

func checkLate(t *testing.T, r Runner) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	outcomes, err := collect(ctx, t, r, jobs(3))
	if !errors.Is(err, context.Canceled) || len(outcomes) != 0 {
		t.Errorf("%d outcomes, error %v", len(outcomes), err)
	}
}

func checkJSON(t *testing.T) {
	job := runner.Job{ID: "a", Experiment: experiment(1).With(train.DFA{Feedback: train.FanIn})}
	var same runner.Job
	back(t, job, &same)
	if same != job {
		t.Errorf("%+v comes back as %+v", job, same)
	}
	outcome, ok := runner.Do(t.Context(), job)
	if !ok {
		t.Fatal("not carried out")
	}
	outcome.Error, outcome.Lasting = "x", true
	var again runner.Outcome
	back(t, outcome, &again)
	if !reflect.DeepEqual(again, outcome) {
		t.Errorf("%+v comes back as %+v", outcome, again)
	}
}

// back decodes what it encodes.
func back(t *testing.T, from, to any) {
	t.Helper()
	data, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(data, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}
