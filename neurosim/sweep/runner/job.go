package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"crossbook/neurosim"
	"crossbook/neurosim/train"
)

// Job is one training to be carried out.
type Job struct {
	ID         string // tells the jobs of a sweep apart
	Experiment neurosim.Experiment
}

// Outcome is what came of a job.
type Outcome struct {
	ID     string
	Result neurosim.Result

	// Error says why the training failed; "" when it did not. Result then has
	// what was finished before.
	Error string `json:",omitempty"`

	// Lasting says that the same job would fail in the same way again: its
	// training diverges.
	Lasting bool `json:",omitempty"`

	Seconds float64 // wall time
}

// Do carries out one job. It is false when ctx ended before the job did, whose
// outcome then says nothing. A panic of the training is its error.
func Do(ctx context.Context, job Job) (Outcome, bool) {
	begin := time.Now()
	o := Outcome{ID: job.ID}
	var err error
	o.Result, err = guarded(ctx, job.Experiment)
	o.Seconds = time.Since(begin).Seconds()
	if err == nil {
		return o, true
	}
	if stop := ctx.Err(); stop != nil && errors.Is(err, stop) {
		return o, false
	}
	o.Error, o.Lasting = err.Error(), errors.Is(err, train.ErrDiverged)
	return o, true
}

func guarded(ctx context.Context, e neurosim.Experiment) (r neurosim.Result, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			r, err = neurosim.Result{Experiment: e}, fmt.Errorf("runner: panic: %v", problem)
		}
	}()
	return e.Run(ctx)
}
