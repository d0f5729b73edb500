package interp

import (
	"bytes"
	"runtime"
	"sync"
)

// goroutines counts the goroutines that cells have started and that still run:
// as long as there is one, nobody else may look at the variables of the session.
type goroutines struct {
	mu    sync.Mutex
	epoch int // grows with every interrupt, which stops them all
	alive int
	own   map[string]bool // those that run cells, by their number
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
	if epoch == g.epoch {
		g.alive--
	}
}

// forget is for an interrupt: the goroutines stop without saying so.
func (g *goroutines) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.epoch++
	g.alive = 0
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
