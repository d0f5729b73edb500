package transport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

	"github.com/go-zeromq/zmq4"
	zmqtransport "github.com/go-zeromq/zmq4/transport"
)

// scheme is the name under which zmq4 knows the guard: it takes listeners only
// from a registered transport, by an address. Ours is a number that names a
// listener which is open already. Clients see plain tcp or ipc.
const scheme = "guarded"

// waiting holds the listeners between Listen and zmq4's call for them.
var waiting = struct {
	sync.Mutex
	register sync.Once
	next     int
	byName   map[string]*Listener
}{byName: map[string]*Listener{}}

// handOver makes socket listen with l.
func handOver(socket zmq4.Socket, l *Listener) error {
	var err error
	waiting.register.Do(func() { err = zmq4.RegisterTransport(scheme, guarded{}) })
	if err != nil {
		return fmt.Errorf("transport: %w", err)
	}
	waiting.Lock()
	waiting.next++
	name := fmt.Sprint(waiting.next)
	waiting.byName[name] = l
	waiting.Unlock()
	return socket.Listen(scheme + "://" + name)
}

// guarded implements zmq4's transport interface.
type guarded struct{}

// Listen returns the listener that waits under the name.
func (guarded) Listen(_ context.Context, name string) (net.Listener, error) {
	waiting.Lock()
	defer waiting.Unlock()
	l, ok := waiting.byName[name]
	if !ok {
		return nil, fmt.Errorf("transport: no listener %q", name)
	}
	delete(waiting.byName, name)
	return l, nil
}

// Dial is refused: the guard is for the side that listens.
func (guarded) Dial(context.Context, zmqtransport.Dialer, string) (net.Conn, error) {
	return nil, errors.New("transport: cannot dial through the guard")
}

// Addr returns the name as it is.
func (guarded) Addr(name string) (string, error) { return name, nil }
