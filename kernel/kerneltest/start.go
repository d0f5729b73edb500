package kerneltest

import (
	"context"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/wire"
)

// Key is the key of the connections that [Start] makes.
const Key = "a key of the tests"

// Loopback returns a connection on free ports of 127.0.0.1.
func Loopback() wire.Connection {
	return wire.Connection{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256", Key: Key}
}

// Start runs a kernel over the interpreter until the test ends, and connects a
// client to it.
func Start(t testing.TB, interpreter kernel.Interpreter) (*kernel.Server, *Client) {
	t.Helper()
	server, err := kernel.Listen(Loopback(), interpreter)
	if err != nil {
		t.Fatal(err)
	}
	return server, Connect(t, server)
}

// Connect runs a kernel that listens until the test ends, and connects a client
// to it.
func Connect(t testing.TB, server *kernel.Server) *Client {
	t.Helper()
	runUntilCleanup(t, server)
	client, err := Dial(server.Connection())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// Serve runs a kernel until the test ends.
func Serve(t testing.TB, connection wire.Connection, interpreter kernel.Interpreter) *kernel.Server {
	t.Helper()
	server, err := kernel.Listen(connection, interpreter)
	if err != nil {
		t.Fatal(err)
	}
	runUntilCleanup(t, server)
	return server
}

func runUntilCleanup(t testing.TB, server *kernel.Server) {
	stop := run(server)
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// run runs a kernel until stop is called.
func run(server *kernel.Server) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx) }()
	return func() error {
		cancel()
		return <-ended
	}
}
