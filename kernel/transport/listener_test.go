package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// soon bounds every wait of these tests.
const soon = 10 * time.Second

// echo runs a ROUTER that sends every message back to its sender.
func echo(t *testing.T, options Options) *Listener {
	t.Helper()
	return echoAt(t, "tcp", "127.0.0.1:0", options)
}

func echoAt(t *testing.T, network, address string, options Options) *Listener {
	t.Helper()
	ctx := t.Context()
	router := zmq4.NewRouter(ctx, zmq4.WithLogger(log.New(io.Discard, "", 0)))
	l, err := Listen(router, network, address, options)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for ctx.Err() == nil {
			if m, err := router.Recv(); err == nil {
				router.SendMulti(m)
			}
		}
	}()
	t.Cleanup(func() { router.Close() })
	return l
}

// connect opens a plain connection with a deadline.
func connect(t *testing.T, l *Listener) net.Conn {
	t.Helper()
	c, err := net.Dial(l.Addr().Network(), l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(soon))
	t.Cleanup(func() { c.Close() })
	return c
}

// shakeHands completes the client's side of a handshake.
func shakeHands(t *testing.T, c net.Conn, socket zmq4.SocketType, identity string) error {
	t.Helper()
	if _, err := c.Write(hello(socket, identity)); err != nil {
		return err
	}
	if err := readGreeting(c); err != nil {
		return err
	}
	_, err := readCommand(c)
	return err
}

// frame is a message of one frame.
func frame(body string) []byte {
	return append(frameHeader{size: uint64(len(body))}.append(nil), body...)
}

// served says whether a new client gets its message back.
func served(t *testing.T, l *Listener) error {
	t.Helper()
	c := connect(t, l)
	if err := shakeHands(t, c, zmq4.Dealer, ""); err != nil {
		return err
	}
	return exchange(c, "ping")
}

func exchange(c net.Conn, text string) error {
	if _, err := c.Write(frame(text)); err != nil {
		return err
	}
	back := make([]byte, len(frame(text)))
	if _, err := io.ReadFull(c, back); err != nil {
		return err
	}
	if !bytes.Equal(back, frame(text)) {
		return fmt.Errorf("%q came back for %q", back, text)
	}
	return nil
}

// cut says whether the peer closes the connection.
func cut(c net.Conn) bool {
	_, err := io.Copy(io.Discard, c)
	return err == nil || !errors.Is(err, os.ErrDeadlineExceeded)
}

