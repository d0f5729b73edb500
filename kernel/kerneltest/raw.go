package kerneltest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel/wire"
)

// Sign returns the frames of a message of which the parts are header, parent
// header, metadata and content, signed with [Key], whatever they hold.
func Sign(parts ...[]byte) [][]byte {
	mac := hmac.New(sha256.New, []byte(Key))
	for _, p := range parts {
		mac.Write(p)
	}
	signature := hex.AppendEncode(nil, mac.Sum(nil))
	return append([][]byte{[]byte("<IDS|MSG>"), signature}, parts...)
}

// Heartbeat sends a heartbeat and returns an error unless it comes back.
func Heartbeat(connection wire.Connection, beat []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	socket := zmq4.NewReq(ctx)
	defer socket.Close()
	if err := socket.Dial(endpoint(connection, connection.HeartbeatPort)); err != nil {
		return fmt.Errorf("kerneltest: heartbeat: %w", err)
	}
	if err := socket.Send(zmq4.NewMsg(beat)); err != nil {
		return fmt.Errorf("kerneltest: heartbeat: %w", err)
	}
	m, err := socket.Recv()
	if err != nil {
		return fmt.Errorf("kerneltest: heartbeat: %w", err)
	}
	if !bytes.Equal(bytes.Join(m.Frames, nil), beat) {
		return fmt.Errorf("kerneltest: heartbeat: %q came back for %q", m.Frames, beat)
	}
	return nil
}
