package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"crossbook/neurosim"
	"crossbook/neurosim/dataset"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/train"
)

// train finds the results that the store has, and carries out every other
// training that differs from the rest.
func (p *plan) train(ctx context.Context) (err error) {
	if err := p.identify(ctx); err != nil {
		return err
	}
	cache, end, err := p.cache()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := p.recall(cache); err != nil {
		return err
	}
	jobs := p.jobs()
	b := p.startBar(ctx)
	defer b.end()
	// A result that cannot be kept ends the sweep: the next hours would be lost.
	ctx, stop := context.WithCancelCause(b.listen(ctx))
	defer stop(nil)
	err = p.runner().Run(ctx, jobs, func(o runner.Outcome) {
		p.outcomes[o.ID] = o
		if err := p.keep(cache, o); err != nil {
			stop(err)
		}
		b.ended(o)
	})
	if cause := context.Cause(ctx); cause != nil && (err == nil || errors.Is(err, context.Canceled)) {
		err = cause
	}
	if err != nil {
		return fmt.Errorf("after %d of %s: %w", len(p.outcomes), plural(p.distinct(), "training"), err)
	}
	return nil
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
		weights, err := e.WeightsChecksum()
		if err != nil {
			return fmt.Errorf("weights: %w", err)
		}
		p.points[i].id = idOf(e, sum+weights)
		if !portable(e) {
			p.points[i].id = fmt.Sprintf("%s%d", unkept, i)
		}
	}
	return nil
}

// idOf identifies a training and what is kept of it: the SHA-256, in hexadecimal,
// of the experiment's hash, the checksums of its data and first weights, the version of the simulator
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
		jobs = append(jobs, runner.Job{ID: point.id, Experiment: p.checkpointed(point)})
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
