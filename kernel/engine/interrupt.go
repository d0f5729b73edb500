package engine

import (
	"context"
	"fmt"
	"time"

	"crossbook/kernel/display"
)

// How an interrupt proceeds with a cell that does not end.
const (
	interruptGrace = 300 * time.Millisecond // a second one before that is a double click
	interruptWarn  = time.Second            // after the first: tell what will be lost
	interruptKill  = 5 * time.Second        // after the warning
)

const killedByInterrupt = "it did not stop after an interrupt"

// running is the cell that runs, as an interrupt sees it.
type running struct {
	out   display.Sink
	ctx   context.Context // ends with the cell or by an interrupt
	end   context.CancelFunc
	ended chan struct{} // closed when Execute returns
	again chan struct{} // a further interrupt

	child       *child // nil until it was sent to one; guarded by Supervisor.mu
	id          uint64 // of the run there
	interrupted bool
}

func (s *Supervisor) enter(out display.Sink) *running {
	r := &running{out: out, ended: make(chan struct{}), again: make(chan struct{}, 1)}
	r.ctx, r.end = context.WithCancel(context.Background())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = r
	return r
}

func (s *Supervisor) leave(r *running) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = nil
	r.end()
	close(r.ended)
}

// Interrupt asks the running cell to end by cancelling its context. A cell that
// has not ended after a second is inside code that does not listen: its user is
// told what a restart costs, and five seconds later, or at a further interrupt
// at once, the engine is restarted.
func (s *Supervisor) Interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.running
	switch {
	case r == nil:
	case !r.interrupted:
		r.interrupted = true
		r.end()
		go s.pursue(r)
	default:
		select {
		case r.again <- struct{}{}:
		default:
		}
	}
}

// pursue sees to it that r ends.
func (s *Supervisor) pursue(r *running) {
	first := time.Now()
	s.cancel(r)
	switch r.within(interruptWarn) {
	case wentOn:
		go s.park() // it will be needed
		r.out(display.Stream{Name: "stderr", Text: warning(s.names())})
		if r.within(interruptKill) == ended {
			return
		}
	case askedAgain:
		// A double click must not cost the state of a cell that is just ending.
		select {
		case <-r.ended:
			return
		case <-time.After(time.Until(first.Add(interruptGrace))):
		}
	case ended:
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == r && s.child != nil { // it may have ended this very moment
		s.child.kill(killedByInterrupt)
	}
}

type outcome int

const (
	wentOn outcome = iota
	askedAgain
	ended
)

// within waits for the end of the cell or for a further interrupt.
func (r *running) within(wait time.Duration) outcome {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-r.ended:
		return ended
	case <-r.again:
		return askedAgain
	case <-timer.C:
		return wentOn
	}
}

// cancel cancels the context of the cell if it was sent to a child; otherwise
// runOn does.
func (s *Supervisor) cancel(r *running) {
	s.mu.Lock()
	c, id := r.child, r.id
	s.mu.Unlock()
	if c != nil {
		_ = c.in.write(&frame{Kind: kindCancel, ID: id}) // fails when c is dying
	}
}

func (s *Supervisor) names() []string {
	s.mu.Lock()
	c := s.child
	s.mu.Unlock()
	if c == nil {
		return nil
	}
	return c.declared()
}

func warning(names []string) string {
	loss := "nothing that was declared before this cell"
	if len(names) > 0 {
		loss = listed(names)
	}
	return fmt.Sprintf("The cell is inside code that does not listen to an interrupt. "+
		"A further interrupt restarts the engine at once; otherwise it is restarted in %d s. "+
		"That loses: %s.\n", int(interruptKill.Seconds()), loss)
}
