package sweep

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"crossbook/kernel/display"
	"crossbook/neurosim"
	"crossbook/neurosim/internal/parallel"
	"crossbook/neurosim/sweep/runner"
)

// Plan is what a grid is going to do.
type Plan struct {
	Points    int // rows of the table
	Trainings int // that differ
	Known     int // of them, that the store has
	Workers   int // trainings at a time

	// Time is roughly what the others take together, on this machine as it is now.
	Time time.Duration
}

// String says it in one line.
func (p Plan) String() string {
	s := fmt.Sprintf("%s, %s", plural(p.Points, "point"), plural(p.Trainings, "training"))
	if p.Known > 0 {
		s += fmt.Sprintf(", %d of them in the store", p.Known)
	}
	if p.Known == p.Trainings {
		return s + ": nothing to be trained"
	}
	return s + fmt.Sprintf(": about %v at %d at a time", coarse(p.Time), p.Workers)
}

// coarse rounds a duration to about two digits: more would be a lie.
func coarse(d time.Duration) time.Duration {
	for _, unit := range []time.Duration{time.Hour, 10 * time.Minute, time.Minute, 10 * time.Second, time.Second, 100 * time.Millisecond, 10 * time.Millisecond} {
		if d >= 10*unit {
			return d.Round(unit)
		}
	}
	return d.Round(time.Millisecond)
}

// Plan checks all points and says how many trainings there are, and how long they
// will take; for that it trains each network with each rule on two batches, up to
// a bound of networks and rules. Trainings by a Runner of one's own are taken for
// ones in this process.
func (g Grid) Plan(ctx context.Context) (plan Plan, err error) {
	p, err := g.plan()
	if err != nil {
		return Plan{}, err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("sweep: %w", err)
		}
	}()
	if err := p.identify(ctx); err != nil {
		return Plan{}, err
	}
	cache, end, err := p.cache()
	if err != nil {
		return Plan{}, err
	}
	if err := errors.Join(p.recall(cache), end()); err != nil {
		return Plan{}, err
	}
	jobs := p.jobs()
	plan = Plan{Points: len(p.points), Trainings: p.distinct(), Workers: p.workers()}
	plan.Known = plan.Trainings - len(jobs)
	plan.Time, err = p.duration(ctx, jobs)
	return plan, err
}

func (p *plan) workers() int {
	if p.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return p.Workers
}

// mostProbes bounds what is tried for an estimate.
const mostProbes = 8

// duration estimates the time that jobs take.
func (p *plan) duration(ctx context.Context, jobs []runner.Job) (time.Duration, error) {
	rates := map[string]float64{} // seconds for an image, by network and rule
	mean := 0.0
	for _, job := range jobs {
		kind := kindOfTraining(job.Experiment)
		if _, known := rates[kind]; known || len(rates) == mostProbes {
			continue
		}
		rate, err := p.probe(ctx, job.Experiment)
		if err != nil {
			return 0, err
		}
		rates[kind] = rate
		mean += rate
	}
	mean /= float64(max(len(rates), 1))
	total, longest := 0.0, 0.0
	for _, job := range jobs {
		rate, known := rates[kindOfTraining(job.Experiment)]
		if !known {
			rate = mean
		}
		images, err := imagesOf(ctx, job.Experiment)
		if err != nil {
			return 0, err
		}
		seconds := rate * images
		total += seconds
		longest = max(longest, seconds)
	}
	seconds := max(longest, total/float64(min(p.workers(), max(len(jobs), 1))))
	return time.Duration(seconds * float64(time.Second)), nil
}

func kindOfTraining(e neurosim.Experiment) string {
	return e.Net.String() + " " + e.Named("").Label()
}

// testShare is what a test image costs of a training image: the forward pass of
// three of about equal cost.
const testShare = 1.0 / 3

// imagesOf counts the images of all epochs, those of tests by their share.
func imagesOf(ctx context.Context, e neurosim.Experiment) (float64, error) {
	data, err := e.Data.Load(ctx)
	if err != nil {
		return 0, err
	}
	epochs := float64(epochsOf(e))
	return epochs * (float64(data.Train.Len()) + testShare*float64(data.Test.Len())), nil
}

// probe trains on two batches and returns the seconds for an image, 0 for a
// training that fails.
func (p *plan) probe(ctx context.Context, e neurosim.Experiment) (float64, error) {
	data, err := e.Data.Load(ctx)
	if err != nil {
		return 0, err
	}
	batch := e.Train.Batch
	if batch == 0 {
		batch = 200 // as train.Settings documents
	}
	e.Data.Train, e.Data.Test = min(2*batch, data.Train.Len()), min(batch, data.Test.Len())
	e.Train.Epochs, e.Checkpoint = 1, ""
	for range p.workers() { // as if the others were at work too
		defer parallel.Begin()()
	}
	images, err := imagesOf(ctx, e)
	if err != nil {
		return 0, err
	}
	o, ok := runner.Do(display.Quiet(ctx), runner.Job{Experiment: e})
	switch {
	case !ok:
		return 0, ctx.Err()
	case o.Error != "":
		return 0, nil
	}
	return o.Seconds / images, nil
}
