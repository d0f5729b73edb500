package display

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Sink takes events in the order in which they happen. It is safe for
// concurrent use and does not block for long.
type Sink func(Event)

type sinkKey struct{}

// WithSink returns a context whose long calls report to sink. The engine puts
// one into every cell's ctx; without one, reports go nowhere.
func WithSink(ctx context.Context, sink Sink) context.Context {
	return context.WithValue(ctx, sinkKey{}, sink)
}

// Quiet returns a context whose long calls report nothing, for a loop that has a
// bar of its own.
func Quiet(ctx context.Context) context.Context { return WithSink(ctx, nil) }

// reportEvery bounds the rate of progress events: often enough to look smooth,
// rare enough to cost nothing.
const reportEvery = 100 * time.Millisecond

var barNumber atomic.Int64

// Bar reports the progress of one long call. Its methods are safe for
// concurrent use and do nothing when the context has no sink.
type Bar struct {
	sink  Sink
	start time.Time

	mu    sync.Mutex
	state Progress
	last  time.Time
}

// Start begins a bar of total units (0 when unknown) that reports to ctx's sink.
func Start(ctx context.Context, title string, total int) *Bar {
	sink, _ := ctx.Value(sinkKey{}).(Sink)
	bar := &Bar{sink: sink, start: time.Now()}
	bar.state = Progress{ID: fmt.Sprintf("progress-%d", barNumber.Add(1)), Title: title, Total: total}
	bar.report(true)
	return bar
}

// Set reports that done units are finished. The note is the latest figure, such
// as "test accuracy 85.3 %"; "" keeps the previous one.
func (b *Bar) Set(done int, note string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state.Done = done
	if note != "" {
		b.state.Note = note
	}
	b.report(false)
}

// Found says that done units were finished before the call began, such as results
// that are kept in a file: they tell nothing of how fast it goes.
func (b *Bar) Found(done int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state.Before, b.state.Done = done, done
	b.report(true)
}

// End closes the bar with a last note; "" keeps the previous one.
func (b *Bar) End(note string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state.Final {
		return
	}
	b.state.Final = true
	if note != "" {
		b.state.Note = note
	}
	b.report(true)
}

func (b *Bar) report(always bool) {
	now := time.Now()
	if b.sink == nil || (!always && now.Sub(b.last) < reportEvery) {
		return
	}
	b.last = now
	b.state.Elapsed = now.Sub(b.start)
	b.sink(b.state)
}
