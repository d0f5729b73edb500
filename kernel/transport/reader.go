package transport

import (
	"bytes"
	"fmt"
	"io"
)

// maxTopic bounds a subscription; topics of a kernel have about 60 bytes.
const maxTopic = 4 << 10

// frameReader passes the frames of a connection on, as bytes, after a look at
// each header. It holds no frame back but commands, which it takes for itself, and
// subscriptions, which it reports once they have taken effect.
type frameReader struct {
	src       io.Reader // buffered
	limits    Limits
	onCommand func(body []byte)
	onSub     func(topic string) // nil: frames are not subscriptions

	ready  []byte // bytes to hand out before src is read again
	left   uint64 // of the frame's body in src
	size   int64  // of the message so far
	frames int    // of the message so far
	topic  string // of the subscription handed out last
	new    bool   // it is not reported yet
}

// Read hands out bytes of whole headers and bodies.
func (f *frameReader) Read(p []byte) (int, error) {
	for len(f.ready) == 0 && f.left == 0 {
		if err := f.next(); err != nil {
			return 0, err
		}
	}
	if len(f.ready) > 0 {
		n := copy(p, f.ready)
		f.ready = f.ready[n:]
		return n, nil
	}
	if uint64(len(p)) > f.left {
		p = p[:f.left]
	}
	n, err := f.src.Read(p)
	f.left -= uint64(n)
	return n, err
}

// next begins the next frame. That the reader asks for it means that it is done
// with the one before.
func (f *frameReader) next() error {
	if f.new {
		f.new = false
		f.onSub(f.topic)
	}
	h, err := readFrameHeader(f.src)
	if err != nil {
		return err
	}
	if h.command {
		return f.command(h)
	}
	if err := f.count(h); err != nil {
		return err
	}
	f.ready = h.append(nil)
	if f.onSub != nil {
		return f.subscription(h)
	}
	f.left = h.size
	return nil
}

// command reads a command. Version 3.0 knows none after the handshake, but
// libzmq sends the heartbeats of 3.1 all the same when it is told to.
func (f *frameReader) command(h frameHeader) error {
	if h.size > maxReady {
		return fmt.Errorf("transport: command of %d bytes, want at most %d", h.size, maxReady)
	}
	body := make([]byte, h.size)
	if _, err := io.ReadFull(f.src, body); err != nil {
		return err
	}
	f.onCommand(body)
	return nil
}

// count adds a frame to the message and holds it against the limits.
func (f *frameReader) count(h frameHeader) error {
	if h.size > uint64(f.limits.Message) || f.size > f.limits.Message-int64(h.size) {
		return fmt.Errorf("transport: message of more than %d bytes", f.limits.Message)
	}
	if f.frames++; f.frames > f.limits.Frames {
		return fmt.Errorf("transport: message of more than %d frames", f.limits.Frames)
	}
	f.size += int64(h.size)
	if !h.more {
		f.size, f.frames = 0, 0
	}
	return nil
}

// subscription reads the body of the only kind of message that a publisher's
// socket takes: one frame, of which the first byte says to begin (1) or to end
// (0) and the rest is the topic.
func (f *frameReader) subscription(h frameHeader) error {
	if h.more || h.size == 0 || h.size > maxTopic {
		return fmt.Errorf("transport: no subscription of at most %d bytes", maxTopic)
	}
	body := make([]byte, h.size)
	if _, err := io.ReadFull(f.src, body); err != nil {
		return err
	}
	if body[0] > 1 {
		return fmt.Errorf("transport: no subscription: it begins with %d", body[0])
	}
	f.topic, f.new = string(body[1:]), body[0] == 1
	f.ready = bytes.Join([][]byte{f.ready, body}, nil)
	return nil
}
