package kernel_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// recall returns the history of a reply as JSON.
func recall(t *testing.T, client *kerneltest.Client, content map[string]any) string {
	t.Helper()
	a := shell(t, client, "history_request", content)
	var reply wire.HistoryReply
	if err := a.Reply.Decode(&reply); err != nil || reply.Status.Status != "ok" {
		t.Fatalf("%s (%v)", a.Reply.Content, err)
	}
	return string(must[[]byte](t)(json.Marshal(reply.History)))
}

func TestHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.sqlite")
	t.Run("first session", func(t *testing.T) { session(t, path, "print a", "print b") })
	server := must[*kernel.Server](t)(kernel.Listen(kerneltest.Loopback(), &kerneltest.Mock{}))
	server.KeepHistory(path)
	client := kerneltest.Connect(t, server)
	for _, content := range []map[string]any{
		{"code": "print b"},
		{"code": "print silent", "silent": true},
		{"code": "print unstored", "store_history": false},
		{"code": "error A b"},
	} {
		shell(t, client, "execute_request", content)
	}
	for _, test := range []struct {
		content map[string]any
		want    string
	}{
		{map[string]any{"hist_access_type": "tail", "n": 3}, `[[1,2,"print b"],[2,1,"print b"],[2,2,"error A b"]]`},
		{map[string]any{"hist_access_type": "tail", "n": 1, "output": true}, `[[2,2,["error A b",null]]]`},
		{map[string]any{"hist_access_type": "range", "session": 0, "start": 1, "stop": 2}, `[[2,1,"print b"]]`},
		{map[string]any{"hist_access_type": "range", "session": -1, "start": 2, "stop": nil}, `[[1,2,"print b"]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "print*", "n": nil, "unique": true}, `[[1,1,"print a"],[2,1,"print b"]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "* silent"}, `[]`},
	} {
		if got := recall(t, client, test.content); got != test.want {
			t.Errorf("%v: %s, want %s", test.content, got, test.want)
		}
	}
	if a := shell(t, client, "history_request", map[string]any{"hist_access_type": "all"}); a.Status() != "error" {
		t.Errorf("unknown access: %s", a.Reply.Content)
	}
}

// session runs cells on a kernel of their own.
func session(t *testing.T, path string, cells ...string) {
	server := must[*kernel.Server](t)(kernel.Listen(kerneltest.Loopback(), &kerneltest.Mock{}))
	server.KeepHistory(path)
	client := kerneltest.Connect(t, server)
	for _, code := range cells {
		must[kerneltest.Answer](t)(client.Execute(code))
	}
}
