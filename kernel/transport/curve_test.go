package transport

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"testing"

	"github.com/go-zeromq/zmq4"
	"golang.org/x/crypto/nacl/box"
)

// curveKeys makes a key pair.
func curveKeys(t testing.TB) *Curve {
	t.Helper()
	public, secret, err := box.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &Curve{Public: *public, Secret: *secret}
}

// curvePeer is the client's side of a connection that speaks CURVE.
type curvePeer struct {
	net.Conn
	shared  [32]byte
	counter uint64
	change  func(step int, body []byte) []byte // what is sent in place of a command; nil: itself
}

func (p *curvePeer) command(step int, body []byte) error {
	if p.change != nil {
		body = p.change(step, body)
	}
	return writeCommand(p.Conn, body)
}

func (p *curvePeer) next() []byte {
	p.counter++
	return binary.BigEndian.AppendUint64(nil, p.counter)
}

// shake shakes hands with a server of the public key.
func (p *curvePeer) shake(server [32]byte, long *Curve, socket zmq4.SocketType) error {
	short, secret, err := box.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	hello := bytes.Clone(curveGreeting)
	hello[32] = 0
	if _, err := p.Write(hello); err != nil {
		return err
	}
	if err := readGreetingOf(p.Conn, "CURVE"); err != nil {
		return err
	}
	body := append([]byte(curveHello), 1, 0)
	body = append(append(body, make([]byte, 72)...), short[:]...)
	counter := p.next()
	nonce := shortNonce("CurveZMQHELLO---", counter)
	body = box.Seal(append(body, counter...), make([]byte, 64), &nonce, &server, secret)
	if err := p.command(1, body); err != nil {
		return err
	}
	welcome, err := readCommand(p.Conn)
	if err != nil {
		return err
	}
	nonce = longNonce("WELCOME-", welcome[8:24])
	plain, ok := box.Open(nil, welcome[24:], &nonce, &server, secret)
	if !ok || len(plain) != 32+cookieSize {
		return fmt.Errorf("WELCOME is not the server's")
	}
	other := [32]byte(plain)
	box.Precompute(&p.shared, &other, secret)
	var random [16]byte
	_, _ = rand.Read(random[:])
	nonce = longNonce("VOUCH---", random[:])
	vouch := box.Seal(random[:], append(bytes.Clone(short[:]), server[:]...), &nonce, &other, &long.Secret)
	inner := append(append(bytes.Clone(long.Public[:]), vouch...), appendProperty(nil, propertyType, string(socket))...)
	counter = p.next()
	nonce = shortNonce("CurveZMQINITIATE", counter)
	body = append(append([]byte(curveInitiate), plain[32:]...), counter...)
	if err := p.command(2, box.SealAfterPrecomputation(body, inner, &nonce, &p.shared)); err != nil {
		return err
	}
	_, err = readCommand(p.Conn)
	return err
}

// message is an encrypted frame.
func (p *curvePeer) message(counter []byte, text string) []byte {
	nonce := shortNonce("CurveZMQMESSAGEC", counter)
	body := box.SealAfterPrecomputation(append([]byte(curveMessage), counter...), append([]byte{0}, text...), &nonce, &p.shared)
	return append(frameHeader{size: uint64(len(body))}.append(nil), body...)
}

// receive reads an encrypted frame.
func (p *curvePeer) receive() (string, error) {
	h, err := readFrameHeader(p.Conn)
	if err != nil {
		return "", err
	}
	body := make([]byte, h.size)
	if _, err := io.ReadFull(p.Conn, body); err != nil {
		return "", err
	}
	nonce := shortNonce("CurveZMQMESSAGES", body[8:16])
	plain, ok := box.OpenAfterPrecomputation(nil, body[16:], &nonce, &p.shared)
	if !ok {
		return "", fmt.Errorf("a message that is not the server's")
	}
	return string(plain[1:]), nil
}

