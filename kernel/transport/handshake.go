package transport

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-zeromq/zmq4"
)

const (
	greetingSize   = 64
	maxReady       = 4 << 10 // bytes of a READY command; real ones have about 50
	maxIdentity    = 255     // bytes, by the protocol
	propertyType   = "Socket-Type"
	propertyIdent  = "Identity"
	commandReady   = "READY"
	mechanismField = 20
)

// greeting opens a ZMTP 3.0 connection: signature, version, mechanism NULL.
var greeting = func() []byte {
	g := make([]byte, greetingSize)
	g[0], g[9], g[10] = 0xff, 0x7f, 3
	copy(g[12:], "NULL")
	return g
}()

// peer is what a handshake says of the other side.
type peer struct {
	socket   zmq4.SocketType
	identity string
}

// compatible lists the sockets that may connect to a listening one.
var compatible = map[zmq4.SocketType][]zmq4.SocketType{
	zmq4.Router: {zmq4.Req, zmq4.Dealer, zmq4.Router},
	zmq4.Pub:    {zmq4.Sub, zmq4.XSub},
}

// readHandshake reads greeting and READY of a peer that connects to a socket of
// type local.
func readHandshake(r io.Reader, local zmq4.SocketType) (peer, error) {
	if err := readGreeting(r); err != nil {
		return peer{}, err
	}
	body, err := readCommand(r)
	if err != nil {
		return peer{}, err
	}
	p, err := parseReady(body)
	if err != nil {
		return peer{}, err
	}
	return p, accepts(local, p)
}

// accepts says why a peer may not connect to a socket of type local; nil: it may.
func accepts(local zmq4.SocketType, p peer) error {
	if !slices.Contains(compatible[local], p.socket) {
		return fmt.Errorf("transport: handshake: %q may not connect to %s", p.socket, local)
	}
	return nil
}

func readGreeting(r io.Reader) error { return readGreetingOf(r, "NULL") }

// readGreetingOf reads the greeting of a peer that speaks the mechanism.
func readGreetingOf(r io.Reader, want string) error {
	var g [greetingSize]byte
	if _, err := io.ReadFull(r, g[:]); err != nil {
		return fmt.Errorf("transport: greeting: %w", err)
	}
	mechanism := bytes.TrimRight(g[12:12+mechanismField], "\x00")
	switch {
	case g[0] != 0xff || g[9] != 0x7f:
		return errors.New("transport: greeting: not ZMTP")
	case g[10] < 3:
		return fmt.Errorf("transport: greeting: ZMTP %d, want 3 or newer", g[10])
	case string(mechanism) != want:
		return fmt.Errorf("transport: greeting: mechanism %q, want %s", mechanism, want)
	}
	return nil
}

// readCommand returns the body of one command frame.
func readCommand(r io.Reader) ([]byte, error) {
	h, err := readFrameHeader(r)
	if err != nil {
		return nil, err
	}
	if !h.command || h.more || h.size > maxReady {
		return nil, fmt.Errorf("transport: handshake: no command of at most %d bytes", maxReady)
	}
	body := make([]byte, h.size)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, fmt.Errorf("transport: handshake: %w", err)
	}
	return body, nil
}

// parseReady decodes the body of a READY command. Of its properties only those
// that are spelled exactly as in the protocol count; the others stay here.
func parseReady(body []byte) (peer, error) {
	name, rest, ok := cutCounted(body, 1)
	if !ok || string(name) != commandReady {
		return peer{}, errors.New("transport: handshake: no READY command")
	}
	return parseProperties(rest)
}

// parseProperties decodes the properties of a command.
func parseProperties(rest []byte) (peer, error) {
	var p peer
	for len(rest) > 0 {
		var key, value []byte
		var ok bool
		if key, rest, ok = cutCounted(rest, 1); !ok || len(key) == 0 {
			return peer{}, errors.New("transport: READY: broken property name")
		}
		if value, rest, ok = cutCounted(rest, 4); !ok {
			return peer{}, errors.New("transport: READY: broken property value")
		}
		switch string(key) {
		case propertyType:
			p.socket = zmq4.SocketType(value)
		case propertyIdent:
			p.identity = string(value)
		}
	}
	if len(p.identity) > maxIdentity {
		return peer{}, fmt.Errorf("transport: READY: identity of %d bytes, want at most %d", len(p.identity), maxIdentity)
	}
	return p, nil
}

// cutCounted splits b after a string that a big-endian count of width bytes
// precedes.
func cutCounted(b []byte, width int) (head, tail []byte, ok bool) {
	if len(b) < width {
		return nil, nil, false
	}
	var count uint64
	for _, digit := range b[:width] {
		count = count<<8 | uint64(digit)
	}
	b = b[width:]
	if count > uint64(len(b)) {
		return nil, nil, false
	}
	return b[:count], b[count:], true
}

// handshake returns greeting and READY of p in their one canonical form.
func (p peer) handshake() []byte {
	body := append([]byte{byte(len(commandReady))}, commandReady...)
	body = appendProperty(body, propertyType, string(p.socket))
	body = appendProperty(body, propertyIdent, p.identity)
	out := bytes.Clone(greeting)
	out = frameHeader{command: true, size: uint64(len(body))}.append(out)
	return append(out, body...)
}

func appendProperty(b []byte, key, value string) []byte {
	b = append(b, byte(len(key)))
	b = append(b, key...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(value)))
	return append(b, value...)
}
