package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/train"
)

// train carries out every training of the plan that differs from the others.
func (p *plan) train(ctx context.Context) error {
	if err := p.identify(ctx); err != nil {
		return err
	}
	jobs := p.jobs()
	b := p.startBar(ctx, len(jobs))
	defer b.end()
	ctx, stop := context.WithCancelCause(b.listen(ctx))
	defer stop(nil)
	err := p.runner().Run(ctx, jobs, func(o runner.Outcome) {
		p.outcomes[o.ID] = o
		b.ended(o)
	})
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	return err
}

func (p *plan) runner() Runner {
	if p.Runner != nil {
		return p.Runner
	}
	return runner.Local{Workers: p.Workers}
}

// identify loads the data, whose sums are a part of what a training depends on,
// and gives every point the id of its training.
func (p *plan) identify(ctx context.Context) error {
	sums := map[dataset.Set]string{}
	for i := range p.points {
		e := p.points[i].Experiment
		sum, ok := sums[e.Data]
		if !ok {
			data, err := e.Data.Load(ctx)
			if err != nil {
				return fmt.Errorf("data: %w", err)
			}
			sum = data.Checksum
			sums[e.Data] = sum
		}
		p.points[i].id = idOf(e, sum)
		if !portable(e) {
			p.points[i].id = fmt.Sprintf("point %d", i)
		}
	}
	return nil
}

// idOf identifies a training and what is kept of it: the SHA-256, in hexadecimal,
// of the experiment's hash, the checksum of its data, the version of the simulator
// and what is recorded.
func idOf(e neurosim.Experiment, checksum string) string {
	data, err := json.Marshal([]any{e.Hash(), checksum, neurosim.Version, e.Train.Record})
	if err != nil {
		panic(fmt.Sprintf("sweep: %v", err)) // plain data
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// portable says whether an experiment is the same after a way through JSON. One
// whose rule an interpreter declares is not: its code would be left behind.
func portable(e neurosim.Experiment) bool {
	if e.Rule == nil {
		return true
	}
	data, err := train.EncodeRule(e.Rule)
	if err != nil {
		return false
	}
	back, err := train.DecodeRule(data)
	return err == nil && reflect.DeepEqual(back, e.Rule)
}

// jobs are the trainings that no other one stands for, in the order of points.
func (p *plan) jobs() []runner.Job {
	var jobs []runner.Job
	taken := map[string]bool{}
	for _, point := range p.points {
		if _, done := p.outcomes[point.id]; done || taken[point.id] {
			continue
		}
		taken[point.id] = true
		jobs = append(jobs, runner.Job{ID: point.id, Experiment: point.Experiment})
	}
	return jobs
}

// distinct is the number of trainings that differ.
func (p *plan) distinct() int {
	ids := map[string]bool{}
	for _, point := range p.points {
		ids[point.id] = true
	}
	return len(ids)
}
