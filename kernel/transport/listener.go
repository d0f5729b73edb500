package transport

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Options says how a socket listens. The zero value is a guard with the default
// limits.
type Options struct {
	Limits Limits

	// OnSubscribe is called with the topic of each new subscription to a PUB
	// socket, when messages to it arrive already. It runs on the goroutine that
	// reads the connection and must not wait for it.
	OnSubscribe func(topic string)

	// Curve, if not nil, is the key pair of a socket that takes only clients that
	// speak CURVE.
	Curve *Curve
}

// Listener is the guard of one listening socket.
type Listener struct {
	local   zmq4.SocketType
	options Options
	net     net.Listener
	ready   chan net.Conn  // handshake done, for zmq4
	done    chan struct{}  // closed by Close
	active  sync.WaitGroup // writers and handshakes

	mu      sync.Mutex
	shaking []net.Conn     // handshake in progress, the oldest first
	conns   map[*conn]peer // handshake done
	closed  bool
}

// Listen makes a ROUTER or PUB socket listen on an address of package net:
// network "tcp" or "unix". The file of a unix socket is accessible to its owner
// only; one left behind by a process that died is replaced. Closing the socket
// closes the listener.
func Listen(socket zmq4.Socket, network, address string, options Options) (*Listener, error) {
	if compatible[socket.Type()] == nil {
		return nil, fmt.Errorf("transport: socket of type %s, want ROUTER or PUB", socket.Type())
	}
	raw, err := listen(network, address)
	if err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	options.Limits = options.Limits.orDefault()
	l := &Listener{
		local:   socket.Type(),
		options: options,
		net:     raw,
		ready:   make(chan net.Conn),
		done:    make(chan struct{}),
		conns:   map[*conn]peer{},
	}
	if err := handOver(socket, l); err != nil {
		raw.Close()
		return nil, err
	}
	go l.accept()
	return l, nil
}

// accept starts a handshake with everyone who comes.
func (l *Listener) accept() {
	for {
		raw, err := l.net.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // out of file descriptors, say
			time.Sleep(20 * time.Millisecond)
			continue
		}
		l.begin(raw, l.onSubscribe())
	}
}

func (l *Listener) onSubscribe() func(string) {
	switch {
	case l.local != zmq4.Pub:
		return nil
	case l.options.OnSubscribe == nil:
		return func(string) {}
	default:
		return l.options.OnSubscribe
	}
}

// begin starts the handshake of a new connection. When there are too many, the
// oldest gives way: an honest client is done in an instant, so that it is not the
// one that has taken the longest, even in a flood.
func (l *Listener) begin(raw net.Conn, onSub func(string)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		raw.Close()
		return
	}
	if len(l.shaking) >= l.options.Limits.Handshakes {
		l.shaking[0].Close()
		l.shaking = slices.Delete(l.shaking, 0, 1)
	}
	l.shaking = append(l.shaking, raw)
	l.active.Go(func() {
		l.admit(raw, onSub)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.shaken(raw)
	})
}

// shaken takes note that a handshake is over; the caller holds the lock.
func (l *Listener) shaken(raw net.Conn) {
	if at := slices.Index(l.shaking, raw); at >= 0 {
		l.shaking = slices.Delete(l.shaking, at, at+1)
	}
}

// admit shakes hands and passes the connection to zmq4.
func (l *Listener) admit(raw net.Conn, onSub func(string)) {
	deadline := time.Now().Add(l.options.Limits.Handshake)
	raw.SetDeadline(deadline)
	plain, p, err := l.shake(raw)
	if err != nil {
		raw.Close()
		return
	}
	raw.SetDeadline(time.Time{})
	c := newConn(plain, p, l.options.Limits, onSub)
	if !l.add(c, raw, p, deadline) {
		raw.Close()
		return
	}
	l.active.Go(func() {
		c.write()
		l.remove(c)
	})
	select {
	case l.ready <- c:
	case <-l.done:
		c.Close()
	}
}

// shake returns the connection in plain text.
func (l *Listener) shake(raw net.Conn) (net.Conn, peer, error) {
	_, inside := raw.(pipe) // the fence
	if l.options.Curve != nil && !inside {
		return secure(raw, l.options.Curve, l.local, l.options.Limits)
	}
	if _, err := raw.Write(greeting); err != nil {
		return nil, peer{}, err
	}
	p, err := readHandshake(raw, l.local)
	return raw, p, err
}

// pipe is a connection within the process, which needs no encryption.
type pipe struct{ net.Conn }

// handOverTime is how long a new client waits for one of the same identity to
// go: enough for a client that has just closed its old connection.
const handOverTime = 500 * time.Millisecond

// add enters a connection unless its identity is taken or the listener closed.
func (l *Listener) add(c *conn, raw net.Conn, p peer, deadline time.Time) bool {
	if limit := time.Now().Add(handOverTime); deadline.After(limit) {
		deadline = limit
	}
	for {
		if added, final := l.tryAdd(c, raw, p); added || final || time.Now().After(deadline) {
			return added
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// tryAdd enters a connection; final says that another try is of no use.
func (l *Listener) tryAdd(c *conn, raw net.Conn, p peer) (added, final bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false, true
	}
	for _, other := range l.conns {
		if p.identity != "" && other.identity == p.identity {
			return false, false
		}
	}
	l.shaken(raw) // Close must drain it from here on, not cut it off
	l.conns[c] = p
	return true, false
}

func (l *Listener) remove(c *conn) {
	l.mu.Lock()
	delete(l.conns, c)
	l.mu.Unlock()
}

// snapshot returns the connections of this moment.
func (l *Listener) snapshot() []*conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	conns := make([]*conn, 0, len(l.conns))
	for c := range l.conns {
		conns = append(conns, c)
	}
	return conns
}

// Accept implements net.Listener for zmq4.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.ready:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Addr returns the address that clients connect to.
func (l *Listener) Addr() net.Addr { return l.net.Addr() }

// Close stops listening, sends what is queued for each client, for at most the
// linger time, and closes the connections.
func (l *Listener) Close() error {
	if !l.closeOnce() {
		return nil
	}
	close(l.done)
	err := l.net.Close()
	for _, c := range l.snapshot() {
		c.Close()
	}
	l.active.Wait()
	return err
}

// closeOnce refuses further connections, ends the handshakes in progress, and
// says whether it was the first call.
func (l *Listener) closeOnce() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := !l.closed
	l.closed = true
	for _, raw := range l.shaking {
		raw.Close()
	}
	return first
}

// Settle waits until no client that reads has more than mark bytes waiting, so
// that a fast writer does not outrun it. Clients that do not read are waited for
// no longer than [Limits] has patience.
func (l *Listener) Settle(mark int) {
	for _, c := range l.snapshot() {
		for c.queue.behind(mark) {
			time.Sleep(time.Millisecond)
		}
	}
}
