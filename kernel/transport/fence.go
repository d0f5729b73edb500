package transport

import (
	"bufio"
	"bytes"
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
	far net.Conn

	mu       sync.Mutex
	changed  sync.Cond // signals a change of what follows
	expected []byte    // a frame of the last message sent
	arrived  bool      // it has come, or nothing is expected
	err      error     // why reading ended
}

// Fence subscribes a fence to everything that the PUB socket publishes from now
// on.
func (l *Listener) Fence() (*Fence, error) {
	if l.local != zmq4.Pub {
		return nil, errors.New("transport: fence: not a PUB socket")
	}
	near, far := net.Pipe()
	f := &Fence{far: far, arrived: true}
	f.changed.L = &f.mu
	subscribed := make(chan struct{})
	l.begin(pipe{near}, func(string) { close(subscribed) })
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

// read reads messages until the connection ends.
func (f *Fence) read() {
	r := bufio.NewReader(f.far)
	err := readGreeting(r)
	if err == nil {
		_, err = readCommand(r)
	}
	for err == nil {
		err = f.readFrame(r)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
	f.changed.Broadcast()
}

// readFrame reads one frame and compares it with the expected one.
func (f *Fence) readFrame(r io.Reader) error {
	h, err := readFrameHeader(r)
	if err != nil {
		return err
	}
	f.mu.Lock()
	size := len(f.expected)
	f.mu.Unlock()
	if h.size != uint64(size) {
		_, err := io.CopyN(io.Discard, r, int64(h.size))
		return err
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(r, body); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if bytes.Equal(body, f.expected) {
		f.arrived = true
		f.changed.Broadcast()
	}
	return nil
}

// Expect makes [Fence.Wait] wait for the message that has this frame, which no
// other message has, and so for all that were sent before it. It must be called
// before the message is sent.
func (f *Fence) Expect(frame []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.expected, f.arrived = frame, false
}

// Wait waits until the expected message is in the queues of the connections, at
// most for the time given, and says whether it is.
func (f *Fence) Wait(limit time.Duration) bool {
	expired := false
	timer := time.AfterFunc(limit, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		expired = true
		f.changed.Broadcast()
	})
	defer timer.Stop()
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.arrived && f.err == nil && !expired {
		f.changed.Wait()
	}
	return f.arrived
}
