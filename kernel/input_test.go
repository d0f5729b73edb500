package kernel_test

import (
	"strings"
	"testing"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

func TestInput(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, test := range []struct {
		code     string
		password bool
	}{
		{"print before\nask Your name?", false}, {"secret Your name?", true},
	} {
		id := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": test.code}))
		answer := "Anna Blüm"
		m := must[wire.Message](t)(client.Asked(id, &answer))
		var asked wire.InputRequest
		if err := m.Decode(&asked); err != nil || asked != (wire.InputRequest{Prompt: "Your name?", Password: test.password}) {
			t.Errorf("%s: %s (%v)", test.code, m.Content, err)
		}
		a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, id))
		if !strings.HasSuffix(a.Text("stdout"), answer+"\n") {
			t.Errorf("%s: printed %q, status %s", test.code, a.Text("stdout"), a.Reply.Content)
		}
	}
}

func TestInputThatIsNotAllowed(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := shell(t, client, "execute_request", map[string]any{"code": "ask x", "allow_stdin": false})
	if a.Failure() != "InputError: nobody to ask" {
		t.Errorf("%s", a.Reply.Content)
	}
}

// TestInterruptWhileWaitingForInput: the cell ends, and an answer that comes late
// is not taken for one to the next question.
func TestInterruptWhileWaitingForInput(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	id := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "ask x"}))
	question := must[wire.Message](t)(client.Asked(id, nil))
	control(t, client, "interrupt_request", map[string]any{})
	a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, id))
	if a.Failure() != "InputError: context canceled" {
		t.Errorf("%s", a.Reply.Content)
	}
	must[string](t)(client.SendUnder(question, kerneltest.Stdin, "input_reply", wire.InputReply{Value: "late"}))

	id = must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "ask x"}))
	answer := "in time"
	must[wire.Message](t)(client.Asked(id, &answer))
	if a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, id)); a.Text("stdout") != "in time\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
}

// TestInputGoesToTheClientWhoseCellRuns: another client's reply is not an answer.
func TestInputGoesToTheClientWhoseCellRuns(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	guest := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
	defer guest.Close()
	id := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "ask x"}))
	must[wire.Message](t)(client.Asked(id, nil))
	must[string](t)(guest.Send(kerneltest.Stdin, "input_reply", wire.InputReply{Value: "mine"}))
	control(t, guest, "kernel_info_request", map[string]any{})
	must[string](t)(client.Send(kerneltest.Stdin, "input_reply", wire.InputReply{Value: "yours"}))
	if a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, id)); a.Text("stdout") != "yours\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
}
