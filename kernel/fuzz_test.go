package kernel_test

import (
	"encoding/json"
	"strings"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// FuzzContent sends any content, rightly signed, as any request: the kernel
// answers between busy and idle, in the form that the protocol demands, and goes on.
func FuzzContent(f *testing.F) {
	types := []string{
		"execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request",
		"comm_info_request", "kernel_info_request", "connect_request", "comm_open", "comm_msg", "comm_close", "debug_request",
		"create_subshell_request", "delete_subshell_request", "list_subshell_request", "usage_request", "interrupt_request", "unheard_of",
	}
	for i := range types {
		f.Add(uint8(i), false, `{"code": "print x", "cursor_pos": 3, "silent": false, "user_expressions": {"a": "result 1"}}`)
		f.Add(uint8(i), true, `{"comm_id": "1", "target_name": "echo", "data": {}, "subshell_id": "x", "hist_access_type": "tail", "n": 1e9}`)
		f.Add(uint8(i), false, `null`)
	}
	server, err := kernel.Listen(kerneltest.Loopback(), &kerneltest.Mock{})
	if err != nil {
		f.Fatal(err)
	}
	client := kerneltest.Connect(f, server)
	f.Fuzz(func(t *testing.T, kind uint8, onControl bool, content string) {
		msgType := types[int(kind)%len(types)]
		header := client.Session.Header(msgType)
		text, err := json.Marshal(header)
		if err != nil {
			t.Fatal(err)
		}
		ch := kerneltest.Shell
		if onControl {
			ch = kerneltest.Control
		}
		if waits(content) {
			t.Skip("it would wait for ever, as it should")
		}
		if err := client.SendFrames(ch, sign(t, text, "{}", "{}", content)...); err != nil {
			t.Fatal(err)
		}
		if _, err := client.Published(header.MsgID); err != nil {
			t.Fatalf("%s %q: %v", msgType, content, err)
		}
	})
}

// waits reports whether the mock waits for the test when it runs the code.
func waits(content string) bool {
	var req wire.ExecuteRequest
	_ = json.Unmarshal([]byte(content), &req) // what cannot be decoded does not run
	codes := []string{}
	if req.Code != nil {
		codes = append(codes, *req.Code)
	}
	for _, code := range req.UserExpressions {
		codes = append(codes, code)
	}
	for _, code := range codes {
		for _, word := range []string{"wait", "gate", "ask", "secret", "lines", "both", "bulk", "progress"} {
			if strings.Contains(code, word) {
				return true
			}
		}
	}
	return false
}
