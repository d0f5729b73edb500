package clients

import (
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"crossbook/kernel"
	"crossbook/kernel/engine"
	"crossbook/kernel/kerneltest"
)

// startEngine starts the built binary as an engine.
func startEngine() (kernel.Interpreter, error) {
	return engine.New(engine.Options{Command: []string{binary, "engine"}, Info: kernel.Info{Name: "go", FileExtension: ".go"}})
}

// TestSessions runs testdata/sessions: cells sent over real sockets to the real
// engine.
func TestSessions(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/sessions",
		Setup: kerneltest.Setup(startEngine),
		Cmds:  kerneltest.Commands(),
	})
}

// interruptLimit is how long an interrupt may take while other tests run.
const interruptLimit = 200 * time.Millisecond

func TestInterruptKeepsTheState(t *testing.T) {
	interpreter, err := startEngine()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { interpreter.Close() })
	_, client := kerneltest.Start(t, interpreter)
	execute(t, client, "kept := 42")
	for _, cell := range []string{
		"for {}",
		"time.Sleep(time.Minute)",
		"<-make(chan int)",
		"neurosim.Experiment{Net: nn.MLP(784, 512, 512, 10), Train: train.Settings{Epochs: 100}}.MustRun(ctx)",
		"neurosim.Experiment{Net: nn.MLP(784, 512, 512, 10), Train: train.Settings{Epochs: 100}, " +
			"Device: device.Analog{Levels: 64, LTP: 2, LTD: -2, DeviceToDevice: 0.1}, Rule: train.DFA{}}.MustRun(ctx)",
	} {
		t.Run(cell, func(t *testing.T) {
			kerneltest.Within(t, interruptLimit, func() time.Duration { return interrupt(t, client, cell) })
		})
	}
	if text := execute(t, client, "kept"); !strings.Contains(text, "42") {
		t.Errorf("the state is lost: kept is %q", text)
	}
}

// interrupt runs a cell that would not end, lets it get going and interrupts it. It
// returns how long that took.
func interrupt(t *testing.T, client *kerneltest.Client, cell string) time.Duration {
	t.Helper()
	id, err := client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "fmt.Println(\"begun\")\n" + cell})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Await(id, "stream"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond) // well into the loop or the first epochs
	begun := time.Now()
	if _, err := client.Request(kerneltest.Control, "interrupt_request", map[string]any{}); err != nil {
		t.Fatal(err)
	}
	answer, err := client.Answer(kerneltest.Shell, id)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(begun)
	if !strings.HasPrefix(answer.Failure(), "Interrupted") {
		t.Errorf("the cell ended with %q, not as interrupted", answer.Failure())
	}
	return took
}

func execute(t *testing.T, client *kerneltest.Client, code string) string {
	t.Helper()
	answer, err := client.Execute(code)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Status() != "ok" {
		t.Fatalf("%s: %s", code, answer.Failure())
	}
	var text strings.Builder
	for _, bundle := range answer.Bundles("execute_result") {
		plain, _ := bundle["text/plain"].(string)
		text.WriteString(plain)
	}
	return text.String()
}
