package parallel

import (
	"sync"
	"sync/atomic"
)

// crew is the workers of a loop: the caller, at seat 0, and its mates.
//
// Every worker begins with a share of its own, of pieces that follow each other, and then
// helps the others with what is left of theirs. So it is mostly the same core that meets
// the same numbers in loop after loop, and has them in its caches.
type crew struct {
	loop
	shares []share // by seat
	mates  []*mate // at the seats from 1 on
	failed atomic.Pointer[any]
}

// share is the pieces of a worker that nobody has begun: next to end-1.
type share struct {
	next atomic.Int64
	end  int64
	_    [48]byte // so that no two are in one line of a cache
}

// idle holds the crews that wait for the next loop.
var idle struct {
	sync.Mutex
	crews []*crew
}

func takeCrew() *crew {
	idle.Lock()
	defer idle.Unlock()
	last := len(idle.crews) - 1
	if last < 0 {
		return &crew{}
	}
	c := idle.crews[last]
	idle.crews = idle.crews[:last]
	return c
}

func giveBack(c *crew) {
	c.loop = loop{}
	idle.Lock()
	defer idle.Unlock()
	idle.crews = append(idle.crews, c)
}

// spread does a loop on some workers, 2 or more.
func spread(workers int, l loop) {
	c := takeCrew()
	c.divide(workers, l)
	for _, m := range c.mates[:workers-1] {
		m.call()
	}
	c.work(0)
	for _, m := range c.mates[:workers-1] {
		m.release()
	}
	if problem := c.failed.Load(); problem != nil {
		panic(*problem)
	}
	giveBack(c)
}

// divide gives every worker its share of the pieces.
func (c *crew) divide(workers int, l loop) {
	for len(c.mates) < workers-1 {
		c.mates = append(c.mates, newMate(c, len(c.mates)+1))
	}
	if cap(c.shares) < workers {
		c.shares = make([]share, workers)
	}
	c.loop, c.shares = l, c.shares[:workers]
	pieces := (l.n + l.chunk - 1) / l.chunk
	for seat := range c.shares {
		s := &c.shares[seat]
		s.next.Store(int64(seat * pieces / workers))
		s.end = int64((seat + 1) * pieces / workers)
	}
}

// work does the pieces of a seat's share, and then those of the others, until none is
// left. A panic is kept for the caller.
func (c *crew) work(seat int) {
	defer func() {
		if problem := recover(); problem != nil {
			kept := problem // of its own, so that nothing is allocated without a panic
			c.failed.CompareAndSwap(nil, &kept)
		}
	}()
	for k := range c.shares {
		s := &c.shares[(seat+k)%len(c.shares)]
		for i := s.next.Add(1) - 1; i < s.end; i = s.next.Add(1) - 1 {
			c.do(seat, int(i))
		}
	}
}
