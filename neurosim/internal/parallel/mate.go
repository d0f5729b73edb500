package parallel

import (
	"sync/atomic"
	"time"
)

// mate is a goroutine that helps with loop after loop. To wake a processor that sleeps
// takes as long as a short loop, so a mate that has nothing to do waits for the next loop
// awake, for a moment.
type mate struct {
	crew  *crew
	seat  int
	state atomic.Int32
	done  chan struct{} // told when the crew's owner sleeps until the mate has done
	help  func()
}

const (
	absent  = iota // it has no goroutine
	free           // its goroutine is there, or on its way, with nothing to do
	called         // to a loop
	working        // on it
	awaited        // working, while the crew's owner sleeps
)

// patience is how long to wait awake: about what it takes to wake a processor.
const patience = 100 * time.Microsecond

func newMate(c *crew, seat int) *mate {
	m := &mate{crew: c, seat: seat, done: make(chan struct{}, 1)}
	m.help = m.run
	return m
}

// call asks for help with the crew's loop.
func (m *mate) call() {
	if !m.state.CompareAndSwap(free, called) {
		m.state.Store(called)
		go m.help()
	}
}

// release returns when the mate does nothing for the loop any more, nor ever will.
func (m *mate) release() {
	if m.state.CompareAndSwap(called, free) || m.becomes(free) {
		return
	}
	if m.state.CompareAndSwap(working, awaited) {
		<-m.done
	}
}

// run helps until there is no loop for some time.
func (m *mate) run() {
	for m.becomes(called) || !m.state.CompareAndSwap(free, absent) {
		if !m.state.CompareAndSwap(called, working) {
			continue // too late: the loop has ended
		}
		m.crew.work(m.seat)
		if m.state.Swap(free) == awaited {
			m.done <- struct{}{}
		}
	}
}

// becomes waits awake for a state, and says whether it came.
func (m *mate) becomes(state int32) bool {
	for begun := time.Now(); ; {
		for range 64 {
			if m.state.Load() == state {
				return true
			}
		}
		if time.Since(begun) > patience {
			return false
		}
	}
}
