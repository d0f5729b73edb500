package kernel_test

import (
	"slices"
	"strings"
	"testing"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// TestSubshellAnswersWhileACellRuns: what waits on shell is answered in a
// subshell.
func TestSubshellAnswersWhileACellRuns(t *testing.T) {
	mock := &kerneltest.Mock{}
	_, client := kerneltest.Start(t, mock)
	var made wire.SubshellReply
	a := control(t, client, "create_subshell_request", map[string]any{})
	if err := a.Reply.Decode(&made); err != nil || made.ID == "" {
		t.Fatalf("%s (%v)", a.Reply.Content, err)
	}
	cell := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "gate"}))
	client.Subshell = made.ID
	code := map[string]any{"code": "pri", "cursor_pos": 3}
	for msgType, content := range map[string]any{
		"complete_request":    code,
		"inspect_request":     code,
		"is_complete_request": code,
		"history_request":     map[string]any{"hist_access_type": "tail", "n": 1},
		"comm_info_request":   map[string]any{},
		"kernel_info_request": map[string]any{},
	} {
		if a := shell(t, client, msgType, content); a.Failure() != "" {
			t.Errorf("%s: %s", msgType, a.Reply.Content)
		}
	}
	if a := shell(t, client, "execute_request", map[string]any{"code": "print x"}); !strings.Contains(a.Failure(), "runs no cells") {
		t.Errorf("execute: %s", a.Reply.Content)
	}
	client.Subshell = ""
	mock.Open()
	if a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, cell)); a.Status() != "ok" {
		t.Errorf("cell: %s", a.Reply.Content)
	}
}

func TestSubshellsAreListedAndDeleted(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	var made wire.SubshellReply
	if err := control(t, client, "create_subshell_request", map[string]any{}).Reply.Decode(&made); err != nil {
		t.Fatal(err)
	}
	listed := func() []string {
		var list wire.SubshellList
		if err := control(t, client, "list_subshell_request", map[string]any{}).Reply.Decode(&list); err != nil {
			t.Error(err)
		}
		return list.IDs
	}
	if got := listed(); !slices.Equal(got, []string{made.ID}) {
		t.Errorf("listed %q, want %q", got, made.ID)
	}
	id := map[string]any{"subshell_id": made.ID}
	if a := control(t, client, "delete_subshell_request", id); a.Status() != "ok" {
		t.Errorf("delete: %s", a.Reply.Content)
	}
	if a := control(t, client, "delete_subshell_request", id); a.Status() != "error" {
		t.Errorf("delete again: %s", a.Reply.Content)
	}
	if got := listed(); len(got) != 0 {
		t.Errorf("listed %q", got)
	}
	client.Subshell = made.ID
	if a := shell(t, client, "comm_info_request", map[string]any{}); !strings.Contains(a.Failure(), "no such subshell") {
		t.Errorf("request to a subshell that is gone: %s", a.Reply.Content)
	}
}

func TestSubshellsAreBounded(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	failed := 0
	for range 70 {
		if a := control(t, client, "create_subshell_request", map[string]any{}); a.Status() == "error" {
			failed++
		}
	}
	if failed != 6 {
		t.Errorf("%d of 70 refused, want 6", failed)
	}
}
