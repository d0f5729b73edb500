package kernel_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// sendComm sends a message of a comm, with buffers.
func sendComm(t *testing.T, client *kerneltest.Client, msgType, content string, buffers ...[]byte) (id string) {
	t.Helper()
	header := client.Session.Header(msgType)
	header.SubshellID = client.Subshell
	frames := sign(t, must[[]byte](t)(json.Marshal(header)), "{}", "{}", content)
	if err := client.SendFrames(kerneltest.Shell, append(frames, buffers...)...); err != nil {
		t.Fatal(err)
	}
	return header.MsgID
}

func TestComm(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	id := sendComm(t, client, "comm_open", `{"comm_id": "c1", "target_name": "echo", "data": {}}`)
	if published := must[[]wire.Message](t)(client.Published(id)); len(published) != 2 {
		t.Errorf("comm_open: %d messages, want busy and idle", len(published))
	}
	if got := openComms(t, client, ""); got != `{"c1":{"target_name":"echo"}}` {
		t.Errorf("comms %s", got)
	}
	if got := openComms(t, client, "other"); got != `{}` {
		t.Errorf("comms of another target %s", got)
	}

	const data = `{"big":12345678901234567890,"text":"hello"}`
	id = sendComm(t, client, "comm_msg", `{"comm_id": "c1", "data": `+data+`}`, []byte("\x00\xff"), nil)
	published := must[[]wire.Message](t)(client.Published(id))
	if len(published) != 3 {
		t.Fatalf("comm_msg: %d messages, want busy, comm_msg, idle", len(published))
	}
	var back wire.Comm
	if err := published[1].Decode(&back); err != nil || back.CommID != "c1" || string(back.Data) != data {
		t.Errorf("came back as %s (%v)", published[1].Content, err)
	}
	if buffers := published[1].Buffers; len(buffers) != 2 || !bytes.Equal(buffers[0], []byte("\x00\xff")) || len(buffers[1]) != 0 {
		t.Errorf("buffers %q", buffers)
	}

	a := must[kerneltest.Answer](t)(client.Execute("comm c1 from a cell"))
	if types := strings.Join(a.Types(), " "); types != "status execute_input comm_msg status" {
		t.Errorf("a cell that sends: %s", types)
	}
	must[[]wire.Message](t)(client.Published(sendComm(t, client, "comm_close", `{"comm_id": "c1", "data": {}}`)))
	if got := openComms(t, client, ""); got != `{}` {
		t.Errorf("comms after the close %s", got)
	}
}

func openComms(t *testing.T, client *kerneltest.Client, target string) string {
	t.Helper()
	a := shell(t, client, "comm_info_request", map[string]any{"target_name": target})
	var reply wire.CommInfoReply
	if err := a.Reply.Decode(&reply); err != nil || reply.Status.Status != "ok" {
		t.Fatalf("%s (%v)", a.Reply.Content, err)
	}
	return string(must[[]byte](t)(json.Marshal(reply.Comms)))
}

// TestCommErrors: what cannot be served closes the comm or says why, and never
// hangs.
func TestCommErrors(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, c := range []struct{ msgType, content, want string }{
		{"comm_open", `{"comm_id": "x", "target_name": "jupyter.widget", "data": {}}`, "comm_close"},
		{"comm_msg", `{"comm_id": "never opened", "data": {}}`, "comm_close"},
		{"comm_close", `{"comm_id": "never opened"}`, ""},
		{"comm_open", `{"target_name": "echo"}`, ""},
		{"comm_open", `[]`, ""},
		{"comm_msg", `{"comm_id": 3}`, ""},
		{"comm_open", `{"comm_id": "y", "target_name": "echo", "data": [1]}`, ""},
		{"comm_msg", `{"comm_id": "y", "data": {"text": "fail"}}`, "stream"},
	} {
		published := must[[]wire.Message](t)(client.Published(sendComm(t, client, c.msgType, c.content)))
		got := ""
		for _, m := range published[1 : len(published)-1] {
			got += m.Header.MsgType
		}
		if got != c.want {
			t.Errorf("%s %s: %q, want %q", c.msgType, c.content, got, c.want)
		}
	}
}

// TestCommInASubshell is answered while a cell runs.
func TestCommInASubshell(t *testing.T) {
	mock := &kerneltest.Mock{}
	_, client := kerneltest.Start(t, mock)
	var made wire.SubshellReply
	if err := control(t, client, "create_subshell_request", map[string]any{}).Reply.Decode(&made); err != nil {
		t.Fatal(err)
	}
	cell := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "gate"}))
	client.Subshell = made.ID
	must[[]wire.Message](t)(client.Published(sendComm(t, client, "comm_open", `{"comm_id": "c1", "target_name": "echo", "data": {}}`)))
	id := sendComm(t, client, "comm_msg", `{"comm_id": "c1", "data": {"text": "hello"}}`)
	must[wire.Message](t)(client.Await(id, "comm_msg"))
	client.Subshell = ""
	mock.Open()
	must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, cell))
}

// wordless is an interpreter that keeps no comms.
type wordless struct{ kernel.Interpreter }

func TestCommOfAnInterpreterWithoutComms(t *testing.T) {
	_, client := kerneltest.Start(t, wordless{&kerneltest.Mock{}})
	id := sendComm(t, client, "comm_open", `{"comm_id": "c1", "target_name": "echo", "data": {}}`)
	must[wire.Message](t)(client.Await(id, "comm_close"))
	if got := openComms(t, client, ""); got != `{}` {
		t.Errorf("comms %s", got)
	}
}
