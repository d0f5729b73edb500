package engine

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A marker is a piece of a text stream that only the two ends of the pipe see.
// The child writes one to standard output and one to standard error before every
// ordered frame; the parent releases the frame when both have come, and holds
// back what follows them until then.
//
// Its first byte never occurs in UTF-8, so that ordinary text is never held back
// for looking like the beginning of one; its nonce is a random number that only
// the two ends know; its length is fixed and far below PIPE_BUF, so that it is
// written whole.
const (
	markStart  = "\xff\xfe"
	nonceBytes = 16
	markLen    = len(markStart) + 2*nonceBytes + 1 + 16
	markMore   = '.' // the cell goes on
	markLast   = '!' // the cell ends here: no half rune is held back any longer
)

// marker is the text of marker number seq.
func marker(nonce string, seq uint64, last bool) []byte {
	flag := byte(markMore)
	if last {
		flag = markLast
	}
	digits := strconv.FormatUint(seq, 16)
	b := make([]byte, 0, markLen)
	b = append(b, markStart...)
	b = append(b, nonce...)
	b = append(b, flag)
	b = append(b, strings.Repeat("0", 16-len(digits))...)
	return append(b, digits...)
}

func validNonce(nonce string) bool {
	raw, err := hex.DecodeString(nonce)
	return err == nil && len(raw) == nonceBytes
}

// piece is what a stream consists of: text, or the number of a marker.
type piece struct {
	text string
	mark uint64
}

// splitter cuts the bytes of one stream into pieces of valid UTF-8 and markers,
// however the bytes were split over reads.
type splitter struct {
	prefix []byte // what every marker of this child starts with
	rest   []byte // the beginning of a marker, perhaps
	rune   []byte // the beginning of a rune
}

func newSplitter(nonce string) *splitter {
	return &splitter{prefix: []byte(markStart + nonce)}
}

// split calls emit for every piece that chunk completes.
func (s *splitter) split(chunk []byte, emit func(piece)) {
	if len(s.rest) > 0 {
		chunk = append(s.rest, chunk...)
		s.rest = nil
	}
	for {
		at := bytes.Index(chunk, s.prefix)
		if at < 0 {
			break
		}
		if len(chunk)-at < markLen {
			s.text(chunk[:at], emit)
			s.rest = bytes.Clone(chunk[at:])
			return
		}
		s.text(chunk[:at], emit)
		s.mark(chunk[at:at+markLen], emit)
		chunk = chunk[at+markLen:]
	}
	cut := len(chunk) - s.overlap(chunk)
	s.text(chunk[:cut], emit)
	s.rest = bytes.Clone(chunk[cut:])
}

func (s *splitter) mark(m []byte, emit func(piece)) {
	seq, err := strconv.ParseUint(string(m[len(s.prefix)+1:]), 16, 64)
	if err != nil {
		return // not from us; nothing that a person could read either
	}
	if m[len(s.prefix)] == markLast {
		s.flushRune(emit)
	}
	emit(piece{mark: seq})
}

// overlap is the length of the end of chunk that may begin a marker.
func (s *splitter) overlap(chunk []byte) int {
	tail := chunk[max(0, len(chunk)-len(s.prefix)+1):]
	for {
		at := bytes.IndexByte(tail, s.prefix[0])
		if at < 0 {
			return 0
		}
		tail = tail[at:]
		if bytes.HasPrefix(s.prefix, tail) {
			return len(tail)
		}
		tail = tail[1:]
	}
}

// text emits the whole runes of b and keeps the beginning of one at its end.
func (s *splitter) text(b []byte, emit func(piece)) {
	if len(b) == 0 {
		return
	}
	if len(s.rune) > 0 {
		b = append(s.rune, b...)
		s.rune = nil
	}
	cut := len(b) - halfRune(b)
	s.rune = bytes.Clone(b[cut:])
	if cut > 0 {
		emit(piece{text: validText(b[:cut])})
	}
}

func validText(b []byte) string {
	if utf8.Valid(b) { // much faster than ToValidUTF8, and nearly always so
		return string(b)
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// halfRune is the length of the incomplete rune at the end of b.
func halfRune(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

func (s *splitter) flushRune(emit func(piece)) {
	if len(s.rune) > 0 {
		s.rune = nil
		emit(piece{text: "\ufffd"})
	}
}

// end emits what was held back when the stream ends.
func (s *splitter) end(emit func(piece)) {
	rest := s.rest
	s.rest = nil
	s.text(rest, emit)
	s.flushRune(emit)
}
