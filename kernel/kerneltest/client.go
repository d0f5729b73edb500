package kerneltest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"strings"
	"time"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel/wire"
)

// Channel is one of the sockets that a client has.
type Channel int

// The channels of a client.
const (
	Shell Channel = iota
	Control
	IOPub
	Stdin
)

// timeout bounds every wait of a client.
const timeout = 20 * time.Second

// dialEvery is the time between two attempts to connect.
const dialEvery = 50 * time.Millisecond

// Client is a client of a kernel. Every message that it receives is checked by
// [Validate]; the first wrong one is the error of the next call.
type Client struct {
	Session  wire.Session
	Subshell string // where requests on shell go to; "": to no subshell

	trusting bool // what comes is not checked

	signer  wire.Signer
	sockets [4]zmq4.Socket // by Channel
	inboxes [4]*inbox      // by Channel
	cancel  context.CancelFunc
}

// Dial connects to a kernel, waiting for one that is starting, and returns once
// messages of iopub arrive.
func Dial(connection wire.Connection) (*Client, error) { return dial(connection, false) }

// DialTrusting is [Dial] for measurements and for kernels by others: only
// signatures are checked.
func DialTrusting(connection wire.Connection) (*Client, error) { return dial(connection, true) }

func dial(connection wire.Connection, trusting bool) (*Client, error) {
	signer, err := wire.NewSigner(connection.SignatureScheme, connection.Key)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &Client{Session: wire.NewSession("tester"), trusting: trusting, signer: signer, cancel: cancel}
	quiet := zmq4.WithLogger(log.New(io.Discard, "", 0))
	identity := zmq4.WithID(zmq4.SocketIdentity(c.Session.ID))
	retries := zmq4.WithDialerMaxRetries(int(timeout / dialEvery)) // the kernel may be starting
	retry := zmq4.WithDialerRetry(dialEvery)
	c.sockets[Shell] = zmq4.NewDealer(ctx, quiet, identity, retry, retries)
	c.sockets[Control] = zmq4.NewDealer(ctx, quiet, identity, retry, retries)
	c.sockets[IOPub] = zmq4.NewSub(ctx, quiet, retry, retries)
	c.sockets[Stdin] = zmq4.NewDealer(ctx, quiet, identity, retry, retries)
	ports := [4]int{connection.ShellPort, connection.ControlPort, connection.IOPubPort, connection.StdinPort}
	for ch, socket := range c.sockets {
		if err := socket.Dial(endpoint(connection, ports[ch])); err != nil {
			c.Close()
			return nil, fmt.Errorf("kerneltest: %w", err)
		}
		c.inboxes[ch] = newInbox()
		go c.read(ctx, Channel(ch))
	}
	if err := c.sockets[IOPub].SetOption(zmq4.OptionSubscribe, ""); err != nil {
		c.Close()
		return nil, fmt.Errorf("kerneltest: subscribe: %w", err)
	}
	return c, c.nudge()
}

func endpoint(connection wire.Connection, port int) string {
	network, address := connection.Endpoint(port)
	if network == "unix" {
		network = "ipc"
	}
	return network + "://" + address
}

// nudge asks until an answer comes by iopub too: a subscription takes its time.
// Jupyter Server does the same.
func (c *Client) nudge() error {
	for deadline := time.Now().Add(timeout); time.Now().Before(deadline); {
		id, err := c.Send(Shell, "kernel_info_request", struct{}{})
		if err != nil {
			return err
		}
		if _, err := c.inboxes[Shell].take(belongsTo(id), deadline); err != nil {
			return err
		}
		soon := time.Now().Add(100 * time.Millisecond)
		if _, err := c.inboxes[IOPub].take(idleOf(id), soon); err == nil {
			c.forget(id)
			return nil
		}
	}
	return fmt.Errorf("kerneltest: no message on iopub within %v", timeout)
}

// forget drops what is left of the messages up to the request id.
func (c *Client) forget(id string) {
	b := c.inboxes[IOPub]
	b.mu.Lock()
	defer b.mu.Unlock()
	b.messages = nil
}

// read receives the messages of one channel.
func (c *Client) read(ctx context.Context, ch Channel) {
	for {
		raw, err := c.sockets[ch].Recv()
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			c.inboxes[ch].put(wire.Message{}, fmt.Errorf("kerneltest: connection lost: %w", err))
			return
		}
		m, err := wire.Parse(raw.Frames, c.signer)
		if err == nil && !c.trusting {
			err = Validate(m)
		}
		if err == nil && !c.trusting && ch == IOPub {
			err = validateTopic(m)
		}
		c.inboxes[ch].put(m, err)
	}
}

