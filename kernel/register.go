package kernel

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"crossbook/kernel/transport"
	"crossbook/kernel/wire"
)

// registerWait bounds the registration: a kernel that nobody knows of must end.
const registerWait = 10 * time.Second

// register tells the launcher on which ports the kernel listens and waits until
// it has taken note.
func register(ctx context.Context, r wire.Registration, c wire.Connection) error {
	ctx, cancel := context.WithTimeout(ctx, registerWait)
	defer cancel()
	frames, err := r.Frames(c)
	if err != nil {
		return err
	}
	network, address := r.Endpoint()
	answer, err := transport.Exchange(ctx, network, address, frames)
	if err == nil {
		err = r.Acknowledged(answer)
	}
	if err != nil {
		return fmt.Errorf("kernel: registration at %s: %w", address, err)
	}
	return nil
}

// choosePorts gives a connection over unix sockets numbers of files that do not
// exist; over tcp the system chooses ports that are free.
func choosePorts(c *wire.Connection) {
	if c.Transport != "ipc" {
		return
	}
	const highest = 60000
	for _, port := range []*int{&c.ShellPort, &c.IOPubPort, &c.StdinPort, &c.ControlPort, &c.HeartbeatPort} {
		for taken := true; taken; {
			*port = 1 + rand.IntN(highest)
			_, path := c.Endpoint(*port)
			_, err := os.Lstat(path)
			taken = err == nil
		}
	}
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// publishConnection writes a connection file beside the registration file, where
// further clients find it, and returns its path. One that exists stays as it is.
func publishConnection(registrationFile string, r wire.Registration, c wire.Connection) (string, error) {
	id := r.KernelID
	if !plainID.MatchString(id) {
		id = fmt.Sprint(os.Getpid())
	}
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return "", fmt.Errorf("kernel: connection file: %w", err)
	}
	path := filepath.Join(filepath.Dir(registrationFile), "kernel-"+id+".json")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("kernel: connection file: %w", err)
	}
	_, err = file.Write(append(text, '\n'))
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(path) // better none than half of one
		return "", fmt.Errorf("kernel: connection file: %w", err)
	}
	return path, nil
}
