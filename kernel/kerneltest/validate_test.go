package kerneltest

import (
	"encoding/json"
	"testing"

	"crossbook/kernel/wire"
)

// message is one as a kernel sends it.
func message(msgType, content string) wire.Message {
	return wire.Message{
		Header:   wire.NewSession("kernel").Header(msgType),
		Parent:   json.RawMessage(`{"msg_id":"1"}`),
		Metadata: json.RawMessage(`{}`),
		Content:  json.RawMessage(content),
	}
}

func TestValidateAccepts(t *testing.T) {
	for _, m := range []wire.Message{
		message("status", `{"execution_state":"busy"}`),
		message("stream", `{"name":"stdout","text":"x"}`),
		message("execute_reply", `{"status":"ok","execution_count":1}`),
		message("complete_reply", `{"status":"error","ename":"a","evalue":"b","traceback":[]}`),
		message("display_data", `{"data":{"text/plain":"x"},"metadata":{},"transient":{}}`),
	} {
		if err := Validate(m); err != nil {
			t.Error(err)
		}
	}
}

func TestValidateRefuses(t *testing.T) {
	for _, m := range []wire.Message{
		message("no_such_type", `{}`),
		message("status", `[]`),
		message("status", `{}`),
		message("status", `{"execution_state":"dead"}`),
		message("stream", `{"name":"stdlog","text":"x"}`),
		message("stream", `{"name":"stdout","text":1}`),
		message("execute_reply", `{"status":"ok","execution_count":1.5}`),
		message("execute_reply", `{"status":"fine","execution_count":1}`),
		message("complete_reply", `{"status":"ok","matches":null,"cursor_start":0,"cursor_end":0,"metadata":{}}`),
		message("complete_reply", `{"status":"ok","matches":[1],"cursor_start":0,"cursor_end":0,"metadata":{}}`),
		message("complete_reply", `{"status":"error","ename":"a","evalue":"b","traceback":null}`),
		message("is_complete_reply", `{"status":"ok","indent":""}`),
		message("display_data", `{"data":{"text/html":"x"},"metadata":{},"transient":{}}`),
		message("execute_result", `{"execution_count":1,"data":{"text/plain":"x"},"metadata":null}`),
	} {
		if Validate(m) == nil {
			t.Errorf("%s %s: accepted", m.Header.MsgType, m.Content)
		}
	}
}

func TestValidateHeader(t *testing.T) {
	for name, spoil := range map[string]func(*wire.Message){
		"no id":       func(m *wire.Message) { m.Header.MsgID = "" },
		"old version": func(m *wire.Message) { m.Header.Version = "5.0" },
		"seconds":     func(m *wire.Message) { m.Header.Date = "2026-01-02T03:04:05Z" },
		"no zone":     func(m *wire.Message) { m.Header.Date = "2026-01-02T03:04:05.000000" },
		"no parent":   func(m *wire.Message) { m.Parent = json.RawMessage(`{}`) },
		"metadata":    func(m *wire.Message) { m.Metadata = json.RawMessage(`null`) },
	} {
		m := message("stream", `{"name":"stdout","text":"x"}`)
		spoil(&m)
		if Validate(m) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestOrder(t *testing.T) {
	busy, idle := message("status", `{"execution_state":"busy"}`), message("status", `{"execution_state":"idle"}`)
	input := message("execute_input", `{"code":"","execution_count":1}`)
	stream, failed := message("stream", `{"name":"stdout","text":"x"}`), message("error", `{}`)
	good, bad := message("execute_reply", `{"status":"ok"}`), message("execute_reply", `{"status":"error"}`)
	for _, c := range []struct {
		answer Answer
		ok     bool
	}{
		{Answer{good, []wire.Message{busy, input, stream, idle}}, true},
		{Answer{bad, []wire.Message{busy, input, failed, idle}}, true},
		{Answer{good, []wire.Message{busy, stream, input, idle}}, false},
		{Answer{good, []wire.Message{input, busy, idle}}, false},
		{Answer{good, []wire.Message{busy, idle, stream}}, false},
		{Answer{good, []wire.Message{busy, busy, idle}}, false},
		{Answer{bad, []wire.Message{busy, input, idle}}, false},
		{Answer{good, []wire.Message{busy, failed, idle}}, false},
	} {
		if err := c.answer.validateOrder(); (err == nil) != c.ok {
			t.Errorf("%s %q: error %v, want ok %v", c.answer.Status(), c.answer.Types(), err, c.ok)
		}
	}
}
