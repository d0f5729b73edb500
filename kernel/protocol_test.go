package kernel_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// TestWelcome: who subscribes is told when nothing will be missed any more.
func TestWelcome(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	guest := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
	defer guest.Close()
	m := must[wire.Message](t)(client.Await("", "iopub_welcome")) // that of the guest
	if string(m.Content) != `{"subscription":""}` || string(m.Parent) != "{}" {
		t.Errorf("content %s, parent %s", m.Content, m.Parent)
	}
}

func TestReplayIsRefused(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	header := must[[]byte](t)(json.Marshal(client.Session.Header("execute_request")))
	frames := sign(t, header, "{}", "{}", `{"code":"print x"}`)
	for range 3 {
		for _, ch := range []kerneltest.Channel{kerneltest.Shell, kerneltest.Control} {
			if err := client.SendFrames(ch, frames...); err != nil {
				t.Fatal(err)
			}
		}
	}
	a := must[kerneltest.Answer](t)(client.Execute("print on"))
	var reply wire.ExecuteOK
	if err := a.Reply.Decode(&reply); err != nil || reply.ExecutionCount > 2 {
		t.Errorf("%s, want the second execution at most (%v)", a.Reply.Content, err)
	}
}

func TestUserExpressions(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := shell(t, client, "execute_request", map[string]any{"code": "print a", "user_expressions": map[string]string{
		"good": "result 42", "bad": "error Panic broke", "mute": "print b",
	}})
	var reply struct {
		Expressions map[string]struct {
			Status string         `json:"status"`
			Name   string         `json:"ename"`
			Data   map[string]any `json:"data"`
		} `json:"user_expressions"`
	}
	if err := a.Reply.Decode(&reply); err != nil {
		t.Fatal(err)
	}
	got := reply.Expressions
	if got["good"].Data["text/plain"] != "42" || got["bad"].Status != "error" || got["bad"].Name != "Panic" || got["mute"].Status != "ok" {
		t.Errorf("%s", a.Reply.Content)
	}
	if a.Text("stdout") != "a\nb\n" || len(a.Bundles("execute_result")) != 0 {
		t.Errorf("printed %q, published %q", a.Text("stdout"), a.Types())
	}
}

func TestConnectRequest(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	var got wire.ConnectReply
	a := shell(t, client, "connect_request", map[string]any{})
	if err := a.Reply.Decode(&got); err != nil || got.ShellPort != server.Connection().ShellPort || got.HeartbeatPort == 0 {
		t.Errorf("%s (%v)", a.Reply.Content, err)
	}
}

func TestUsage(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	var got wire.UsageReply
	a := control(t, client, "usage_request", map[string]any{})
	if err := a.Reply.Decode(&got); err != nil || got.PID != os.Getpid() || got.CPUCount < 1 {
		t.Errorf("%s (%v)", a.Reply.Content, err)
	}
	if _, err := os.Stat("/proc/self/stat"); err == nil && (got.Memory == nil || *got.Memory < 1<<20 || got.CPU == nil) {
		t.Errorf("%s", a.Reply.Content)
	}
}

func TestDebugIsRefused(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := control(t, client, "debug_request", map[string]any{"type": "request", "seq": 7, "command": "attach"})
	if c := string(a.Reply.Content); !strings.Contains(c, `"request_seq":7,"success":false,"command":"attach"`) {
		t.Errorf("%s", c)
	}
}
