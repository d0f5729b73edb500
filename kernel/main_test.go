package kernel_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// asKernel makes the test binary a kernel over the mock.
const asKernel = "KERNEL_TEST_AS_KERNEL"

func TestMain(m *testing.M) {
	if os.Getenv(asKernel) == "" {
		os.Exit(m.Run())
	}
	if kernel.Main(os.Args[1:], "", startMock) != nil {
		os.Exit(1)
	}
}

func startMock() (kernel.Interpreter, error) { return &kerneltest.Mock{}, nil }

// connectionFile writes a connection file over unix sockets, which unlike ports
// nobody else takes.
func connectionFile(t *testing.T) (string, wire.Connection) {
	t.Helper()
	dir := must[string](t)(os.MkdirTemp("", "k")) // shorter than t.TempDir
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := kerneltest.Loopback()
	c.Transport, c.IP = "ipc", filepath.Join(dir, "s")
	c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort = 1, 2, 3, 4, 5
	path := filepath.Join(dir, "kernel.json")
	if err := os.WriteFile(path, must[[]byte](t)(json.Marshal(c)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, c
}

// startProcess runs a kernel in a process of its own.
func startProcess(t *testing.T) (*exec.Cmd, *kerneltest.Client) {
	t.Helper()
	path, connection := connectionFile(t)
	cmd := exec.Command(must[string](t)(os.Executable()), "-f", path)
	cmd.Env = append(os.Environ(), asKernel+"=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	client := must[*kerneltest.Client](t)(kerneltest.Dial(connection))
	t.Cleanup(client.Close)
	return cmd, client
}

// exits waits for the end of the process.
func exits(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the process ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the process has not ended")
	}
}

func TestSignals(t *testing.T) {
	cmd, client := startProcess(t)
	cell := must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "wait"}))
	must[wire.Message](t)(client.Await(cell, "stream"))
	cmd.Process.Signal(os.Interrupt)
	a := must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, cell))
	if a.Failure() != "Interrupted: interrupted" {
		t.Errorf("SIGINT: %s", a.Reply.Content)
	}
	cell = must[string](t)(client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "wait"}))
	must[wire.Message](t)(client.Await(cell, "stream"))
	cmd.Process.Signal(syscall.SIGTERM)
	must[kerneltest.Answer](t)(client.Answer(kerneltest.Shell, cell))
	exits(t, cmd)
}

func TestProcessEndsAfterShutdown(t *testing.T) {
	cmd, client := startProcess(t)
	a := control(t, client, "shutdown_request", map[string]any{"restart": true})
	if a.Status() != "ok" {
		t.Errorf("shutdown: %s", a.Reply.Content)
	}
	exits(t, cmd)
}

func TestMainErrors(t *testing.T) {
	never := func() (kernel.Interpreter, error) {
		t.Error("the interpreter was started")
		return nil, errors.New("started")
	}
	missing := filepath.Join(t.TempDir(), "missing.json")
	for want, args := range map[string][]string{
		"-f: missing":           nil,
		missing:                 {"-f", missing},
		`argument "more"`:       {"-f", missing, "more"},
		"flag provided but not": {"-x"},
	} {
		if err := kernel.Main(args, "", never); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one about %q", args, err, want)
		}
	}
}

func TestMainTellsWhyTheInterpreterDoesNotStart(t *testing.T) {
	path, _ := connectionFile(t)
	err := kernel.Main([]string{"-f", path}, "", func() (kernel.Interpreter, error) { return nil, errors.New("no engine") })
	if err == nil || err.Error() != "kernel: interpreter: no engine" {
		t.Errorf("error %v", err)
	}
}
