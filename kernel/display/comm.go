package display

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
)

// CommMessage is one message of a [Comm], from the front end or to it.
type CommMessage struct {
	Kind    string         `json:"kind"`              // "open", "msg" or "close"
	ID      string         `json:"id"`                // of the comm
	Target  string         `json:"target,omitempty"`  // of "open": what is opened on the other side
	Data    map[string]any `json:"data,omitempty"`    // figures that come from a front end are float64
	Buffers [][]byte       `json:"buffers,omitempty"` // binary parts
}

func (CommMessage) event() {}

// Comm is a conversation with a part of the front end, such as a widget: either
// side may open it, send messages and close it. The functions that it calls run
// one at a time, when no cell runs, and may print and show like a cell; an interrupt
// stops them.
type Comm struct {
	id, target string

	mu        sync.Mutex
	closed    bool
	onMessage func(m CommMessage)
	onClose   func(m CommMessage)
}

// comms are those of this process.
var comms = struct {
	sync.Mutex
	targets map[string]func(c *Comm, m CommMessage)
	open    map[string]*Comm // by id
}{targets: map[string]func(*Comm, CommMessage){}, open: map[string]*Comm{}}

// OnComm lets front ends open comms of a target: accept is called with each, and
// with the message that opens it. A further call for the same target replaces
// accept, nil removes it; a front end that opens a comm of an unknown target is
// told that it is closed.
func OnComm(target string, accept func(c *Comm, m CommMessage)) {
	comms.Lock()
	defer comms.Unlock()
	if accept == nil {
		delete(comms.targets, target)
		return
	}
	comms.targets[target] = accept
}

// OpenComm opens a comm of a target that the front end knows. The error says what
// of the data is no JSON.
func OpenComm(target string, data map[string]any) (*Comm, error) {
	var raw [16]byte
	_, _ = rand.Read(raw[:]) // never fails since Go 1.24
	c := &Comm{id: hex.EncodeToString(raw[:]), target: target}
	c.enter()
	if err := c.send(CommMessage{Kind: "open", Target: target, Data: data}); err != nil {
		c.leave()
		return nil, err
	}
	return c, nil
}

// ID is the comm's name in messages.
func (c *Comm) ID() string { return c.id }

// Target is the target that the comm was opened for.
func (c *Comm) Target() string { return c.target }

// Send sends data to the front end. The error says what of it is no JSON, or that
// the comm is closed.
func (c *Comm) Send(data map[string]any) error { return c.SendBinary(data, nil) }

// SendBinary is [Comm.Send] with binary parts beside the data.
func (c *Comm) SendBinary(data map[string]any, buffers [][]byte) error {
	if c.isClosed() {
		return fmt.Errorf("display: comm %s: is closed", c.target)
	}
	return c.send(CommMessage{Kind: "msg", Data: data, Buffers: buffers})
}

// OnMessage lets f be called with each message that comes; nil ignores them.
func (c *Comm) OnMessage(f func(m CommMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onMessage = f
}

// OnClose lets f be called when the front end closes the comm; nil ignores it.
func (c *Comm) OnClose(f func(m CommMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onClose = f
}

// Close ends the comm with a last message. Closing it again does nothing.
func (c *Comm) Close(data map[string]any) error {
	if !c.leave() {
		return nil
	}
	return c.send(CommMessage{Kind: "close", Data: data})
}

// String tells target and state.
func (c *Comm) String() string {
	state := "open"
	if c.isClosed() {
		state = "closed"
	}
	return fmt.Sprintf("comm %s, %s", c.target, state)
}

func (c *Comm) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

func (c *Comm) send(m CommMessage) error {
	if m.Data == nil {
		m.Data = map[string]any{}
	}
	if _, err := json.Marshal(m.Data); err != nil {
		return fmt.Errorf("display: comm %s: data: %w", c.target, err)
	}
	m.ID = c.id
	send(m)
	return nil
}

func (c *Comm) enter() {
	comms.Lock()
	defer comms.Unlock()
	comms.open[c.id] = c
}

// leave closes the comm and reports whether it was open.
func (c *Comm) leave() bool {
	comms.Lock()
	delete(comms.open, c.id)
	comms.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	was := !c.closed
	c.closed = true
	return was
}

// Comms lists the comms that are open, target by id. The engine calls it.
func Comms() map[string]string {
	comms.Lock()
	defer comms.Unlock()
	list := map[string]string{}
	for id, c := range comms.open {
		list[id] = c.target
	}
	return list
}

// Deliver takes a message of the front end and returns what is to be called for
// it. The engine calls it; a cell has no use for it.
func Deliver(m CommMessage) func() {
	if m.Kind == "open" {
		return accepting(m)
	}
	comms.Lock()
	c := comms.open[m.ID]
	comms.Unlock()
	if c == nil {
		return func() { refuse(m) }
	}
	if m.Kind == "close" {
		c.leave()
	}
	c.mu.Lock()
	f := c.onMessage
	if m.Kind == "close" {
		f = c.onClose
	}
	c.mu.Unlock()
	return func() {
		if f != nil {
			f(m)
		}
	}
}

// accepting opens the comm that a front end asks for.
func accepting(m CommMessage) func() {
	comms.Lock()
	accept := comms.targets[m.Target]
	comms.Unlock()
	if accept == nil {
		return func() { refuse(m) }
	}
	return func() {
		c := &Comm{id: m.ID, target: m.Target}
		c.enter()
		accepted := false
		defer func() {
			if !accepted { // it panicked, or was interrupted
				_ = c.Close(nil)
			}
		}()
		accept(c, m)
		accepted = true
	}
}

// refuse tells the front end that there is no such comm.
func refuse(m CommMessage) {
	if m.Kind != "close" {
		send(CommMessage{Kind: "close", ID: m.ID, Data: map[string]any{}})
	}
}
