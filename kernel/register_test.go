package kernel_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel"
	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// launcher is the registration socket of a program that starts kernels.
func launcher(t *testing.T) (zmq4.Socket, wire.Registration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	socket := zmq4.NewRouter(ctx)
	t.Cleanup(func() { socket.Close() })
	if err := socket.Listen("tcp://127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	return socket, wire.Registration{
		KernelID: "of-a-test", Transport: "tcp", IP: "127.0.0.1", RegistrationIP: "127.0.0.1",
		RegistrationPort: wire.Port(socket.Addr().(*net.TCPAddr).Port), SignatureScheme: "hmac-sha256", Key: kerneltest.Key,
	}
}

// startRegistering starts a kernel in a process of its own by a registration file.
func startRegistering(t *testing.T, r wire.Registration) (cmd *exec.Cmd, dir string) {
	t.Helper()
	dir = t.TempDir()
	path := filepath.Join(dir, "registration.json")
	if err := os.WriteFile(path, must[[]byte](t)(json.Marshal(r)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(must[string](t)(os.Executable()), "-f", path)
	cmd.Env = append(os.Environ(), asKernel+"=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return cmd, dir
}

// TestRegistration: the kernel chooses its ports, tells them, and serves; its
// connection file is there for other clients as long as it lives.
func TestRegistration(t *testing.T) {
	socket, r := launcher(t)
	cmd, dir := startRegistering(t, r)
	m := must[zmq4.Msg](t)(socket.Recv())
	if err := r.Acknowledged(m.Frames[1:]); err != nil || len(m.Frames) != 4 {
		t.Fatalf("%q: %v", m.Frames, err)
	}
	var told struct {
		ID        string `json:"kernel_id"`
		Shell     int    `json:"shell_port,string"`
		IOPub     int    `json:"iopub_port,string"`
		Stdin     int    `json:"stdin_port,string"`
		Control   int    `json:"control_port,string"`
		Heartbeat int    `json:"hb_port,string"`
	}
	if err := json.Unmarshal(m.Frames[3], &told); err != nil || told.ID != "of-a-test" {
		t.Fatalf("%s: %v", m.Frames[3], err)
	}
	ack := kerneltest.Sign([]byte("ACK"))
	if err := socket.SendMulti(zmq4.NewMsgFrom(append([][]byte{m.Frames[0]}, ack...)...)); err != nil {
		t.Fatal(err)
	}
	c := r.Connection()
	c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort = told.Shell, told.IOPub, told.Stdin, told.Control, told.Heartbeat
	file := filepath.Join(dir, "kernel-of-a-test.json")
	if written, _, err := wire.ReadConnection(file); err != nil || written != c {
		t.Errorf("connection file %+v, want %+v (%v)", written, c, err)
	}
	client := must[*kerneltest.Client](t)(kerneltest.Dial(c))
	defer client.Close()
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Text("stdout") != "on\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
	control(t, client, "shutdown_request", map[string]any{})
	exits(t, cmd)
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the connection file stays: %v", err)
	}
}

// TestRegistrationRefused: a kernel whose launcher answers in a foreign hand ends.
func TestRegistrationRefused(t *testing.T) {
	socket, r := launcher(t)
	cmd, _ := startRegistering(t, r)
	m := must[zmq4.Msg](t)(socket.Recv())
	forged := [][]byte{m.Frames[0], []byte("<IDS|MSG>"), []byte("00"), []byte("ACK")}
	if err := socket.SendMulti(zmq4.NewMsgFrom(forged...)); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("the kernel ended without an error")
		}
	case <-time.After(9 * time.Second): // less than the kernel waits for an answer
		t.Error("the kernel has not ended")
	}
}

// TestRegistrationOverIPC chooses files that nobody has.
func TestRegistrationOverIPC(t *testing.T) {
	dir := must[string](t)(os.MkdirTemp("", "r"))
	t.Cleanup(func() { os.RemoveAll(dir) })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	socket := zmq4.NewRouter(ctx)
	defer socket.Close()
	base := filepath.Join(dir, "r")
	if err := socket.Listen("ipc://" + base + "-7"); err != nil {
		t.Fatal(err)
	}
	_, _ = startRegistering(t, wire.Registration{
		KernelID: "k", Transport: "ipc", IP: filepath.Join(dir, "k"), RegistrationIP: base, RegistrationPort: 7,
	})
	m := must[zmq4.Msg](t)(socket.Recv())
	for _, field := range []string{"shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"} {
		var ports map[string]string
		if err := json.Unmarshal(m.Frames[3], &ports); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(dir, "k-"+ports[field])); err != nil || info.Mode().Type() != os.ModeSocket {
			t.Errorf("%s %q: %v", field, ports[field], err)
		}
	}
}

func TestRegistrationFileErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "registration.json")
	if err := os.WriteFile(path, []byte(`{"registration_port": 70000}`), 0o600); err != nil {
		t.Fatal(err)
	}
	err := kernel.Main([]string{"-f", path}, "", startMock)
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "70000") {
		t.Errorf("error %v", err)
	}
}
