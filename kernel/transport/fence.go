package transport

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Fence is a subscriber within the process that stands behind all others: zmq4
// gives it a message last. It tells when messages have left zmq4's own queue, of
// which a PUB socket says nothing, and which Close would lose.
type Fence struct {
	far  net.Conn
	err  error // why reading ended
	mu   sync.Mutex
	seen int
	more sync.Cond // signals a change of seen or err
}

// Fence subscribes a fence to everything that the PUB socket publishes from now
// on.
func (l *Listener) Fence() (*Fence, error) {
	if l.local != zmq4.Pub {
		return nil, errors.New("transport: fence: not a PUB socket")
	}
	near, far := net.Pipe()
	f := &Fence{far: far}
	f.more.L = &f.mu
	subscribed := make(chan struct{})
	l.slots <- struct{}{}
	l.begin(near, func(string) { close(subscribed) })
	go f.read()
	subscribe := []byte{0, 1, 1} // a frame of one byte: begin, every topic
	hello := append(peer{socket: zmq4.Sub}.handshake(), subscribe...)
	far.SetWriteDeadline(time.Now().Add(l.options.Limits.Handshake))
	if _, err := far.Write(hello); err != nil {
		return nil, errors.New("transport: fence: socket is closed")
	}
	select {
	case <-subscribed:
		return f, nil
	case <-l.done:
		return nil, errors.New("transport: fence: socket is closed")
	}
}

// read counts messages.
func (f *Fence) read() {
	r := bufio.NewReader(f.far)
	err := readGreeting(r)
	if err == nil {
		_, err = readCommand(r)
	}
	for err == nil {
		var h frameHeader
		if h, err = readFrameHeader(r); err != nil {
			break
		}
		if _, err = io.CopyN(io.Discard, r, int64(h.size)); err == nil && !h.more {
			f.mu.Lock()
			f.seen++
			f.more.Broadcast()
			f.mu.Unlock()
		}
	}
	f.mu.Lock()
	f.err = err
	f.more.Broadcast()
	f.mu.Unlock()
}

// Wait waits until n messages published since the fence was set up are in the
// queues of their connections, at most for the time given, and says whether they
// are.
func (f *Fence) Wait(n int, limit time.Duration) bool {
	expired := false
	timer := time.AfterFunc(limit, func() {
		f.mu.Lock()
		expired = true
		f.more.Broadcast()
		f.mu.Unlock()
	})
	defer timer.Stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.seen < n && f.err == nil && !expired {
		f.more.Wait()
	}
	return f.seen >= n
}