func TestHalfOpenConnectionsAreHarmless(t *testing.T) {
	l := echo(t, Options{})
	for i := range 50 {
		c := connect(t, l)
		if _, err := c.Write(greeting[:i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := served(t, l); err != nil {
		t.Error(err)
	}
}

func TestSilentPeerIsCutOffAtTheDeadline(t *testing.T) {
	l := echo(t, Options{Limits: Limits{Handshake: 50 * time.Millisecond}})
	if !cut(connect(t, l)) {
		t.Error("the connection is still open")
	}
}

func TestTheOldestOfTooManyHandshakesGivesWay(t *testing.T) {
	l := echo(t, Options{Limits: Limits{Handshakes: 2, Handshake: time.Minute}})
	var conns []net.Conn
	for range 3 {
		c := connect(t, l)
		if _, err := io.ReadFull(c, make([]byte, greetingSize)); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, c)
	}
	if !cut(conns[0]) {
		t.Error("the oldest handshake goes on")
	}
	for _, c := range conns[1:] {
		if err := shakeHandsAfterGreeting(c); err != nil {
			t.Errorf("a younger handshake: %v", err)
		}
	}
}

// shakeHandsAfterGreeting completes a handshake of which the greeting is read.
func shakeHandsAfterGreeting(c net.Conn) error {
	if _, err := c.Write(hello(zmq4.Dealer, "")); err != nil {
		return err
	}
	_, err := readCommand(c)
	return err
}

// TestClientsAreServedInAFlood of half-open connections, more than there may be
// handshakes at once, with the limits that a kernel has.
func TestClientsAreServedInAFlood(t *testing.T) {
	l := echo(t, Options{})
	flood := l.options.Limits.Handshakes * 3 / 2
	for i := range flood {
		if _, err := connect(t, l).Write(greeting[:i%greetingSize]); err != nil {
			t.Fatal(err)
		}
		if i%64 == 0 {
			if err := served(t, l); err != nil {
				t.Fatalf("after %d half-open connections: %v", i, err)
			}
		}
	}
	if err := served(t, l); err != nil {
		t.Error(err)
	}
}

// TestMutatedHandshakes sends handshakes with a few bytes changed, left out or
// added. zmq4 alone dies of one in six of them.
func TestMutatedHandshakes(t *testing.T) {
	l := echoAt(t, "unix", filepath.Join(t.TempDir(), "s"), Options{}) // uses up no ports
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range mutations(t) {
		c := connect(t, l)
		c.Write(mutate(rng, append(hello(zmq4.Dealer, "client"), frame("x")...)))
		c.Close()
		if i%500 == 0 {
			if err := served(t, l); err != nil {
				t.Fatalf("after %d handshakes: %v", i, err)
			}
		}
	}
	if err := served(t, l); err != nil {
		t.Error(err)
	}
}

// mutations is the number of handshakes to be tried: 1,000, or that of
// CROSSBOOK_MUTATIONS.
func mutations(t *testing.T) int {
	t.Helper()
	text := os.Getenv("CROSSBOOK_MUTATIONS")
	if text == "" {
		return 1000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("CROSSBOOK_MUTATIONS: %v", err)
	}
	return n
}

func mutate(rng *rand.Rand, b []byte) []byte {
	for range 1 + rng.IntN(3) {
		if len(b) == 0 {
			break
		}
		at := rng.IntN(len(b))
		switch rng.IntN(4) {
		case 0:
			b[at] = byte(rng.IntN(256))
		case 1:
			b = slices.Delete(b, at, min(at+1+rng.IntN(4), len(b)))
		case 2:
			b = slices.Insert(b, at, byte(rng.IntN(256)))
		default:
			b = b[:max(at, 1)]
		}
	}
	return b
}

func TestOversizedFramesAreCutOff(t *testing.T) {
	l := echo(t, Options{Limits: Limits{Message: 1000, Frames: 3}})
	for name, b := range map[string][]byte{
		"long frame":    frame(string(make([]byte, 1001))),
		"absurd":        {2, 0x40, 0, 0, 0, 0, 0, 0, 0},
		"negative":      {2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"long message":  append(frameHeader{more: true, size: 600}.append(nil), append(make([]byte, 600), frame(string(make([]byte, 600)))...)...),
		"many frames":   {1, 0, 1, 0, 1, 0, 0, 0},
		"reserved flag": {8, 0},
		"long command":  frameHeader{command: true, size: maxReady + 1}.append(nil),
	} {
		c := connect(t, l)
		if err := shakeHands(t, c, zmq4.Dealer, ""); err != nil {
			t.Fatal(err)
		}
		c.Write(b)
		if !cut(c) {
			t.Errorf("%s: the connection is still open", name)
		}
	}
	if err := served(t, l); err != nil {
		t.Error(err)
	}
}

func TestSecondClientOfAnIdentityIsRefused(t *testing.T) {
	l := echo(t, Options{})
	first := connect(t, l)
	if err := shakeHands(t, first, zmq4.Dealer, "same"); err != nil {
		t.Fatal(err)
	}
	if err := exchange(first, "one"); err != nil {
		t.Fatal(err)
	}
	if err := shakeHands(t, connect(t, l), zmq4.Dealer, "same"); err == nil {
		t.Error("a second client was accepted")
	}
	if err := exchange(first, "two"); err != nil {
		t.Error(err)
	}
}

func TestIdentityIsFreeOnceItsClientIsGone(t *testing.T) {
	l := echo(t, Options{})
	for range 20 {
		c := connect(t, l)
		if err := shakeHands(t, c, zmq4.Dealer, "same"); err != nil {
			t.Fatal(err)
		}
		if err := exchange(c, "hello"); err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
}

func TestClientsThatComeAndGoLeaveNothing(t *testing.T) {
	l := echo(t, Options{})
	if err := served(t, l); err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	for i := range 100 {
		c := connect(t, l)
		if err := shakeHands(t, c, zmq4.Dealer, ""); err != nil {
			t.Fatal(err)
		}
		if i%2 == 0 {
			if err := exchange(c, "hello"); err != nil {
				t.Fatal(err)
			}
		} else {
			c.Write([]byte{2, 0, 0}) // half a header
		}
		c.Close()
	}
	for deadline := time.Now().Add(soon); len(l.snapshot()) > 1 || runtime.NumGoroutine() > before+2; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d connections and %d goroutines are left, want 1 and %d", len(l.snapshot()), runtime.NumGoroutine(), before)
		}
	}
}

func TestClientThatDoesNotReadIsDroppedAlone(t *testing.T) {
	l := echo(t, Options{Limits: Limits{Queue: 1 << 20, Patience: 50 * time.Millisecond, Linger: 50 * time.Millisecond}})
	deaf := connect(t, l)
	if err := shakeHands(t, deaf, zmq4.Dealer, "deaf"); err != nil {
		t.Fatal(err)
	}
	big := frame(string(make([]byte, 256<<10)))
	for deadline := time.Now().Add(soon); ; { // until both kernels' buffers are full too
		if _, err := deaf.Write(big); err != nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the client was not dropped")
		}
	}
	if err := served(t, l); err != nil {
		t.Error(err)
	}
}

func TestListenRefusesOtherSockets(t *testing.T) {
	if _, err := Listen(zmq4.NewPull(context.Background()), "tcp", "127.0.0.1:0", Options{}); err == nil {
		t.Error("a PULL socket was accepted")
	}
}

func TestUnixSocket(t *testing.T) {
	path := filepath.Join(shortDir(t), "s")
	stale, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	stale.SetUnlinkOnClose(false) // as after SIGKILL
	stale.Close()

	router := zmq4.NewRouter(t.Context())
	l, err := Listen(router, "unix", path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer router.Close()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v, want 0600", info.Mode(), err)
	}
	if err := shakeHands(t, connect(t, l), zmq4.Dealer, ""); err != nil {
		t.Error(err)
	}
	if _, err := Listen(zmq4.NewRouter(t.Context()), "unix", path, Options{}); err == nil {
		t.Error("a path in use was taken over")
	}
}

func TestUnixSocketSparesOtherFiles(t *testing.T) {
	path := filepath.Join(shortDir(t), "file")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(zmq4.NewRouter(t.Context()), "unix", path, Options{}); err == nil {
		t.Error("a file was taken for a socket")
	}
	if text, err := os.ReadFile(path); string(text) != "precious" {
		t.Errorf("the file holds %q, error %v", text, err)
	}
}

// shortDir is a temporary folder whose name leaves room for a socket's.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "t")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
