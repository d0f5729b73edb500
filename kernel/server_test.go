package kernel_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// must fails the test at an error.
func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// shell sends a request on the shell channel and waits for its end.
func shell(t *testing.T, c *kerneltest.Client, msgType string, content any) kerneltest.Answer {
	t.Helper()
	return must[kerneltest.Answer](t)(c.Request(kerneltest.Shell, msgType, content))
}

// control does so on the control channel.
func control(t *testing.T, c *kerneltest.Client, msgType string, content any) kerneltest.Answer {
	t.Helper()
	return must[kerneltest.Answer](t)(c.Request(kerneltest.Control, msgType, content))
}

func TestKernelInfoOnBothChannels(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, ask := range []func(*testing.T, *kerneltest.Client, string, any) kerneltest.Answer{shell, control} {
		a := ask(t, client, "kernel_info_request", map[string]any{})
		var info wire.KernelInfo
		if err := a.Reply.Decode(&info); err != nil {
			t.Fatal(err)
		}
		if info.Status.Status != "ok" || info.ProtocolVersion != "5.5" || info.Language.Name != "mock" || len(info.HelpLinks) == 0 {
			t.Errorf("kernel_info_reply: %s", a.Reply.Content)
		}
		if want := []string{"status", "status"}; !slices.Equal(a.Types(), want) {
			t.Errorf("published %q, want %q", a.Types(), want)
		}
	}
}

func TestEmptyRepliesAreWellFormed(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for msgType, content := range map[string]any{
		"history_request":   map[string]any{"hist_access_type": "tail", "n": 10},
		"comm_info_request": map[string]any{},
	} {
		if a := shell(t, client, msgType, content); a.Status() != "ok" {
			t.Errorf("%s: %s", msgType, a.Reply.Content)
		}
	}
}

func TestIsComplete(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for code, want := range map[string]wire.IsCompleteReply{
		"print":    {Status: "complete"},
		"print...": {Status: "incomplete", Indent: "  "},
		"!":        {Status: "invalid"},
	} {
		a := shell(t, client, "is_complete_request", map[string]any{"code": code})
		var got wire.IsCompleteReply
		if err := a.Reply.Decode(&got); err != nil || got != want {
			t.Errorf("%q: %+v, want %+v (%v)", code, got, want, err)
		}
	}
}

func TestUnknownRequestIsBusyAndIdleOnly(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	id := must[string](t)(client.Send(kerneltest.Shell, "no_such_request", map[string]any{}))
	published := must[[]wire.Message](t)(client.Published(id))
	if len(published) != 2 {
		t.Errorf("%d messages, want busy and idle", len(published))
	}
}

func TestCommOfUnknownTargetIsClosed(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	id := must[string](t)(client.Send(kerneltest.Shell, "comm_open", map[string]any{"comm_id": "c1", "target_name": "jupyter.widget"}))
	m := must[wire.Message](t)(client.Await(id, "comm_close"))
	if !strings.Contains(string(m.Content), `"c1"`) {
		t.Errorf("comm_close: %s", m.Content)
	}
}

func TestParentHeaderIsAnExactCopy(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	header := []byte(`{"session" : "s", "msg_id":"0123","msg_type":"kernel_info_request", "date":"2026-01-02T03:04:05Z","extra":[1, 2]}`)
	signed := sign(t, header, "{}", "{}", "{}")
	if err := client.SendFrames(kerneltest.Shell, signed...); err != nil {
		t.Fatal(err)
	}
	a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, "0123"))
	for _, m := range append(a.Published, a.Reply) {
		if !bytes.Equal(m.Parent, header) {
			t.Errorf("%s: parent %s, want %s", m.Header.MsgType, m.Parent, header)
		}
	}
}

func TestInterruptWhileBusy(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	cell := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "wait"}))
	must[wire.Message](t)(client.Await(cell, "stream"))
	if a := control(t, client, "kernel_info_request", map[string]any{}); a.Status() != "ok" {
		t.Errorf("kernel_info while busy: %s", a.Reply.Content)
	}
	if a := control(t, client, "interrupt_request", map[string]any{}); a.Status() != "ok" {
		t.Errorf("interrupt: %s", a.Reply.Content)
	}
	a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, cell))
	if a.Failure() != "Interrupted: interrupted" {
		t.Errorf("cell: %s", a.Reply.Content)
	}
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Text("stdout") != "on\n" {
		t.Errorf("next cell printed %q", a.Text("stdout"))
	}
}

func TestInterruptWhileIdle(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	control(t, client, "interrupt_request", map[string]any{})
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Status() != "ok" {
		t.Errorf("cell: %s", a.Reply.Content)
	}
}

func TestHeartbeatWhileBusy(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	cell := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "wait"}))
	must[wire.Message](t)(client.Await(cell, "stream"))
	if err := kerneltest.Heartbeat(server.Connection(), []byte("ping")); err != nil {
		t.Error(err)
	}
	control(t, client, "interrupt_request", map[string]any{})
}

