package transport

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/go-zeromq/zmq4"
)

const (
	maxAnswer       = 1 << 20 // bytes of a frame
	maxAnswerFrames = 64
)

// Exchange connects to a ROUTER socket as a DEALER does, sends one message and
// returns the one that comes back. It tries until ctx ends while nobody listens.
func Exchange(ctx context.Context, network, address string, message [][]byte) ([][]byte, error) {
	c, err := dial(ctx, network, address)
	if err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.SetDeadline(time.Now()) })
	defer stop()
	answer, err := converse(c, message)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return answer, err
}

// converse shakes hands, sends the message and reads one. It waits for the other
// side at each step: libzmq closes a connection on which too much comes at once.
func converse(c net.Conn, message [][]byte) ([][]byte, error) {
	r := bufio.NewReader(c)
	hello := peer{socket: zmq4.Dealer}.handshake()
	if _, err := c.Write(hello[:greetingSize]); err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	if err := readGreeting(r); err != nil {
		return nil, err
	}
	if _, err := c.Write(hello[greetingSize:]); err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	body, err := readCommand(r)
	if err != nil {
		return nil, err
	}
	p, err := parseReady(body)
	if err != nil {
		return nil, err
	}
	if p.socket != zmq4.Router {
		return nil, fmt.Errorf("transport: the other side is a %q, want a ROUTER", p.socket)
	}
	var out []byte
	for i, frame := range message {
		out = frameHeader{more: i < len(message)-1, size: uint64(len(frame))}.append(out)
		out = append(out, frame...)
	}
	if _, err := c.Write(out); err != nil {
		return nil, fmt.Errorf("transport: %w", err)
	}
	return readAnswer(r)
}

// dialEvery is the time between two attempts to connect.
const dialEvery = 50 * time.Millisecond

func dial(ctx context.Context, network, address string) (net.Conn, error) {
	for {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err == nil {
			return c, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(dialEvery):
		}
	}
}

// readAnswer reads one message.
func readAnswer(r io.Reader) ([][]byte, error) {
	var frames [][]byte
	for len(frames) < maxAnswerFrames {
		h, err := readFrameHeader(r)
		if err != nil {
			return nil, err
		}
		if h.size > maxAnswer {
			return nil, fmt.Errorf("transport: frame of %d bytes, want at most %d", h.size, maxAnswer)
		}
		frame := make([]byte, h.size)
		if _, err := io.ReadFull(r, frame); err != nil {
			return nil, fmt.Errorf("transport: frame: %w", err)
		}
		if h.command {
			continue
		}
		frames = append(frames, frame)
		if !h.more {
			return frames, nil
		}
	}
	return nil, errors.New("transport: message of too many frames")
}