// validateTopic checks the prefix that subscriptions filter by.
func validateTopic(m wire.Message) error {
	want := "kernel." + m.Header.Session + "." + m.Header.MsgType
	switch m.Header.MsgType {
	case "iopub_welcome":
		var w wire.Welcome
		if err := m.Decode(&w); err != nil {
			return err
		}
		want = w.Subscription
	case "stream":
		var s wire.Stream
		if err := m.Decode(&s); err != nil {
			return err
		}
		want = "stream." + s.Name
	}
	if len(m.Identities) != 1 || string(m.Identities[0]) != want {
		return fmt.Errorf("kerneltest: topic %q, want %q", m.Identities, want)
	}
	return nil
}

// Send sends a request and returns its msg_id.
func (c *Client) Send(ch Channel, msgType string, content any) (id string, err error) {
	return c.SendUnder(wire.Message{}, ch, msgType, content)
}

// SendUnder is Send with the header of parent as the parent header.
func (c *Client) SendUnder(parent wire.Message, ch Channel, msgType string, content any) (id string, err error) {
	m := wire.Message{Header: c.Session.Header(msgType), Parent: parent.RawHeader}
	if ch == Shell {
		m.Header.SubshellID = c.Subshell
	}
	if err := m.Encode(content); err != nil {
		return "", err
	}
	frames, err := m.Frames(c.signer)
	if err != nil {
		return "", err
	}
	return m.Header.MsgID, c.SendFrames(ch, frames...)
}

// SendFrames sends frames as they are.
func (c *Client) SendFrames(ch Channel, frames ...[]byte) error {
	return c.sockets[ch].SendMulti(zmq4.NewMsgFrom(frames...))
}

// Reply waits for the reply to the request id.
func (c *Client) Reply(ch Channel, id string) (wire.Message, error) {
	m, err := c.inboxes[ch].take(belongsTo(id), time.Now().Add(timeout))
	if err != nil {
		return m, fmt.Errorf("reply: %w", err)
	}
	return m, nil
}

// Await waits for a message of the type on iopub that belongs to the request id
// and takes it out of what [Client.Published] returns.
func (c *Client) Await(id, msgType string) (wire.Message, error) {
	match := func(m wire.Message) bool { return m.Header.MsgType == msgType && belongsTo(id)(m) }
	m, err := c.inboxes[IOPub].take(match, time.Now().Add(timeout))
	if err != nil {
		return m, fmt.Errorf("iopub: %s: %w", msgType, err)
	}
	return m, nil
}

// Asked waits for the input_request of the request id and answers it, or, with a
// nil answer, leaves it.
func (c *Client) Asked(id string, answer *string) (wire.Message, error) {
	m, err := c.inboxes[Stdin].take(belongsTo(id), time.Now().Add(timeout))
	if err != nil || answer == nil {
		return m, err
	}
	_, err = c.Send(Stdin, "input_reply", wire.InputReply{Value: *answer})
	return m, err
}

// Published waits for the end of the request id and returns what was published
// for it, busy and idle included.
func (c *Client) Published(id string) ([]wire.Message, error) {
	deadline := time.Now().Add(timeout)
	var all []wire.Message
	for {
		m, err := c.inboxes[IOPub].take(belongsTo(id), deadline)
		if err != nil {
			return all, fmt.Errorf("iopub: %w", err)
		}
		all = append(all, m)
		if idleOf(id)(m) {
			return all, nil
		}
	}
}

// Request sends a request and waits for its end.
func (c *Client) Request(ch Channel, msgType string, content any) (Answer, error) {
	id, err := c.Send(ch, msgType, content)
	if err != nil {
		return Answer{}, err
	}
	return c.Answer(ch, id)
}

// Answer waits for the reply to the request id and for its end on iopub.
func (c *Client) Answer(ch Channel, id string) (Answer, error) {
	reply, err := c.Reply(ch, id)
	if err != nil {
		return Answer{}, err
	}
	published, err := c.Published(id)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Reply: reply, Published: published}
	if c.trusting {
		return a, nil
	}
	return a, a.validateOrder()
}

// Execute runs a cell and waits for its end.
func (c *Client) Execute(code string) (Answer, error) {
	return c.Request(Shell, "execute_request", map[string]any{
		"code": code, "silent": false, "store_history": true, "user_expressions": map[string]any{},
		"allow_stdin": true, "stop_on_error": true, // ipykernel does not answer without
	})
}

// Close closes the sockets.
func (c *Client) Close() {
	c.cancel()
	for _, socket := range c.sockets {
		socket.Close()
	}
}

// belongsTo matches the messages whose parent is the request id.
func belongsTo(id string) func(wire.Message) bool {
	return func(m wire.Message) bool {
		var parent wire.Header
		return strings.Contains(string(m.Parent), id) && json.Unmarshal(m.Parent, &parent) == nil && parent.MsgID == id
	}
}

// idleOf matches the idle status that ends the request id.
func idleOf(id string) func(wire.Message) bool {
	return func(m wire.Message) bool {
		var s wire.State
		return m.Header.MsgType == "status" && m.Decode(&s) == nil && s.ExecutionState == "idle" && belongsTo(id)(m)
	}
}