// shutdown asks for the shutdown on a channel and checks that reply and copy
// arrive, and that Serve ends.
func shutdown(t *testing.T, code string, restart bool) {
	server := must[*kernel.Server](t)(kernel.Listen(kerneltest.Loopback(), &kerneltest.Mock{}))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(context.Background()) }()
	client := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
	defer client.Close()
	cell := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": code}))
	must[wire.Message](t)(client.Await(cell, "stream"))

	id := must[string](t)(client.Send(kerneltest.Control, "shutdown_request", map[string]any{"restart": restart}))
	reply := must[wire.Message](t)(client.Reply(kerneltest.Control, id))
	var r wire.ShutdownReply
	if err := reply.Decode(&r); err != nil || r.Restart != restart || r.Status.Status != "ok" {
		t.Errorf("reply %s, error %v", reply.Content, err)
	}
	must[wire.Message](t)(client.Await(id, "shutdown_reply"))
	must[[]wire.Message](t)(client.Published(cell)) // to its idle
	must[[]wire.Message](t)(client.Published(id))
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Serve has not ended")
	}
}

func TestShutdownReplyIsDelivered(t *testing.T) {
	for range 20 {
		shutdown(t, "print x", false)
	}
}

func TestShutdownWhileBusy(t *testing.T) {
	shutdown(t, "wait", true)
}

func TestMalformedContentIsAnsweredWithAnError(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, content := range []string{`{}`, `null`, `[]`, `{"code": 7}`, `{"code": "x", "silent": "yes"}`, `{`, "\xff", ``} {
		h := client.Session.Header("execute_request")
		header, _ := json.Marshal(h)
		if err := client.SendFrames(kerneltest.Shell, sign(t, header, "{}", "{}", content)...); err != nil {
			t.Fatal(err)
		}
		a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, h.MsgID))
		if !strings.HasPrefix(a.Failure(), "BadRequest: ") {
			t.Errorf("content %q: %s", content, a.Reply.Content)
		}
	}
}

func TestGarbageIsDropped(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	header, _ := json.Marshal(client.Session.Header("execute_request"))
	good := sign(t, header, "{}", "{}", `{"code":"print x"}`)
	forged := slices.Clone(good)
	forged[1] = bytes.Repeat([]byte("0"), 64)
	unsigned := slices.Clone(good)
	unsigned[1] = nil
	for _, frames := range [][][]byte{
		forged,
		unsigned,
		good[1:],
		good[:4],
		{nil},
		{[]byte("<IDS|MSG>")},
		sign(t, []byte("nothing"), "{}", "{}", "{}"),
		sign(t, []byte("null"), "{}", "{}", "{}"),
		sign(t, []byte(`{"msg_type": 3}`), "{}", "{}", "{}"),
		sign(t, []byte(`{"msg_type": "`+"\xff"+`"}`), "{}", "{}", "{}"),
	} {
		for _, ch := range []kerneltest.Channel{kerneltest.Shell, kerneltest.Control} {
			if err := client.SendFrames(ch, frames...); err != nil {
				t.Fatal(err)
			}
		}
	}
	a := must[kerneltest.Answer](t)(client.Execute("print on"))
	var reply wire.ExecuteOK
	if err := a.Reply.Decode(&reply); err != nil || reply.ExecutionCount != 1 {
		t.Errorf("reply %s, want the first execution (%v)", a.Reply.Content, err)
	}
}

// sign returns the frames of a message with the key of the tests.
func sign(t *testing.T, header []byte, parts ...string) [][]byte {
	t.Helper()
	raw := [][]byte{header}
	for _, p := range parts {
		raw = append(raw, []byte(p))
	}
	return kerneltest.Sign(raw...)
}

func TestIPC(t *testing.T) {
	dir := must[string](t)(os.MkdirTemp("", "ipc"))
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := wire.Connection{Transport: "ipc", IP: filepath.Join(dir, "k"), ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HeartbeatPort: 5}
	server := kerneltest.Serve(t, c, &kerneltest.Mock{})
	client := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
	defer client.Close()
	if a := must[kerneltest.Answer](t)(client.Execute("print unsigned")); a.Text("stdout") != "unsigned\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
	info := must[os.FileInfo](t)(os.Stat(filepath.Join(dir, "k-1")))
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the socket is %o, want 600", info.Mode().Perm())
	}
}

func TestPortInUse(t *testing.T) {
	taken := must[net.Listener](t)(net.Listen("tcp", "127.0.0.1:0"))
	defer taken.Close()
	c := kerneltest.Loopback()
	c.ControlPort = taken.Addr().(*net.TCPAddr).Port
	if _, err := kernel.Listen(c, &kerneltest.Mock{}); err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("error %v, want one about the address", err)
	}
}

func TestClientsComeAndGo(t *testing.T) {
	server, steady := kerneltest.Start(t, &kerneltest.Mock{})
	for range 20 {
		guest := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
		must[kerneltest.Answer](t)(guest.Execute("print guest"))
		guest.Close()
	}
	if a := must[kerneltest.Answer](t)(steady.Execute("print on")); a.Text("stdout") != "on\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
}
