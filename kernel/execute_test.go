package kernel_test

import (
	"slices"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

func TestExecuteOrder(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := must[kerneltest.Answer](t)(client.Execute("print a\nstderr b\ndisplay c\nprint d\nupdate x 1\nupdate x 2\nclear\nresult 42"))
	want := []string{
		"status", "execute_input", "stream", "stream", "display_data", "stream", "display_data",
		"update_display_data", "clear_output", "execute_result", "status",
	}
	if !slices.Equal(a.Types(), want) {
		t.Errorf("published %q, want %q", a.Types(), want)
	}
	if a.Text("stdout") != "a\nd\n" || a.Text("stderr") != "b\n" || a.Bundles("execute_result")[0]["text/plain"] != "42" {
		t.Errorf("stdout %q, stderr %q, result %v", a.Text("stdout"), a.Text("stderr"), a.Bundles("execute_result"))
	}
}

func TestExecuteError(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := must[kerneltest.Answer](t)(client.Execute("print a\nerror Panic index out of range"))
	if want := []string{"status", "execute_input", "stream", "error", "status"}; !slices.Equal(a.Types(), want) {
		t.Errorf("published %q, want %q", a.Types(), want)
	}
	if a.Failure() != "Panic: index out of range" {
		t.Errorf("reply %s", a.Reply.Content)
	}
}

func TestInterpreterBugIsAnErrorOfTheCell(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := must[kerneltest.Answer](t)(client.Execute("print before\npanic"))
	if want := "KernelError: kernel: execute_request: internal error: mock"; a.Failure() != want || a.Text("stdout") != "before\n" {
		t.Errorf("%q, want %q; printed %q", a.Failure(), want, a.Text("stdout"))
	}
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Status() != "ok" {
		t.Errorf("next cell: %s", a.Reply.Content)
	}
}

func TestExecutionCount(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, step := range []struct {
		content map[string]any
		want    int
	}{
		{map[string]any{"code": "print 1"}, 1},
		{map[string]any{"code": "print x", "silent": true}, 1},
		{map[string]any{"code": "print x", "store_history": false}, 1},
		{map[string]any{"code": "error A b"}, 2},
		{map[string]any{"code": "print 3"}, 3},
	} {
		a := shell(t, client, "execute_request", step.content)
		var reply wire.ExecuteFailure
		if err := a.Reply.Decode(&reply); err != nil || reply.ExecutionCount != step.want {
			t.Errorf("%v: count %d, want %d (%v)", step.content, reply.ExecutionCount, step.want, err)
		}
	}
}

func TestSilentPublishesNothing(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := shell(t, client, "execute_request", map[string]any{"code": "print a\nresult 1", "silent": true})
	if want := []string{"status", "status"}; !slices.Equal(a.Types(), want) {
		t.Errorf("published %q, want %q", a.Types(), want)
	}
}

// queueBehind sends a cell that fails once the gate opens, and cells behind it,
// and returns the status of each of these.
func queueBehind(t *testing.T, stopOnError bool) []string {
	mock := &kerneltest.Mock{}
	server, client := kerneltest.Start(t, mock)
	must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "gate\nerror A b", "stop_on_error": stopOnError}))
	var ids []string
	for range 3 {
		ids = append(ids, must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "print x"})))
	}
	for deadline := time.Now().Add(10 * time.Second); server.Waiting() < len(ids); {
		if time.Now().After(deadline) {
			t.Fatalf("%d requests wait, want %d", server.Waiting(), len(ids))
		}
		time.Sleep(time.Millisecond)
	}
	mock.Open()
	var statuses []string
	for _, id := range ids {
		statuses = append(statuses, must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, id)).Status())
	}
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Status() != "ok" {
		t.Errorf("later cell: %s", a.Reply.Content)
	}
	return statuses
}

func TestErrorAbortsQueuedCells(t *testing.T) {
	if got, want := queueBehind(t, true), []string{"aborted", "aborted", "aborted"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestErrorAbortsNothingWithoutTheFlag(t *testing.T) {
	if got, want := queueBehind(t, false), []string{"ok", "ok", "ok"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
