package neurosim

import (
	"context"
	"fmt"

	"crossbook/neurosim/train"
)

// Retention is how a trained network does after its devices were left alone: test
// accuracy over the time since the end of the training. It plots itself.
type Retention struct {
	Name     string    // in legends: the experiment's label
	Seconds  []float64 // since the last step of the training
	Accuracy []float64 // on the test images, in percent; as many as Seconds
	Loss     []float64 // mean for a test image
}

// Label returns the name.
func (r Retention) Label() string { return r.Name }

// Len returns the number of times.
func (r Retention) Len() int { return len(r.Seconds) }

// XY returns the i-th point: seconds, test accuracy in percent.
func (r Retention) XY(i int) (x, y float64) { return r.Seconds[i], r.Accuracy[i] }

// AxisLabels names the axes.
func (r Retention) AxisLabels() (x, y string) { return "time (s)", "test accuracy (%)" }

// String is the curve in plain text, a line for each time.
func (r Retention) String() string {
	s := fmt.Sprintf("%s: test accuracy after a time", r.Name)
	for i, seconds := range r.Seconds {
		s += fmt.Sprintf("\n%12.4g s  %6.1f %%", seconds, r.Accuracy[i])
	}
	return s
}

// Retention trains as Run does, and then tests the same network once for each of the
// times, in seconds from 0 to 1e12, that its devices have since been left alone: they
// change as the Drift and the Retention of Device say. Train.TestAfter, by which
// the tests of the training wait, is not added.
//
//	plots.Curves(exp.MustRetention(ctx, 1, 60, 3600, 86400, 2.6e6)).LogX()
func (e Experiment) Retention(ctx context.Context, seconds ...float64) (Retention, error) {
	r := Retention{Name: e.Label()}
	if err := e.Validate(); err != nil {
		return r, err
	}
	data, err := e.Data.Load(ctx)
	if err != nil {
		return r, fmt.Errorf("neurosim: data: %w", err)
	}
	var origin Provenance
	job, err := e.start(data, &origin)
	if err != nil {
		return r, err
	}
	state := job.From
	if job.Settings.Epochs >= 0 {
		if state, err = finished(ctx, job); err != nil {
			return r, fmt.Errorf("neurosim: %w", err)
		}
	}
	tests, err := job.TestAfter(ctx, state, seconds)
	for i, test := range tests {
		r.Seconds = append(r.Seconds, seconds[i])
		r.Accuracy, r.Loss = append(r.Accuracy, test.Accuracy), append(r.Loss, test.TestLoss)
	}
	if err != nil {
		return r, fmt.Errorf("neurosim: %w", err)
	}
	return r, nil
}

// finished is the state of a job after its training.
func finished(ctx context.Context, job train.Job) (*train.State, error) {
	last, keep := job.From, job.Keep
	job.Keep = func(s train.State) error {
		last = &s
		if keep == nil {
			return nil
		}
		return keep(s)
	}
	_, err := job.Train(ctx)
	return last, err
}

// MustRetention is Retention that panics with the error, which a notebook shows.
func (e Experiment) MustRetention(ctx context.Context, seconds ...float64) Retention {
	r, err := e.Retention(ctx, seconds...)
	if err != nil {
		panic(err)
	}
	return r
}
