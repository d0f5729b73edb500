package kernel_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// TestLateSubscriberSeesTheFirstCell: each socket of a client that was there before
// the kernel connects in its own time, shell often before iopub. The end of the
// first cell must not be lost then.
func TestLateSubscriberSeesTheFirstCell(t *testing.T) {
	connection := kerneltest.Serve(t, kerneltest.Loopback(), &kerneltest.Mock{}).Connection()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	shell := dialRaw(t, zmq4.NewDealer(ctx), connection.ShellPort)
	header := must[[]byte](t)(json.Marshal(wire.NewSession("late").Header("execute_request")))
	frames := sign(t, header, "{}", "{}", `{"code":"print hello"}`)
	if err := shell.SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
		t.Fatal(err)
	}

	iopub := dialRaw(t, zmq4.NewSub(ctx), connection.IOPubPort)
	if err := iopub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		t.Fatal(err)
	}
	var seen []string
	for !strings.HasSuffix(strings.Join(seen, " "), "idle") {
		raw, err := iopub.Recv()
		if err != nil {
			t.Fatalf("only %v came: %v", seen, err)
		}
		m := must[wire.Message](t)(wire.Parse(raw.Frames, must[wire.Signer](t)(wire.NewSigner("hmac-sha256", kerneltest.Key))))
		seen = append(seen, m.Header.MsgType)
		if m.Header.MsgType == "status" && strings.Contains(string(m.Content), "idle") {
			seen = append(seen, "idle")
		}
	}
	if got := strings.Join(seen, " "); !strings.Contains(got, "execute_input stream") {
		t.Errorf("seen %s", got)
	}
}

func dialRaw(t *testing.T, socket zmq4.Socket, port int) zmq4.Socket {
	t.Helper()
	if err := socket.Dial(fmt.Sprintf("tcp://127.0.0.1:%d", port)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return socket
}
