package kernel_test

import (
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
)

// TestNoiseOnAllPorts sends what is not ZeroMQ to every port, and leaves
// connections half open.
func TestNoiseOnAllPorts(t *testing.T) {
	server, client := kerneltest.Start(t, &kerneltest.Mock{})
	c := server.Connection()
	rng := rand.New(rand.NewPCG(3, 4))
	random := make([]byte, 4096)
	for i := range random {
		random[i] = byte(rng.IntN(256))
	}
	for _, port := range []int{c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort} {
		network, address := c.Endpoint(port)
		for _, noise := range [][]byte{nil, []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), random, {0xff}} {
			conn := must[net.Conn](t)(net.DialTimeout(network, address, 10*time.Second))
			defer conn.Close()
			conn.Write(noise)
		}
	}
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Text("stdout") != "on\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
	guest := must[*kerneltest.Client](t)(kerneltest.Dial(c))
	defer guest.Close()
	if err := kerneltest.Heartbeat(c, []byte("still there?")); err != nil {
		t.Error(err)
	}
}

// TestClientsAtOnce runs cells of several clients, none of whose replies and
// ends may be lost or misrouted.
func TestClientsAtOnce(t *testing.T) {
	server, _ := kerneltest.Start(t, &kerneltest.Mock{})
	failures := make(chan error, 5)
	for range cap(failures) {
		guest := must[*kerneltest.Client](t)(kerneltest.Dial(server.Connection()))
		t.Cleanup(guest.Close)
		go func() { failures <- tenCells(guest) }()
	}
	for range cap(failures) {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
}

func tenCells(client *kerneltest.Client) error {
	for range 10 {
		if _, err := client.Execute("print x\nresult 1"); err != nil {
			return err
		}
	}
	return nil
}

// TestLargeCells: a cell of many megabytes runs, and does not hold up the next.
func TestLargeCells(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	sizes := []int{1 << 20, 64 << 20}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, size := range sizes {
		a := must[kerneltest.Answer](t)(client.Execute("print large" + strings.Repeat("\n"+strings.Repeat(" ", 63), size/64)))
		if a.Text("stdout") != "large\n" {
			t.Errorf("%d bytes: printed %q", size, a.Text("stdout"))
		}
	}
	if a := must[kerneltest.Answer](t)(client.Execute("print on")); a.Text("stdout") != "on\n" {
		t.Errorf("printed %q", a.Text("stdout"))
	}
}

// TestCursorsOutsideTheCode are taken for its nearest end.
func TestCursorsOutsideTheCode(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, cursor := range []int{-1 << 62, -1, 4, 1 << 62} {
		for _, msgType := range []string{"complete_request", "inspect_request"} {
			a := shell(t, client, msgType, map[string]any{"code": "pri", "cursor_pos": cursor, "detail_level": cursor})
			if a.Status() != "ok" {
				t.Errorf("%s at %d: %s", msgType, cursor, a.Reply.Content)
			}
		}
	}
}
