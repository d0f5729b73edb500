package kernel

import (
	"sync"

	"crossbook/kernel/wire"
)

// queue holds the requests of the shell channel that wait for their turn. They
// are taken off the socket as they come, so that those which an error aborts are
// known.
type queue struct {
	mu     sync.Mutex
	filled sync.Cond // signals a change of what follows
	items  []queued
	closed bool
}

// queued is a waiting request.
type queued struct {
	request wire.Message
	aborted bool // a request before it failed; answer, but do not run it
}

func newQueue() *queue {
	q := &queue{}
	q.filled.L = &q.mu
	return q
}

func (q *queue) put(m wire.Message) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, queued{request: m})
	q.filled.Signal()
}

// take waits for the next request; ok is false once the queue is closed.
func (q *queue) take() (item queued, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.filled.Wait()
	}
	if q.closed {
		return queued{}, false
	}
	item = q.items[0]
	q.items = q.items[1:]
	return item, true
}

// abort marks all waiting requests.
func (q *queue) abort() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i := range q.items {
		q.items[i].aborted = true
	}
}

// waiting returns the number of requests.
func (q *queue) waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items)
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.filled.Signal()
}
