package wire_test

import (
	"fmt"

	"crossbook/kernel/wire"
)

// A request travels as signed frames; the reply carries its header, untouched,
// as the parent header.
func Example() {
	signer, _ := wire.NewSigner("hmac-sha256", "the key of the connection file")
	request := wire.Message{Header: wire.NewSession("client").Header("shutdown_request")}
	request.Encode(map[string]bool{"restart": true})
	frames, _ := request.Frames(signer)

	received, err := wire.Parse(frames, signer)
	if err != nil {
		fmt.Println(err)
		return
	}
	var content wire.ShutdownRequest
	if err := received.Decode(&content); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(received.Header.MsgType, content.Restart)

	reply := wire.Message{
		Header: wire.NewSession("kernel").Header("shutdown_reply"),
		Parent: received.RawHeader,
	}
	reply.Encode(wire.ShutdownReply{Status: wire.OK, Restart: true})
	fmt.Println(string(reply.Content))
	// Output:
	// shutdown_request true
	// {"status":"ok","restart":true}
}
