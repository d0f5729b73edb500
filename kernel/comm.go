package kernel

import (
	"bytes"
	"encoding/json"
	"strings"

	"crossbook/kernel/display"
	"crossbook/kernel/wire"
)

// Conversant is what an Interpreter may do beyond running code: keep comms, the
// conversations between front ends and cells.
type Conversant interface {
	// Deliver acts on a message of a front end as on a cell, or, beside the cells,
	// while one may run. What it shows, comm messages among it, goes to out.
	Deliver(m display.CommMessage, beside bool, out display.Sink) Reply

	// Comms lists the comms that are open, target by id. Like IsComplete it does
	// not wait for a running cell.
	Comms() map[string]string
}

// comm acts on comm_open, comm_msg and comm_close, to which there is no reply. An
// error of a cell's function is text, for the front end waits for no other.
func (s *Server) comm(r request) (any, error) {
	m, ok := commMessage(r.Message)
	if !ok {
		return nil, nil
	}
	out := &output{pub: s.iopub, parent: r.RawHeader, number: s.outputs.Add(1)}
	defer out.end()
	conversant, ok := s.interpreter.(Conversant)
	if !ok {
		if m.Kind != "close" {
			out.sink(display.CommMessage{Kind: "close", ID: m.ID})
		}
		return nil, nil
	}
	reply := conversant.Deliver(m, r.subshell, out.sink)
	if reply.Err != nil {
		text := strings.Join(append(reply.Err.Traceback, ""), "\n")
		out.sink(display.Stream{Name: "stderr", Text: "comm " + m.Kind + ": " + text})
	}
	return nil, nil
}

// commMessage decodes a message of a comm; ok is false for one without an id.
func commMessage(m wire.Message) (message display.CommMessage, ok bool) {
	var content wire.Comm
	if err := m.Decode(&content); err != nil || content.CommID == "" {
		return display.CommMessage{}, false
	}
	message = display.CommMessage{
		Kind:    strings.TrimPrefix(m.Header.MsgType, "comm_"),
		ID:      content.CommID,
		Target:  content.TargetName,
		Buffers: m.Buffers,
	}
	decoder := json.NewDecoder(bytes.NewReader(content.Data))
	decoder.UseNumber()               // keeps all digits
	_ = decoder.Decode(&message.Data) // data that is no dictionary is none
	return message, true
}

// commInfo answers comm_info_request.
func (s *Server) commInfo(r request) (any, error) {
	var req wire.CommInfoRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	reply := wire.CommInfoReply{Status: wire.OK, Comms: map[string]wire.CommTarget{}}
	conversant, ok := s.interpreter.(Conversant)
	if !ok {
		return reply, nil
	}
	for id, target := range conversant.Comms() {
		if req.TargetName == "" || req.TargetName == target {
			reply.Comms[id] = wire.CommTarget{TargetName: target}
		}
	}
	return reply, nil
}

// sendComm publishes what a cell sends by a comm.
func (o *output) sendComm(m display.CommMessage) {
	data, err := json.Marshal(dict(m.Data))
	if err != nil { // checked where it was sent
		return
	}
	content := wire.Comm{CommID: m.ID, TargetName: m.Target, Data: data}
	o.pub.send(message{
		topic:   o.pub.topic("comm_" + m.Kind),
		parent:  o.parent,
		msgType: "comm_" + m.Kind,
		content: content,
		buffers: m.Buffers,
	})
}
