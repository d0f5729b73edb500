package transport

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// commandFrame is a command after the handshake.
func commandFrame(body string) []byte {
	return append(frameHeader{command: true, size: uint64(len(body))}.append(nil), body...)
}

func TestHeartbeatsAreAnswered(t *testing.T) {
	l := echo(t, Options{})
	c := connect(t, l)
	if err := shakeHands(t, c, zmq4.Dealer, ""); err != nil {
		t.Fatal(err)
	}
	c.Write(commandFrame("\x04PING\x00\x0acontext"))
	want := commandFrame("\x04PONGcontext")
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c, got); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%q, error %v, want %q", got, err, want)
	}
	if err := exchange(c, "after"); err != nil {
		t.Error(err)
	}
}

func TestOtherCommandsAreDropped(t *testing.T) {
	l := echo(t, Options{})
	c := connect(t, l)
	if err := shakeHands(t, c, zmq4.Dealer, ""); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{"", "\x04PING", "\x05READY", "\x09SUBSCRIBEx"} {
		c.Write(commandFrame(body))
	}
	if err := exchange(c, "after"); err != nil {
		t.Error(err)
	}
}

// TestPongWaitsForTheEndOfTheMessage pings at every point of a message.
func TestPongWaitsForTheEndOfTheMessage(t *testing.T) {
	long := string(make([]byte, 300))
	writes := [][]byte{
		{1, 3}, []byte("one"), // a frame, and more to come
		{2, 0, 0, 0, 0, 0, 0, 1, 44}, []byte(long[:100]), []byte(long[100:]),
	}
	message := bytes.Join(writes, nil)
	pong := commandFrame("\x04PONG")
	for at := range len(writes) + 1 {
		q := newQueue(Limits{Queue: 1 << 20, Patience: time.Hour}, func() {})
		p := &ponger{queue: q}
		want := append(bytes.Clone(message), pong...)
		if at == 0 {
			want = append(bytes.Clone(pong), message...)
		}
		for i := range len(writes) + 1 {
			if i == at {
				p.pong([]byte("\x04PING\x00\x00"))
			}
			if i < len(writes) {
				p.put(writes[i])
			}
		}
		if got := bytes.Join(q.take(), nil); !bytes.Equal(got, want) {
			t.Errorf("ping before write %d: %q, want %q", at, got, want)
		}
	}
}
