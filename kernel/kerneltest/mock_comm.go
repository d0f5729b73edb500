package kerneltest

import (
	"maps"
	"strings"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

var _ kernel.Conversant = (*Mock)(nil)

// echoTarget is the target of comms that a [Mock] knows.
const echoTarget = "echo"

// Deliver sends back what comes.
func (m *Mock) Deliver(message display.CommMessage, _ bool, out display.Sink) kernel.Reply {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, known := m.comms[message.ID]
	switch {
	case message.Kind == "open" && message.Target == echoTarget:
		if m.comms == nil {
			m.comms = map[string]string{}
		}
		m.comms[message.ID] = message.Target
	case message.Kind == "close":
		delete(m.comms, message.ID)
	case !known:
		out(display.CommMessage{Kind: "close", ID: message.ID})
	case message.Data["text"] == "fail":
		return kernel.Reply{Err: &kernel.Error{Name: "Failed", Value: "as told", Traceback: []string{"Failed: as told"}}}
	default:
		out(display.CommMessage{Kind: "msg", ID: message.ID, Data: message.Data, Buffers: message.Buffers})
	}
	return kernel.Reply{}
}

// Comms lists the comms that are open.
func (m *Mock) Comms() map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.comms)
}

func mockComm(_ *Mock, arg string, out display.Sink) *kernel.Error {
	id, text, _ := strings.Cut(arg, " ")
	out(display.CommMessage{Kind: "msg", ID: id, Data: map[string]any{"text": text}})
	return nil
}
