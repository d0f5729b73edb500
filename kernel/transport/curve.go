package transport

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/go-zeromq/zmq4"
	"golang.org/x/crypto/nacl/box"
	"golang.org/x/crypto/nacl/secretbox"
)

// Curve is the long-term key pair of a socket that speaks CURVE: what passes is
// encrypted, and only who knows the public key can connect. The protocol is CurveZMQ
// (https://rfc.zeromq.org/spec/26) over ZMTP 3.0. Clients of any key are let in; who
// they are is the business of the signatures within the messages.
type Curve struct{ Public, Secret [32]byte }

const (
	curveHello    = "\x05HELLO"
	curveWelcome  = "\x07WELCOME"
	curveInitiate = "\x08INITIATE"
	curveReady    = "\x05READY"
	curveMessage  = "\x07MESSAGE"

	helloSize    = 200
	cookieSize   = 16 + 64 + secretbox.Overhead
	vouchSize    = 16 + 64 + box.Overhead
	initiateLess = len(curveInitiate) + cookieSize + 8 // before the box
	messageLess  = len(curveMessage) + 8               // before the box

	curveMore    = 1 // flags within a message
	curveCommand = 2
)

var errCurve = errors.New("transport: CURVE: handshake refused")

// curveGreeting opens a connection that speaks CURVE, as its server.
var curveGreeting = func() []byte {
	g := make([]byte, greetingSize)
	g[0], g[9], g[10] = 0xff, 0x7f, 3
	copy(g[12:], "CURVE")
	g[32] = 1
	return g
}()

// shortNonce is a nonce of a prefix of 16 bytes and a counter of 8.
func shortNonce(prefix string, counter []byte) (nonce [24]byte) {
	copy(nonce[:16], prefix)
	copy(nonce[16:], counter)
	return nonce
}

// longNonce is a nonce of a prefix of 8 bytes and 16 at random.
func longNonce(prefix string, random []byte) (nonce [24]byte) {
	copy(nonce[:8], prefix)
	copy(nonce[8:], random)
	return nonce
}

// curveShake is the server's side of one handshake.
type curveShake struct {
	keys   *Curve
	client [32]byte // transient public key of the client
	secret [32]byte // our transient secret key
	public [32]byte // and public key
	cookie []byte
	shared [32]byte // of the transient keys
}

// secure shakes hands with a client that speaks CURVE and returns the connection
// in plain text, as a client that has shaken hands without it would give it.
func secure(raw net.Conn, keys *Curve, local zmq4.SocketType, limits Limits) (net.Conn, peer, error) {
	if _, err := raw.Write(curveGreeting); err != nil {
		return nil, peer{}, err
	}
	if err := readGreetingOf(raw, "CURVE"); err != nil {
		return nil, peer{}, err
	}
	s := &curveShake{keys: keys}
	hello, err := readCommand(raw)
	if err != nil {
		return nil, peer{}, err
	}
	welcome, err := s.welcome(hello)
	if err != nil {
		return nil, peer{}, err
	}
	if err := writeCommand(raw, welcome); err != nil {
		return nil, peer{}, err
	}
	initiate, err := readCommand(raw)
	if err != nil {
		return nil, peer{}, err
	}
	p, last, err := s.initiated(initiate)
	if err != nil {
		return nil, peer{}, err
	}
	if err := accepts(local, p); err != nil {
		return nil, peer{}, err
	}
	if err := writeCommand(raw, s.ready(local)); err != nil {
		return nil, peer{}, err
	}
	return &curveConn{Conn: raw, shared: s.shared, received: last, sent: 1, limit: limits.Message, first: true}, p, nil
}

func writeCommand(w io.Writer, body []byte) error {
	out := frameHeader{command: true, size: uint64(len(body))}.append(nil)
	_, err := w.Write(append(out, body...))
	return err
}

// welcome answers HELLO, by which the client shows that it knows our public key.
func (s *curveShake) welcome(hello []byte) ([]byte, error) {
	if len(hello) != helloSize || !bytes.HasPrefix(hello, []byte(curveHello)) || hello[6] != 1 {
		return nil, errCurve
	}
	copy(s.client[:], hello[80:112])
	nonce := shortNonce("CurveZMQHELLO---", hello[112:120])
	if _, ok := box.Open(nil, hello[120:], &nonce, &s.client, &s.keys.Secret); !ok {
		return nil, errCurve
	}
	public, secret, err := box.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("transport: CURVE: %w", err)
	}
	s.public, s.secret = *public, *secret
	// The cookie is for servers that keep nothing between the steps; this one does,
	// and only wants it back.
	var once [32]byte
	var random [32]byte
	_, _ = rand.Read(once[:]) // never fails since Go 1.24
	_, _ = rand.Read(random[:])
	nonce = longNonce("COOKIE--", random[:16])
	s.cookie = secretbox.Seal(bytes.Clone(random[:16]), append(bytes.Clone(s.client[:]), s.secret[:]...), &nonce, &once)
	nonce = longNonce("WELCOME-", random[16:])
	out := append([]byte(curveWelcome), random[16:]...)
	return box.Seal(out, append(bytes.Clone(s.public[:]), s.cookie...), &nonce, &s.client, &s.keys.Secret), nil
}

