package transport

import (
	"bytes"
	"io"
	"sync"
)

// ponger answers the heartbeats of a peer, which zmq4 would take for messages. A
// command must not stand within a message, so it follows what is written and
// waits for the end of the message under way.
type ponger struct {
	queue *queue

	mu      sync.Mutex
	left    uint64 // of the body of the frame under way
	more    bool   // the message goes on after it
	waiting []byte // PONG frames to be sent
}

// pong answers the body of a command if it is a PING: with the context that
// follows the name and the two bytes of a time to live.
func (p *ponger) pong(command []byte) {
	context, ok := bytes.CutPrefix(command, []byte("\x04PING"))
	if !ok || len(context) < 2 {
		return
	}
	body := append([]byte("\x04PONG"), context[2:]...)
	frame := append(frameHeader{command: true, size: uint64(len(body))}.append(nil), body...)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) < maxReady { // a peer that sends more does not wait for answers
		p.waiting = append(p.waiting, frame...)
	}
	p.flush()
}

// put queues bytes of frames. A header comes whole, as zmq4 writes it.
func (p *ponger) put(b []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.queue.put(b); err != nil {
		return err
	}
	for r := bytes.NewReader(b); r.Len() > 0; {
		if p.left > 0 {
			n := min(p.left, uint64(r.Len()))
			r.Seek(int64(n), io.SeekCurrent)
			p.left -= n
			continue
		}
		h, err := readFrameHeader(r)
		if err != nil {
			return err
		}
		p.left, p.more = h.size, h.more
	}
	p.flush()
	return nil
}

// flush sends what waits if no message is under way; the caller holds the lock.
func (p *ponger) flush() {
	if len(p.waiting) > 0 && p.left == 0 && !p.more {
		p.queue.put(p.waiting)
		p.waiting = nil
	}
}
