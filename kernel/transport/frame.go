package transport

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Flags of a ZMTP frame; the other bits are reserved.
const (
	flagMore    = 1
	flagLong    = 2
	flagCommand = 4
)

// frameHeader precedes every frame.
type frameHeader struct {
	more    bool // the message goes on in the next frame
	command bool // not part of a message
	size    uint64
}

// readFrameHeader reads one header.
func readFrameHeader(r io.Reader) (frameHeader, error) {
	var b [9]byte
	if _, err := io.ReadFull(r, b[:2]); err != nil {
		return frameHeader{}, fmt.Errorf("transport: frame: %w", err)
	}
	flags, size := b[0], uint64(b[1])
	if flags&^(flagMore|flagLong|flagCommand) != 0 {
		return frameHeader{}, errors.New("transport: frame: reserved flag set")
	}
	if flags&flagLong != 0 {
		if _, err := io.ReadFull(r, b[2:]); err != nil {
			return frameHeader{}, fmt.Errorf("transport: frame: %w", err)
		}
		size = binary.BigEndian.Uint64(b[1:])
	}
	return frameHeader{more: flags&flagMore != 0, command: flags&flagCommand != 0, size: size}, nil
}

// append adds the header in its shortest form.
func (h frameHeader) append(b []byte) []byte {
	var flags byte
	if h.more {
		flags |= flagMore
	}
	if h.command {
		flags |= flagCommand
	}
	if h.size > 255 {
		return binary.BigEndian.AppendUint64(append(b, flags|flagLong), h.size)
	}
	return append(b, flags, byte(h.size))
}
