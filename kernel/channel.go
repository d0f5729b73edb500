package kernel

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel/transport"
	"crossbook/kernel/wire"
)

// channel is one of the kernel's sockets and its guard.
type channel struct {
	socket zmq4.Socket
	guard  *transport.Listener
}

// openFunc is zmq4.NewRouter or zmq4.NewPub.
type openFunc func(context.Context, ...zmq4.Option) zmq4.Socket

// place is where a socket listens and who is told of subscriptions to it.
type place struct {
	connection wire.Connection
	port       *int // 0 is set to the one chosen
	options    transport.Options
}

// open makes a socket that listens.
func open(ctx context.Context, kind openFunc, at place) (channel, error) {
	quiet := zmq4.WithLogger(log.New(io.Discard, "", 0)) // what peers do wrong is no news
	socket := kind(ctx, quiet)
	network, address := at.connection.Endpoint(*at.port)
	guard, err := transport.Listen(socket, network, address, at.options)
	if err != nil {
		return channel{}, fmt.Errorf("kernel: listen: %w", err)
	}
	if tcp, ok := guard.Addr().(*net.TCPAddr); ok {
		*at.port = tcp.Port
	}
	return channel{socket: socket, guard: guard}, nil
}

// receive returns the next message that is one and was not received before,
// dropping all others; it fails only when the socket is closed.
func (c channel) receive(ctx context.Context, signer wire.Signer, seen *wire.Seen) (wire.Message, error) {
	for {
		raw, err := c.socket.Recv()
		if ctx.Err() != nil {
			return wire.Message{}, ctx.Err()
		}
		if err != nil {
			continue // a client is gone
		}
		if m, err := wire.Parse(raw.Frames, signer); err == nil && seen.First(m.Signature) {
			return m, nil
		}
	}
}

// send writes a message; a client that is gone is not an error.
func (c channel) send(m wire.Message, signer wire.Signer) error {
	frames, err := m.Frames(signer)
	if err != nil {
		return err
	}
	c.sendFrames(frames)
	return nil
}

func (c channel) sendFrames(frames [][]byte) { c.socket.SendMulti(zmq4.NewMsgFrom(frames...)) }

// close sends what is queued and closes the socket.
func (c channel) close() {
	if c.socket != nil {
		c.socket.Close()
	}
}