// curvePong says whether a new client that speaks CURVE gets its message back.
func curvePong(t *testing.T, l *Listener, server [32]byte) error {
	t.Helper()
	p := &curvePeer{Conn: connect(t, l)}
	if err := p.shake(server, curveKeys(t), zmq4.Dealer); err != nil {
		return err
	}
	for _, text := range []string{"ping", string(make([]byte, 1<<20))} {
		if _, err := p.Write(p.message(p.next(), text)); err != nil {
			return err
		}
		if back, err := p.receive(); err != nil || back != text {
			return fmt.Errorf("%d bytes came back for %d (%w)", len(back), len(text), err)
		}
	}
	return nil
}

func TestCurve(t *testing.T) {
	keys := curveKeys(t)
	l := echo(t, Options{Curve: keys})
	if err := curvePong(t, l, keys.Public); err != nil {
		t.Error(err)
	}
	if err := curvePong(t, l, curveKeys(t).Public); err == nil {
		t.Error("a client that does not know the server's key is let in")
	}
	plain := connect(t, l)
	if err := shakeHands(t, plain, zmq4.Dealer, ""); err == nil {
		t.Error("a client that does not encrypt is let in")
	}
	p := &curvePeer{Conn: connect(t, l)}
	if err := p.shake(keys.Public, curveKeys(t), zmq4.Sub); err == nil {
		t.Error("a SUB is let in to a ROUTER")
	}
	if err := curvePong(t, l, keys.Public); err != nil {
		t.Error(err)
	}
}

// TestCurveRefusesWhatCameBefore: a message that is sent again, changed or not,
// ends the connection.
func TestCurveRefusesWhatCameBefore(t *testing.T) {
	keys := curveKeys(t)
	l := echo(t, Options{Curve: keys})
	for name, again := range map[string]func(p *curvePeer, message []byte) []byte{
		"replayed":  func(_ *curvePeer, m []byte) []byte { return m },
		"changed":   func(_ *curvePeer, m []byte) []byte { m[len(m)-1] ^= 1; return m },
		"old nonce": func(p *curvePeer, _ []byte) []byte { return p.message(make([]byte, 8), "x") },
		"plain":     func(*curvePeer, []byte) []byte { return frame("plain text that is long enough to be a message") },
		"short":     func(*curvePeer, []byte) []byte { return frame("x") },
		"absurd":    func(*curvePeer, []byte) []byte { return []byte{2, 0x40, 0, 0, 0, 0, 0, 0, 0} },
	} {
		p := &curvePeer{Conn: connect(t, l)}
		if err := p.shake(keys.Public, curveKeys(t), zmq4.Dealer); err != nil {
			t.Fatal(err)
		}
		m := p.message(p.next(), "once")
		if _, err := p.Write(m); err != nil {
			t.Fatal(err)
		}
		if back, err := p.receive(); err != nil || back != "once" {
			t.Fatalf("%q, %v", back, err)
		}
		if _, err := p.Write(again(p, bytes.Clone(m))); err != nil {
			t.Fatal(err)
		}
		if !cut(p) {
			t.Errorf("%s: the connection is still open", name)
		}
	}
}

// TestMutatedCurveHandshakes changes a few bytes of HELLO or INITIATE.
func TestMutatedCurveHandshakes(t *testing.T) {
	keys := curveKeys(t)
	l := echo(t, Options{Curve: keys})
	rng := mathrand.New(mathrand.NewPCG(5, 6))
	long := curveKeys(t)
	for i := range 200 {
		p := &curvePeer{Conn: connect(t, l)}
		changed := false
		p.change = func(step int, body []byte) []byte {
			if step != 1+i%2 {
				return body
			}
			out := mutate(rng, bytes.Clone(body))
			// The padding and the minor version of HELLO mean nothing.
			changed = len(out) != len(body) || step == 2 && !bytes.Equal(out, body) ||
				!bytes.Equal(out[:7], body[:7]) || !bytes.Equal(out[80:], body[80:])
			return out
		}
		if err := p.shake(keys.Public, long, zmq4.Dealer); err == nil && changed {
			t.Errorf("handshake %d was changed and is accepted", i)
		}
		p.Close()
	}
	if err := curvePong(t, l, keys.Public); err != nil {
		t.Error(err)
	}
}