// initiated reads INITIATE, by which the client shows that it owns its keys, and
// returns what it says of itself and its counter.
func (s *curveShake) initiated(body []byte) (peer, uint64, error) {
	if len(body) < initiateLess+box.Overhead+32+vouchSize || !bytes.HasPrefix(body, []byte(curveInitiate)) {
		return peer{}, 0, errCurve
	}
	if subtle.ConstantTimeCompare(body[len(curveInitiate):len(curveInitiate)+cookieSize], s.cookie) != 1 {
		return peer{}, 0, errCurve
	}
	box.Precompute(&s.shared, &s.client, &s.secret)
	counter := body[initiateLess-8 : initiateLess]
	nonce := shortNonce("CurveZMQINITIATE", counter)
	plain, ok := box.OpenAfterPrecomputation(nil, body[initiateLess:], &nonce, &s.shared)
	if !ok {
		return peer{}, 0, errCurve
	}
	var long [32]byte
	copy(long[:], plain)
	vouch := plain[32 : 32+vouchSize]
	nonce = longNonce("VOUCH---", vouch[:16])
	vouched, ok := box.Open(nil, vouch[16:], &nonce, &long, &s.secret)
	if !ok || subtle.ConstantTimeCompare(vouched, append(bytes.Clone(s.client[:]), s.keys.Public[:]...)) != 1 {
		return peer{}, 0, errCurve
	}
	p, err := parseProperties(plain[32+vouchSize:])
	return p, binary.BigEndian.Uint64(counter), err
}

// ready says what this side is.
func (s *curveShake) ready(local zmq4.SocketType) []byte {
	properties := appendProperty(nil, propertyType, string(local))
	properties = appendProperty(properties, propertyIdent, "")
	counter := binary.BigEndian.AppendUint64(nil, 1)
	nonce := shortNonce("CurveZMQREADY---", counter)
	return box.SealAfterPrecomputation(append([]byte(curveReady), counter...), properties, &nonce, &s.shared)
}

// curveConn is a connection in plain text over one that is encrypted. One
// goroutine may read while another writes.
type curveConn struct {
	net.Conn
	shared [32]byte
	limit  int64 // bytes of a message

	received uint64 // counter of the client's latest message
	plain    []byte // frames to hand out

	sent    uint64 // counter of our latest message
	pending []byte // the beginning of a frame to be sent
	first   bool   // the first frame, zmq4's READY, is still to come, and not for the client
}

// Read hands out frames.
func (c *curveConn) Read(p []byte) (int, error) {
	for len(c.plain) == 0 {
		if err := c.open(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.plain)
	c.plain = c.plain[n:]
	return n, nil
}

// open reads one message and leaves its frame in plain.
func (c *curveConn) open() error {
	h, err := readFrameHeader(c.Conn)
	if err != nil {
		return err
	}
	const least = messageLess + box.Overhead + 1
	if h.more || h.size < uint64(least) || h.size > uint64(c.limit)+uint64(least) {
		return fmt.Errorf("transport: CURVE: message of %d bytes, want %d to %d", h.size, least, c.limit)
	}
	var body bytes.Buffer // grows with what really comes
	if _, err := io.CopyN(&body, c.Conn, int64(h.size)); err != nil {
		return err
	}
	b := body.Bytes()
	counter := binary.BigEndian.Uint64(b[len(curveMessage):messageLess])
	if !bytes.HasPrefix(b, []byte(curveMessage)) || counter <= c.received {
		return errors.New("transport: CURVE: no message, or one that came before")
	}
	nonce := shortNonce("CurveZMQMESSAGEC", b[len(curveMessage):messageLess])
	plain, ok := box.OpenAfterPrecomputation(nil, b[messageLess:], &nonce, &c.shared)
	if !ok {
		return errors.New("transport: CURVE: message is not the client's")
	}
	c.received = counter
	frame := frameHeader{more: plain[0]&curveMore != 0, command: plain[0]&curveCommand != 0, size: uint64(len(plain) - 1)}
	c.plain = append(frame.append(nil), plain[1:]...)
	return nil
}

// Write encrypts the frames in p; one that is not whole waits for its rest.
func (c *curveConn) Write(p []byte) (int, error) {
	c.pending = append(c.pending, p...)
	var out []byte
	for {
		r := bytes.NewReader(c.pending)
		h, err := readFrameHeader(r)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || err == nil && uint64(r.Len()) < h.size {
			break // not whole
		}
		if err != nil {
			return 0, err
		}
		begin := len(c.pending) - r.Len()
		end := begin + int(h.size)
		if !c.first {
			out = c.seal(out, h, c.pending[begin:end])
		}
		c.first = false
		c.pending = c.pending[end:]
	}
	if len(c.pending) == 0 {
		c.pending = nil
	}
	if len(out) == 0 {
		return len(p), nil
	}
	if _, err := c.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// seal appends a frame as an encrypted message.
func (c *curveConn) seal(out []byte, h frameHeader, body []byte) []byte {
	plain := make([]byte, 1, 1+len(body))
	if h.more {
		plain[0] |= curveMore
	}
	if h.command {
		plain[0] |= curveCommand
	}
	plain = append(plain, body...)
	c.sent++
	counter := binary.BigEndian.AppendUint64(nil, c.sent)
	nonce := shortNonce("CurveZMQMESSAGES", counter)
	out = frameHeader{size: uint64(messageLess + len(plain) + box.Overhead)}.append(out)
	out = append(append(out, curveMessage...), counter...)
	return box.SealAfterPrecomputation(out, plain, &nonce, &c.shared)
}
