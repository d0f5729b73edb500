package kernel

import (
	"sync"
	"time"
	"unicode/utf8"

	"crossbook/kernel/transport"
	"crossbook/kernel/wire"
)

// publisher sends the messages of iopub.
type publisher struct {
	channel channel
	signer  wire.Signer
	session wire.Session

	rate rate

	mu    sync.Mutex       // keeps messages in the order in which they were published
	fence *transport.Fence // nil until the end is near

	heard  chan struct{} // closed by the first subscription
	first  sync.Once     // closes heard
	waited sync.Once     // for heard
}

// message is what publisher.send sends.
type message struct {
	topic   string
	parent  []byte // raw header of the request that it belongs to; nil: none
	msgType string
	content any
	buffers [][]byte
}

// topic is that of a message of the type, kernel.<session>.<type>.
func (p *publisher) topic(msgType string) string { return "kernel." + p.session.ID + "." + msgType }

// publish sends a message that belongs to the request with the raw header parent.
func (p *publisher) publish(parent []byte, msgType string, content any) {
	p.publishAs(p.topic(msgType), parent, msgType, content)
}

// publishAs sends a message under a topic of its own.
func (p *publisher) publishAs(topic string, parent []byte, msgType string, content any) {
	p.send(message{topic: topic, parent: parent, msgType: msgType, content: content})
}

func (p *publisher) send(out message) {
	m := wire.Message{
		Identities: [][]byte{[]byte(out.topic)},
		Header:     p.session.Header(out.msgType),
		Parent:     out.parent,
		Buffers:    out.buffers,
	}
	if err := m.Encode(out.content); err != nil {
		m.Header.MsgType = "stream" // say so rather than lose it
		m.Encode(wire.Stream{Name: "stderr", Text: err.Error() + "\n"})
	}
	frames, err := m.Frames(p.signer)
	if err != nil {
		return // a header always encodes
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fence != nil {
		p.fence.Expect(frames[headerFrame])
	}
	if p.channel.socket != nil { // else nobody listens yet
		p.channel.sendFrames(frames)
	}
}

// subscribed takes note of a subscription in effect; it does not wait.
func (p *publisher) subscribed(topic string) {
	p.first.Do(func() { close(p.heard) })
	go p.welcome(topic)
}

// subscriberWait bounds the wait for the first subscriber: a client that connects
// before the kernel listens tries each of its sockets again after 100 to 200 ms.
const subscriberWait = time.Second

// awaitSubscriber waits, once, until somebody listens. A kernel that starts faster
// than its client connects would otherwise publish the first cell's end before the
// client's iopub is there, and the client wait for it for ever.
func (p *publisher) awaitSubscriber(done <-chan struct{}) {
	p.waited.Do(func() {
		select {
		case <-p.heard:
		case <-done:
		case <-time.After(subscriberWait):
		}
	})
}

// welcome tells all subscribers of a topic that a subscription to it has taken
// effect; one that asks for no text is ignored, as the protocol has it.
func (p *publisher) welcome(topic string) {
	if utf8.ValidString(topic) {
		p.publishAs(topic, nil, "iopub_welcome", wire.Welcome{Subscription: topic})
	}
}

// begin makes p publish on an open channel.
func (p *publisher) begin(c channel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.channel = c
}

// headerFrame is the index of the header, which is unique by its msg_id, in a
// message of iopub: after topic, delimiter and signature.
const headerFrame = 3

// state publishes the kernel's state.
func (p *publisher) state(parent []byte, state string) {
	p.publish(parent, "status", wire.State{ExecutionState: state})
}

// queueMark is the number of bytes that may wait for a client before output waits
// for it.
const queueMark = 4 << 20

// settle slows the caller down to the speed of the slowest client that reads.
func (p *publisher) settle() { p.channel.guard.Settle(queueMark) }

// setFence makes drain wait for all that is published from now on.
func (p *publisher) setFence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fence == nil {
		p.fence, _ = p.channel.guard.Fence() // fails only for a socket that is closed
	}
}

// drain waits until what was published since setFence is with the connections,
// which send it before they close.
func (p *publisher) drain(limit time.Duration) {
	p.mu.Lock()
	fence := p.fence
	p.mu.Unlock()
	if fence != nil {
		fence.Wait(limit)
	}
}
