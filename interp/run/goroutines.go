package run

import (
	"bytes"
	"runtime"
	"sync"
	"time"
)

// goroutines counts the goroutines that cells have started and that still run:
// as long as there is one, nobody else may look at the variables of the session.
type goroutines struct {
	mu    sync.Mutex
	epoch int // grows when some are forgotten
	alive int
	own   map[string]bool // those that run cells, by their number
	ended chan struct{}   // closed, and nil again, when the last has ended; nil: nobody waits
}

// start counts a goroutine; what it returns is for end.
func (g *goroutines) start() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.alive++
	return g.epoch
}

func (g *goroutines) end(epoch int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if epoch != g.epoch {
		return
	}
	if g.alive--; g.alive == 0 && g.ended != nil {
		close(g.ended)
		g.ended = nil
	}
}

// await waits until all have ended, which an interrupt has told them to. Those
// that do not in time are inside compiled code, and forgotten.
func (g *goroutines) await(limit time.Duration) {
	g.mu.Lock()
	if g.alive == 0 {
		g.mu.Unlock()
		return
	}
	if g.ended == nil {
		g.ended = make(chan struct{})
	}
	ended := g.ended
	g.mu.Unlock()
	select {
	case <-ended:
		return
	case <-time.After(limit):
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.epoch++
	g.alive, g.ended = 0, nil
}

func (g *goroutines) none() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.alive == 0
}

// enter notes that the calling goroutine runs a cell, and returns what forgets it.
func (g *goroutines) enter() func() {
	id := goroutineNumber()
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.own == nil {
		g.own = map[string]bool{}
	}
	g.own[id] = true
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.own, id)
	}
}

// foreign tells whether compiled code has started the calling goroutine.
func (g *goroutines) foreign() bool {
	id := goroutineNumber()
	g.mu.Lock()
	defer g.mu.Unlock()
	return !g.own[id]
}

// goroutineNumber is the number by which the runtime names the calling goroutine.
func goroutineNumber() string {
	head := make([]byte, 32)
	fields := bytes.Fields(head[:runtime.Stack(head, false)])
	const number = 1
	if len(fields) <= number {
		return ""
	}
	return string(fields[number])
}
