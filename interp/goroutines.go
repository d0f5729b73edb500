package interp

import "sync"

// goroutines counts the goroutines that cells have started and that still run:
// as long as there is one, nobody else may look at the variables of the session.
type goroutines struct {
	mu    sync.Mutex
	epoch int // grows with every interrupt, which stops them all
	alive int
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
