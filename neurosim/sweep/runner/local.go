package runner

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"crossbook/neurosim/internal/parallel"
)

// MaxWorkers is the most workers that a local pool has.
const MaxWorkers = 1024

// Local is a pool of workers in this process.
type Local struct {
	Workers int // 0: one a processor. To MaxWorkers
}

// Run carries out all jobs, several at a time, and calls done with what came of
// each, one call after the other, in the order in which they end. When ctx ends,
// the jobs under way are given up, and Run returns ctx's error.
func (l Local) Run(ctx context.Context, jobs []Job, done func(Outcome)) error {
	if l.Workers < 0 || l.Workers > MaxWorkers {
		return fmt.Errorf("runner: Workers: %d is not allowed; allowed: 0 (one a processor) to %d", l.Workers, MaxWorkers)
	}
	var next, ended atomic.Int64
	var group sync.WaitGroup
	var one sync.Mutex
	for range l.workers(len(jobs)) {
		end := parallel.Begin()
		group.Go(func() {
			defer end()
			for i := int(next.Add(1)) - 1; i < len(jobs) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if outcome, ok := Do(ctx, jobs[i]); ok {
					ended.Add(1)
					one.Lock()
					done(outcome)
					one.Unlock()
				}
			}
		})
	}
	group.Wait()
	if int(ended.Load()) < len(jobs) {
		return ctx.Err()
	}
	return nil
}

// workers is how many are of use for a number of jobs.
func (l Local) workers(jobs int) int {
	n := l.Workers
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	return min(n, jobs)
}
