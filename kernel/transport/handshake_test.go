package transport

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-zeromq/zmq4"
)

// hello is a correct handshake of a client.
func hello(socket zmq4.SocketType, identity string) []byte {
	return peer{socket: socket, identity: identity}.handshake()
}

func TestHandshakeRoundTrip(t *testing.T) {
	for _, want := range []peer{
		{socket: zmq4.Dealer, identity: "client"},
		{socket: zmq4.Req},
		{socket: zmq4.Router, identity: strings.Repeat("x", 255)},
	} {
		got, err := readHandshake(bytes.NewReader(want.handshake()), zmq4.Router)
		if err != nil || got != want {
			t.Errorf("%+v, error %v, want %+v", got, err, want)
		}
	}
}

// ready is a handshake with a READY command of these properties.
func ready(properties ...string) []byte {
	body := []byte("\x05READY")
	for i := 0; i < len(properties); i += 2 {
		body = appendProperty(body, properties[i], properties[i+1])
	}
	return command(body)
}

// command is a greeting and a command.
func command(body []byte) []byte {
	out := frameHeader{command: true, size: uint64(len(body))}.append(bytes.Clone(greeting))
	return append(out, body...)
}

// changed is greeting and READY with one byte set.
func changed(at int, value byte) []byte {
	b := ready("Socket-Type", "DEALER")
	b[at] = value
	return b
}

var badHandshakes = map[string][]byte{
	"empty":               {},
	"half a greeting":     greeting[:30],
	"greeting only":       greeting,
	"HTTP":                []byte("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: something long enough\r\n\r\n"),
	"signature":           changed(0, 0xfe),
	"signature end":       changed(9, 0),
	"ZMTP 2":              changed(10, 2),
	"PLAIN":               append(append(bytes.Clone(greeting[:12]), "PLAIN"...), make([]byte, 47)...),
	"message":             changed(64, 0),
	"reserved flag":       changed(64, 0x84),
	"no command name":     command(nil),
	"other command":       command([]byte("\x05HELLO")),
	"no properties":       ready(),
	"no socket type":      ready("Identity", "x"),
	"spelling":            ready("socket-type", "DEALER"),
	"unknown socket type": ready("Socket-Type", "GARBAGE"),
	"wrong socket type":   ready("Socket-Type", "SUB"),
	"empty name":          ready("", "x", "Socket-Type", "DEALER"),
	"long identity":       ready("Socket-Type", "DEALER", "Identity", strings.Repeat("x", 256)),
	"name too long":       command([]byte("\x05READY\xffSocket-Type")),
	"value too long":      command([]byte("\x05READY\x0bSocket-Type\xff\xff\xff\xffDEALER")),
	"long command":        ready("Socket-Type", "DEALER", "X-Padding", strings.Repeat("x", maxReady)),
	"absurd length":       append(bytes.Clone(greeting), 6, 0x40, 0, 0, 0, 0, 0, 0, 0),
}

func TestBadHandshakesAreRefused(t *testing.T) {
	for name, b := range badHandshakes {
		if p, err := readHandshake(bytes.NewReader(b), zmq4.Router); err == nil {
			t.Errorf("%s: accepted as %+v", name, p)
		}
	}
}

func TestUnknownPropertiesStayBehind(t *testing.T) {
	in := ready("X-Other", "1", "socket-type", "GARBAGE", "Socket-Type", "DEALER", "identity", "y", "Identity", "x")
	p, err := readHandshake(bytes.NewReader(in), zmq4.Router)
	if want := (peer{socket: zmq4.Dealer, identity: "x"}); err != nil || p != want {
		t.Errorf("%+v, error %v, want %+v", p, err, want)
	}
}

// FuzzHandshake demands that what is accepted is played back to zmq4 as an equal
// and canonical handshake.
func FuzzHandshake(f *testing.F) {
	f.Add(hello(zmq4.Dealer, "client"))
	f.Add(hello(zmq4.Req, ""))
	for _, b := range badHandshakes {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := readHandshake(bytes.NewReader(b), zmq4.Router)
		if err != nil {
			return
		}
		again, err := readHandshake(bytes.NewReader(p.handshake()), zmq4.Router)
		if err != nil || again != p {
			t.Errorf("%+v comes back as %+v, error %v", p, again, err)
		}
	})
}
