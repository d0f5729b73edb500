package wire

import (
	"bufio"
	"encoding/binary"
	"io"
	"sync"
)

// Kind is what a frame is.
type Kind byte

// Kinds of frames: the first two go to the compiled cell, the others come from it.
const (
	Call   Kind = iota // of a function: its number, the deadline of its context, arguments
	Cancel             // of the context of a call: the error's text and sentinels
	Ready              // the functions that can be called: the structures of their types
	Result             // of a call: what EncodeReply writes
	Panic              // of a call: what PutPanic writes, changes of memory
)

// Frame is one message about one call.
type Frame struct {
	Kind    Kind
	ID      uint64 // of the call
	Payload []byte
}

const headSize = 1 + 8 + 8 // kind, call, length of the payload

// Writer writes frames, one at a time.
type Writer struct {
	mu sync.Mutex
	to io.Writer
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w} }

// Write writes a frame whose payload is in parts.
func (w *Writer) Write(kind Kind, id uint64, parts ...[]byte) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	head := make([]byte, 0, headSize+min(size, large))
	head = append(head, byte(kind))
	head = binary.LittleEndian.AppendUint64(head, id)
	head = binary.LittleEndian.AppendUint64(head, uint64(size))
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range parts {
		if len(p) < large {
			head = append(head, p...)
			continue
		}
		if _, err := w.to.Write(head); err != nil {
			return err
		}
		head = head[:0]
		if _, err := w.to.Write(p); err != nil {
			return err
		}
	}
	if len(head) == 0 {
		return nil
	}
	_, err := w.to.Write(head)
	return err
}

// Reader reads frames.
type Reader struct{ from *bufio.Reader }

// NewReader returns a Reader from r.
func NewReader(r io.Reader) *Reader { return &Reader{bufio.NewReaderSize(r, 1<<16)} }

// maxFrame is the most bytes of a frame, more than a machine has.
const maxFrame = 1 << 46

// Read reads a frame. Its payload is in memory of its own, or in that of buffer if
// that is large enough.
func (r *Reader) Read(buffer []byte) (Frame, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r.from, head[:]); err != nil {
		return Frame{}, err
	}
	f := Frame{Kind: Kind(head[0]), ID: binary.LittleEndian.Uint64(head[1:])}
	size := binary.LittleEndian.Uint64(head[9:])
	if size > maxFrame {
		return Frame{}, ErrCorrupt
	}
	if uint64(cap(buffer)) >= size {
		f.Payload = buffer[:size]
	} else {
		f.Payload = make([]byte, size)
	}
	_, err := io.ReadFull(r.from, f.Payload)
	return f, err
}
