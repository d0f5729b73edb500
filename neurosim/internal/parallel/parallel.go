// Package parallel spreads loops over the processors without a say in their
// result: the pieces have fixed borders, whatever the number of workers.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Chunk is the number of elements in a piece: its slices fit the cache of one
// core, and its work outweighs the start of a goroutine.
const Chunk = 4096

// For calls do(first, end) for every piece of 0..n. The calls may come at the
// same time and in any order, so do writes only to what its piece owns.
func For(n int, do func(first, end int)) {
	c := take()
	c.span, c.size, c.pieces = do, n, (n+Chunk-1)/Chunk
	c.run()
}

// Pieces calls do(0) ... do(n-1), at the same time where processors are free.
func Pieces(n int, do func(i int)) {
	c := take()
	c.piece, c.pieces = do, n
	c.run()
}

// crew works on one loop.
type crew struct {
	piece  func(i int)
	span   func(first, end int) // instead of piece: what For calls
	size   int                  // that For goes to
	pieces int

	next  atomic.Int64
	group sync.WaitGroup
	help  func()
}

// idle holds the crews that wait for the next loop, so that a loop allocates
// nothing.
var idle struct {
	sync.Mutex
	crews []*crew
}

func take() *crew {
	idle.Lock()
	defer idle.Unlock()
	if last := len(idle.crews) - 1; last >= 0 {
		c := idle.crews[last]
		idle.crews = idle.crews[:last]
		return c
	}
	c := &crew{}
	c.help = func() {
		defer c.group.Done()
		c.work()
	}
	return c
}

// run does all pieces and makes the crew idle.
func (c *crew) run() {
	c.next.Store(0)
	helpers := max(0, min(runtime.GOMAXPROCS(0), c.pieces)-1)
	c.group.Add(helpers)
	for range helpers {
		go c.help()
	}
	c.work()
	c.group.Wait()
	c.piece, c.span = nil, nil
	idle.Lock()
	defer idle.Unlock()
	idle.crews = append(idle.crews, c)
}

func (c *crew) work() {
	for i := int(c.next.Add(1)) - 1; i < c.pieces; i = int(c.next.Add(1)) - 1 {
		if c.span == nil {
			c.piece(i)
			continue
		}
		c.span(i*Chunk, min((i+1)*Chunk, c.size))
	}
}
