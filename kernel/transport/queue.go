package transport

import (
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

const (
	chunkSize = 64 << 10 // bytes that small writes are gathered to
	maxWrite  = 1 << 20  // bytes of one write to the connection
)

var errSlow = errors.New("transport: client does not read")

// queue holds what is to be written to one connection. One goroutine writes it,
// as much as there is at a time.
type queue struct {
	max      int           // bytes that may wait
	patience time.Duration // without a byte taken, for a client with more than max
	drop     func()        // ends the connection; called at most once, must not wait

	mu     sync.Mutex
	filled sync.Cond // signals a change of what follows
	chunks net.Buffers
	bytes  int       // in chunks and in the write under way
	moved  time.Time // when a write ended, or an empty queue got its first bytes
	err    error     // the connection is dead
	closed bool      // nothing more is taken
}

func newQueue(limits Limits, drop func()) *queue {
	q := &queue{max: limits.Queue, patience: limits.Patience, drop: drop}
	q.filled.L = &q.mu
	return q
}

// put adds a copy of p. It never waits. A client that has taken nothing for the
// time of patience while the queue is full is dropped; one that reads, however
// slowly, may get more than fits.
func (q *queue) put(p []byte) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.bytes > 0 && q.bytes+len(p) > q.max && time.Since(q.moved) >= q.patience {
		q.fail(errSlow)
	}
	if q.err != nil || q.closed {
		return net.ErrClosed
	}
	if q.bytes == 0 {
		q.moved = time.Now()
	}
	q.bytes += len(p)
	q.gather(p)
	q.filled.Signal()
	return nil
}

// gather appends p to the last chunk when there is room.
func (q *queue) gather(p []byte) {
	last := len(q.chunks) - 1
	if last >= 0 && len(q.chunks[last])+len(p) <= chunkSize {
		q.chunks[last] = append(q.chunks[last], p...)
		return
	}
	q.chunks = append(q.chunks, append([]byte(nil), p...))
}

// take returns what is queued, up to maxWrite, and waits for it; nil when there
// will be no more.
func (q *queue) take() net.Buffers {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.chunks) == 0 && q.err == nil && !q.closed {
		q.filled.Wait()
	}
	if q.err != nil || len(q.chunks) == 0 {
		return nil
	}
	return q.cut()
}

// cut takes whole chunks off the front, up to maxWrite bytes, or a part of the
// first one when it is longer, so that a long message counts as taken bit by bit.
func (q *queue) cut() net.Buffers {
	if first := q.chunks[0]; len(first) > maxWrite {
		q.chunks[0] = first[maxWrite:]
		return net.Buffers{first[:maxWrite:maxWrite]}
	}
	n, size := 0, 0
	for n < len(q.chunks) && size+len(q.chunks[n]) <= maxWrite {
		size += len(q.chunks[n])
		n++
	}
	chunks := q.chunks[:n:n]
	q.chunks = q.chunks[n:]
	return chunks
}

// behind says whether more than mark bytes wait for a client that still reads:
// that took something within the time of patience.
func (q *queue) behind(mark int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err == nil && q.bytes > mark && time.Since(q.moved) < q.patience
}

// writeTo writes to w until the queue is closed and empty, or dead. It is the
// body of the connection's writer.
func (q *queue) writeTo(w io.Writer) {
	for {
		chunks := q.take()
		if chunks == nil {
			return
		}
		n, err := chunks.WriteTo(w)
		q.mu.Lock()
		q.bytes -= int(n)
		q.moved = time.Now()
		if err != nil {
			q.fail(err)
		}
		q.mu.Unlock()
	}
}

// close lets the writer end once it has written what is queued.
func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.filled.Signal()
	q.mu.Unlock()
}

// fail marks the connection as dead; the caller holds the lock.
func (q *queue) fail(err error) {
	if q.err != nil {
		return
	}
	q.err = err
	q.chunks = nil
	q.filled.Signal()
	q.drop()
}
