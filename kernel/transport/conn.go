package transport

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"time"
)

// conn is a connection as zmq4 sees it: past the handshake, which it plays back
// in canonical form, with reads checked and writes queued. Its errors are
// net.ErrClosed, whatever happened, because zmq4 forgets a connection only at
// errors of that kind.
type conn struct {
	net.Conn
	linger  time.Duration
	reader  io.Reader
	queue   *queue
	ponger  *ponger
	swallow int // bytes of zmq4's greeting that the peer has already
}

// newConn returns the connection of a peer whose handshake is done.
func newConn(raw net.Conn, p peer, limits Limits, onSub func(string)) *conn {
	queue := newQueue(limits, func() { raw.Close() })
	ponger := &ponger{queue: queue}
	frames := &frameReader{
		src:       bufio.NewReaderSize(raw, 16<<10),
		limits:    limits,
		onCommand: ponger.pong,
		onSub:     onSub,
	}
	return &conn{
		Conn:    raw,
		linger:  limits.Linger,
		reader:  io.MultiReader(bytes.NewReader(p.handshake()), frames),
		queue:   queue,
		ponger:  ponger,
		swallow: greetingSize,
	}
}

// write is the body of the connection's writer.
func (c *conn) write() {
	c.queue.writeTo(c.Conn)
	c.Conn.Close()
}

// Read plays back the handshake, then hands out frames.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.reader.Read(p)
	if err != nil {
		c.Close()
		return n, net.ErrClosed
	}
	return n, nil
}

// Write queues p and does not wait.
func (c *conn) Write(p []byte) (int, error) {
	skipped := min(c.swallow, len(p))
	c.swallow -= skipped
	if skipped == len(p) {
		return len(p), nil
	}
	if err := c.ponger.put(p[skipped:]); err != nil {
		return 0, net.ErrClosed
	}
	return len(p), nil
}

// Close returns at once; the writer first sends what is queued.
func (c *conn) Close() error {
	c.queue.close()
	c.Conn.SetWriteDeadline(time.Now().Add(c.linger))
	c.Conn.SetReadDeadline(time.Now())
	return nil
}
