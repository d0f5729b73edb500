package engine

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// kind tags a frame.
type kind string

// Frames from the parent to the child.
const (
	kindStart      kind = "start"      // Nonce
	kindRun        kind = "run"        // ID, Count, Code, Silent, Input
	kindCancel     kind = "cancel"     // ID of the run
	kindIsComplete kind = "iscomplete" // ID, Code
	kindComplete   kind = "complete"   // ID, Code, At
	kindInspect    kind = "inspect"    // ID, Code, At, Detail
	kindTold       kind = "told"       // ID of the ask, Text or Error
	kindComm       kind = "comm"       // ID of the run, Comm
	kindCommBeside kind = "commbeside" // the same, while a cell may run
	kindComms      kind = "comms"      // ID
)

// Frames from the child to the parent. Those with a Mark are ordered against
// the text on standard output and standard error.
const (
	kindReady    kind = "ready"    // Names, or Error when there is no session
	kindBegin    kind = "begin"    // ID of the run; Mark
	kindData     kind = "data"     // Data; Mark
	kindResult   kind = "result"   // Result; Mark
	kindClear    kind = "clear"    // Clear; Mark
	kindProgress kind = "progress" // Progress; Mark
	kindAsk      kind = "ask"      // ID, Prompt, Silent for a password; Mark
	kindSent     kind = "sent"     // Comm; Mark
	kindEnd      kind = "end"      // ID, Result, Error, Names; Mark
	kindLate     kind = "late"     // Late
	kindForget   kind = "forget"   // ID of a run of which nothing more comes; after its end
	kindAnswer   kind = "answer"   // ID, and Completeness, Completion, Inspection or Comms
)

// frame is one message between parent and child. Which fields count depends on
// the kind.
type frame struct {
	Kind kind   `json:"kind"`
	ID   uint64 `json:"id,omitempty"`   // number of the request
	Mark uint64 `json:"mark,omitempty"` // sequence number of its markers
	Run  uint64 `json:"run,omitempty"`  // of the goroutine that sent it; 0: unknown

	Nonce  string `json:"nonce,omitempty"`
	Count  int    `json:"count,omitempty"`
	Code   string `json:"code,omitempty"`
	Silent bool   `json:"silent,omitempty"`
	Input  bool   `json:"input,omitempty"` // the user can be asked
	Prompt string `json:"prompt,omitempty"`
	Text   string `json:"text,omitempty"`

	Data     *display.Data     `json:"data,omitempty"`
	Result   *display.Result   `json:"result,omitempty"`
	Clear    *display.Clear    `json:"clear,omitempty"`
	Progress *display.Progress `json:"progress,omitempty"`
	Late     *display.Stream   `json:"late,omitempty"` // text of a cell that is over

	Comm  *display.CommMessage `json:"comm,omitempty"`
	Comms map[string]string    `json:"comms,omitempty"` // target by id

	Error *kernel.Error `json:"error,omitempty"`
	Names []string      `json:"names,omitempty"`

	At     int `json:"at,omitempty"`
	Detail int `json:"detail,omitempty"`

	Completeness *kernel.Completeness `json:"completeness,omitempty"`
	Completion   *kernel.Completion   `json:"completion,omitempty"`
	Inspection   *kernel.Inspection   `json:"inspection,omitempty"`
}

// event is what the frame shows, nil when that is nothing.
func (f *frame) event() display.Event {
	switch {
	case f.Data != nil:
		return *f.Data
	case f.Result != nil:
		return *f.Result
	case f.Clear != nil:
		return *f.Clear
	case f.Progress != nil:
		return *f.Progress
	case f.Late != nil:
		return *f.Late
	case f.Comm != nil:
		return *f.Comm
	}
	return nil
}

// frameLimit bounds a frame, and with it what one output or one cell may take.
const frameLimit = 256 << 20

var errTooLarge = errors.New("larger than the limit")

// frameWriter writes frames, each whole; it is safe for concurrent use.
type frameWriter struct {
	limit int // bytes of a frame
	mu    sync.Mutex
	w     io.Writer
}

func newFrameWriter(w io.Writer) *frameWriter { return &frameWriter{limit: frameLimit, w: w} }

// write sends f as four bytes of length, big endian, and that many of JSON.
func (fw *frameWriter) write(f *frame) error {
	var buffer bytes.Buffer
	buffer.Write(make([]byte, 4))
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(f); err != nil {
		return fmt.Errorf("engine: frame %s: %w", f.Kind, err)
	}
	raw := buffer.Bytes()
	if len(raw)-4 > fw.limit {
		return fmt.Errorf("engine: frame %s of %d bytes: %w", f.Kind, len(raw)-4, errTooLarge)
	}
	binary.BigEndian.PutUint32(raw, uint32(len(raw)-4))
	fw.mu.Lock()
	defer fw.mu.Unlock()
	if _, err := fw.w.Write(raw); err != nil {
		return fmt.Errorf("engine: frame %s: %w", f.Kind, err)
	}
	return nil
}

// readFrame reads the next frame. A length that lies costs no memory: the
// buffer grows with the bytes that really come.
func readFrame(r io.Reader) (*frame, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size := int64(binary.BigEndian.Uint32(head[:]))
	if size > frameLimit {
		return nil, fmt.Errorf("engine: frame of %d bytes: %w", size, errTooLarge)
	}
	var buffer bytes.Buffer
	if _, err := io.CopyN(&buffer, r, size); err != nil {
		return nil, fmt.Errorf("engine: frame cut short: %w", err)
	}
	decoder := json.NewDecoder(&buffer)
	decoder.UseNumber() // figures in JSON outputs keep all their digits
	f := new(frame)
	if err := decoder.Decode(f); err != nil {
		return nil, fmt.Errorf("engine: frame: %w", err)
	}
	return f, nil
}
