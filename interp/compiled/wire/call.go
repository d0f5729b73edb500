package wire

import (
	"encoding/binary"
	"time"
)

// CallHead begins the payload of a Call.
type CallHead struct {
	Function int
	Deadline time.Time // of the context; zero: none
}

// Put writes the head.
func (h CallHead) Put() []byte {
	b := binary.AppendUvarint(nil, uint64(h.Function))
	at := int64(0)
	if !h.Deadline.IsZero() {
		at = h.Deadline.UnixNano()
	}
	return binary.AppendVarint(b, at)
}

// GetCall reads the head of a Call and returns what follows.
func GetCall(payload []byte) (h CallHead, rest []byte, err error) {
	defer recoverCorrupt(&err)
	d := decoder{in: payload}
	const mostFunctions = 1 << 30
	h.Function = d.uint(mostFunctions)
	at, n := binary.Varint(d.in)
	d.require(n > 0)
	if at != 0 {
		h.Deadline = time.Unix(0, at)
	}
	return h, d.in[n:], nil
}

// PutCause writes the error of a Cancel.
func PutCause(err error) []byte {
	e := encoder{}
	e.text(err.Error())
	return binary.AppendUvarint(e.buf, sentinels(err))
}

// GetCause reads the error of a Cancel.
func GetCause(payload []byte) (cause, err error) {
	defer recoverCorrupt(&err)
	d := decoder{in: payload}
	text := d.text()
	return errorOf(text, d.uint64()), nil
}

// PutTexts writes texts, as a Ready has them.
func PutTexts(texts []string) []byte {
	e := encoder{}
	e.uint(len(texts))
	for _, t := range texts {
		e.uint(len(t))
		e.buf = append(e.buf, t...)
	}
	return e.buf
}

// GetTexts reads texts.
func GetTexts(payload []byte) (texts []string, err error) {
	defer recoverCorrupt(&err)
	d := decoder{in: payload}
	for range d.uint(len(d.in)) {
		texts = append(texts, d.text())
	}
	return texts, nil
}

// Way is how a panic came about.
type Way byte

// Ways.
const (
	RuntimeError Way = iota // a runtime.Error
	ErrorValue              // another error
	TextValue               // a string
	IntValue                // an int
	OtherValue              // anything else, as a text
	Goexit                  // no panic: runtime.Goexit
)

// Failure is a panic of compiled code.
type Failure struct {
	Way       Way
	Text      string
	Int       int
	Sentinels uint64
	Frames    []Place // innermost first
}

// Place is a line of compiled code.
type Place struct {
	Function string
	File     string
	Line     int
}

// NoteSentinels notes which of the sentinels an error is.
func (f *Failure) NoteSentinels(err error) { f.Sentinels = sentinels(err) }

// Err is the error of a Failure whose Way is ErrorValue.
func (f *Failure) Err() error { return errorOf(f.Text, f.Sentinels) }

// Put writes the failure.
func (f *Failure) Put() []byte {
	e := encoder{}
	e.buf = append(e.buf, byte(f.Way))
	e.uint(len(f.Text))
	e.buf = append(e.buf, f.Text...)
	e.buf = binary.AppendVarint(e.buf, int64(f.Int))
	e.buf = binary.AppendUvarint(e.buf, f.Sentinels)
	e.uint(len(f.Frames))
	for _, p := range f.Frames {
		for _, t := range []string{p.Function, p.File} {
			e.uint(len(t))
			e.buf = append(e.buf, t...)
		}
		e.uint(p.Line)
	}
	return e.buf
}

// GetFailure reads a failure and returns what follows.
func GetFailure(payload []byte) (f Failure, rest []byte, err error) {
	defer recoverCorrupt(&err)
	d := decoder{in: payload}
	f.Way = Way(d.byte())
	f.Text = d.text()
	n, size := binary.Varint(d.in)
	d.require(size > 0)
	f.Int, d.in = int(n), d.in[size:]
	f.Sentinels = d.uint64()
	const mostLines = 1 << 40
	for range d.uint(len(d.in)) {
		p := Place{Function: d.text(), File: d.text()}
		p.Line = d.uint(mostLines)
		f.Frames = append(f.Frames, p)
	}
	return f, d.in, nil
}
