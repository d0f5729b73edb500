package parallel

import (
	"sync"
	"sync/atomic"
)

// Body is the inside of a loop over elements first to end-1. A pointer to a value
// that the caller keeps makes a loop that allocates nothing, unlike a function
// literal, which is made anew in every call.
type Body interface{ Do(first, end int) }

// Run calls b.Do for every piece of 0..n, as [For] does. A panic of one is the
// caller's.
func Run(n int, b Body) { start(n, Chunk, b) }

// Each calls b.Do(i, i+1) for every i of 0..n, as [Pieces] does.
func Each(n int, b Body) { start(n, 1, b) }

// Lines calls b.Do for pieces of the lines 0..n of so many numbers each, about as many
// numbers in a piece as of Run.
func Lines(n, size int, b Body) { start(n, max(1, Chunk/max(1, size)), b) }

// crew is a loop under way.
type crew struct {
	body     Body
	n, chunk int
	next     atomic.Int64
	failed   atomic.Pointer[any]
	group    sync.WaitGroup
	help     func()
}

// idle holds the crews that wait for the next loop.
var idle struct {
	sync.Mutex
	crews []*crew
}

func start(n, chunk int, b Body) {
	pieces := (n + chunk - 1) / chunk
	workers := min(Workers(), pieces)
	if workers <= 1 {
		for first := 0; first < n; first += chunk {
			b.Do(first, min(first+chunk, n))
		}
		return
	}
	c := takeCrew()
	c.body, c.n, c.chunk = b, n, chunk
	c.next.Store(0)
	c.group.Add(workers - 1)
	for range workers - 1 {
		go c.help()
	}
	c.work()
	c.group.Wait()
	if problem := c.failed.Load(); problem != nil {
		panic(*problem)
	}
	c.body = nil
	idle.Lock()
	idle.crews = append(idle.crews, c)
	idle.Unlock()
}

func takeCrew() *crew {
	idle.Lock()
	defer idle.Unlock()
	if last := len(idle.crews) - 1; last >= 0 {
		c := idle.crews[last]
		idle.crews = idle.crews[:last]
		return c
	}
	c := &crew{}
	c.help = func() {
		c.work()
		c.group.Done()
	}
	return c
}

// work does pieces until none is left. A panic is kept for the caller.
func (c *crew) work() {
	defer func() {
		if problem := recover(); problem != nil {
			c.failed.CompareAndSwap(nil, &problem)
		}
	}()
	for {
		first := int(c.next.Add(1)-1) * c.chunk
		if first >= c.n {
			return
		}
		c.body.Do(first, min(first+c.chunk, c.n))
	}
}
