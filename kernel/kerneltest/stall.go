package kerneltest

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"

	"crossbook/kernel/wire"
)

// Stalled is a subscriber that reads nothing.
type Stalled struct{ net.Conn }

// Stall subscribes to all of iopub and then leaves the messages where they are.
func Stall(connection wire.Connection) (*Stalled, error) {
	network, address := connection.Endpoint(connection.IOPubPort)
	c, err := net.Dial(network, address)
	if err != nil {
		return nil, fmt.Errorf("kerneltest: %w", err)
	}
	greeting := make([]byte, 64)
	greeting[0], greeting[9], greeting[10] = 0xff, 0x7f, 3
	copy(greeting[12:], "NULL")
	ready := []byte("\x05READY\x0bSocket-Type")
	ready = binary.BigEndian.AppendUint32(ready, 3)
	ready = append(ready, "SUB"...)
	hello := append(greeting, 4, byte(len(ready)))
	hello = append(hello, ready...)
	hello = append(hello, 0, 1, 1) // subscribe to everything
	if _, err := c.Write(hello); err != nil {
		c.Close()
		return nil, fmt.Errorf("kerneltest: %w", err)
	}
	if _, err := io.ReadFull(c, make([]byte, 66)); err != nil { // greeting, READY begins
		c.Close()
		return nil, fmt.Errorf("kerneltest: handshake: %w", err)
	}
	return &Stalled{c}, nil
}
