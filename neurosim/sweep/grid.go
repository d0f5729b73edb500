package sweep

import (
	"context"
	"errors"
	"fmt"

	"crossbook/neurosim"
	"crossbook/neurosim/cost"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/table"
)

// MaxRuns is the most points that a grid has, repeats included.
const MaxRuns = 100_000

// Grid is an experiment with some of its fields varied.
type Grid struct {
	Base neurosim.Experiment
	Axes []Axis // all combinations of their values; none: the base alone

	// Repeats is how often each point is run, with the seeds Base.Seed,
	// Base.Seed + 1 ...: the same ones at every point. 0: 1
	Repeats int

	// Chip prices every training. The zero chip prices nothing, unless an axis
	// varies the chip; cost.Chip{Node: 22} is the default one. Its Levels and Batch
	// follow the experiment where they are 0.
	Chip cost.Chip

	Sample   Sample    // some of the points instead of all combinations
	Measures []Measure // more columns of results

	Workers int    // trainings at a time. 0: one a processor
	Runner  Runner // carries the trainings out. nil: a pool of Workers in this process

	// Store is the file in which results are kept, and found again by every sweep of
	// the project, see package store. "": crossbook.sqlite in the working folder.
	// NoStore: none.
	Store string

	// Cache keeps results instead of a file. nil: Store
	Cache Cache

	// Checkpoints is a folder in which trainings under way keep their state after
	// every epoch, so that a sweep that is run again goes on within them. It is
	// for trainings of hours. "": none
	Checkpoints string
}

// NoStore as Grid.Store keeps no results.
const NoStore = "-"

// Cache keeps outcomes by keys that are hashes of all that they depend on. It is
// safe for concurrent use. Package storetest has what every one must do.
type Cache interface {
	// Find returns those of the keys that are there.
	Find(keys []string) (map[string]runner.Outcome, error)
	// Keep adds one, whole or not at all; one that is there stays.
	Keep(key string, o runner.Outcome) error
}

// Runner carries out trainings. Run calls done with what came of each job, once
// each, in any order, one call after the other. When ctx ends it gives the others
// up and returns ctx's error. Package runnertest has what every runner must do.
type Runner interface {
	Run(ctx context.Context, jobs []runner.Job, done func(runner.Outcome)) error
}

// Measure is a column that is computed from each result.
type Measure struct {
	Name string // of the column
	Unit string // "%", "J"; "" for none
	Of   func(neurosim.Result) float64
}

// Run checks all points, trains those that differ, and returns a table with a
// row a point. When ctx ends it returns the rows that are done together with an
// error that wraps ctx's.
func (g Grid) Run(ctx context.Context) (table.Table, error) {
	p, err := g.plan()
	if err != nil {
		return table.Table{}, err
	}
	err = p.train(ctx)
	t := p.table()
	if err = errors.Join(err, t.Err()); err != nil {
		return t, fmt.Errorf("sweep: %w", err)
	}
	return t, nil
}

// MustRun is Run that panics with the error, which a notebook shows.
func (g Grid) MustRun(ctx context.Context) table.Table {
	t, err := g.Run(ctx)
	if err != nil {
		panic(err)
	}
	return t
}

// Results is Run for whole results, with their epochs and what was recorded, in
// the order of the table's rows. A point that failed is an error, and its result
// has what was finished.
func (g Grid) Results(ctx context.Context) ([]neurosim.Result, error) {
	p, err := g.plan()
	if err != nil {
		return nil, err
	}
	if err := p.train(ctx); err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	var problems []error
	results := make([]neurosim.Result, len(p.points))
	for i, point := range p.points {
		o := p.outcomes[point.id]
		results[i] = o.Result
		results[i].Experiment = point.Experiment
		if o.Error != "" {
			problems = append(problems, fmt.Errorf("sweep: point %d (%v): %s", i+1, point.Experiment, o.Error))
		}
	}
	return results, errors.Join(problems...)
}

// MustResults is Results that panics with the error.
func (g Grid) MustResults(ctx context.Context) []neurosim.Result {
	r, err := g.Results(ctx)
	if err != nil {
		panic(err)
	}
	return r
}
