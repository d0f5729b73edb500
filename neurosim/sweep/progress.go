package sweep

import (
	"context"
	"fmt"
	"sync"
	"time"

	"crossbook/kernel/display"
	"crossbook/neurosim"
	"crossbook/neurosim/sweep/runner"
)

// bar shows the progress of a sweep: in epochs, because trainings may be few and
// long, with the trainings in the note.
type bar struct {
	*display.Bar
	runs  int // in all
	known int // that need no training
	begin time.Time

	mu     sync.Mutex
	epochs int            // finished of all trainings
	under  map[string]int // finished epochs of every training under way
	runIDs map[string]int // epochs that every training has
	over   int            // trainings that have ended
	failed int
}

// startBar starts the bar of a plan of which some trainings may be known.
func (p *plan) startBar(ctx context.Context) *bar {
	b := &bar{begin: time.Now(), runs: p.distinct(), under: map[string]int{}, runIDs: map[string]int{}}
	total := 0
	for _, point := range p.points {
		if _, ok := b.runIDs[point.id]; ok {
			continue
		}
		n := epochsOf(point.Experiment)
		b.runIDs[point.id] = n
		total += n
		if o, ok := p.outcomes[point.id]; ok {
			b.epochs += n
			b.known++
			b.count(o)
		}
	}
	b.Bar = display.Start(ctx, fmt.Sprintf("sweep of %s, epochs", plural(b.runs, "training")), total)
	b.Found(b.epochs)
	b.Set(b.epochs, b.note())
	return b
}

func epochsOf(e neurosim.Experiment) int {
	if e.Train.Epochs == 0 {
		return 10 // as train.Settings documents
	}
	return max(e.Train.Epochs, 1) // -1 is a test without training
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// listen returns a context in which trainings report to the bar instead of
// showing bars of their own.
func (b *bar) listen(ctx context.Context) context.Context {
	return display.WithSink(ctx, func(e display.Event) {
		p, ok := e.(display.Progress)
		if !ok {
			return
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		b.under[p.ID] = p.Done
		if p.Final {
			delete(b.under, p.ID)
		}
		b.show()
	})
}

// ended counts a training that has come to its end.
func (b *bar) ended(o runner.Outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.epochs += b.runIDs[o.ID]
	b.count(o)
	b.show()
}

func (b *bar) count(o runner.Outcome) {
	b.over++
	if o.Error != "" {
		b.failed++
	}
}

// show reports the state; the caller holds the lock.
func (b *bar) show() {
	done := b.epochs
	for _, n := range b.under {
		done += n
	}
	b.Set(done, b.note())
}

// note says how many trainings are done, and how fast it goes.
func (b *bar) note() string {
	s := b.counts()
	if here := b.over - b.known; here > 0 {
		s += fmt.Sprintf(", %s a training", pace(time.Since(b.begin)/time.Duration(here)))
	}
	return s
}

func (b *bar) counts() string {
	s := fmt.Sprintf("%d of %d trainings", b.over, b.runs)
	if b.failed > 0 {
		s += fmt.Sprintf(", %d failed", b.failed)
	}
	return s
}

// pace rounds a duration to what tells something.
func pace(d time.Duration) time.Duration {
	switch {
	case d > time.Minute:
		return d.Round(time.Second)
	case d > time.Second:
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}

// end closes the bar with what is the same on every run.
func (b *bar) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.under = nil
	b.Set(b.epochs, "")
	b.End(b.counts())
}
