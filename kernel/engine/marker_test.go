package engine

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testNonce = strings.Repeat("0a", nonceBytes)

// told is a stream as text, with its markers as "[n]".
func told(chunks [][]byte) string {
	var b strings.Builder
	emit := func(p piece) {
		b.WriteString(p.text)
		if p.mark > 0 {
			fmt.Fprintf(&b, "[%d]", p.mark)
		}
	}
	s := newSplitter(testNonce)
	for _, chunk := range chunks {
		s.split(chunk, emit)
	}
	s.end(emit)
	return b.String()
}

// TestSplitterAnySplit: how the bytes are split over reads makes no difference.
func TestSplitterAnySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var stream []byte
		var want strings.Builder
		for i, text := range rapid.SliceOf(rapid.String()).Draw(t, "texts") {
			last := rapid.Bool().Draw(t, "last")
			stream = append(stream, text...)
			stream = append(stream, marker(testNonce, uint64(i+1), last)...)
			fmt.Fprintf(&want, "%s[%d]", text, i+1)
		}
		var chunks [][]byte
		for rest := stream; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			chunks = append(chunks, append([]byte(nil), rest[:n]...))
			rest = rest[n:]
		}
		if got := told(chunks); got != want.String() {
			t.Fatalf("%q, want %q", got, want.String())
		}
	})
}

func TestSplitterHoldsNothingWhole(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"no end of line", "no end of line"},
		{"half a rune: \xe2\x82", "half a rune: "},
		{"no rune: \xff", "no rune: "}, // may begin a marker
		{"no marker: \xffx", "no marker: \ufffdx"},
	} {
		var got strings.Builder
		newSplitter(testNonce).split([]byte(test.text), func(p piece) { got.WriteString(p.text) })
		if got.String() != test.want {
			t.Errorf("%q: %q, want %q", test.text, got.String(), test.want)
		}
	}
}

func TestSplitterMarkerInsideARune(t *testing.T) {
	inside := append(append([]byte("\xe2\x82"), marker(testNonce, 1, false)...), "\xac"...)
	if got := told([][]byte{inside}); got != "[1]€" {
		t.Errorf("%q", got)
	}
	atEnd := append(append([]byte("\xe2\x82"), marker(testNonce, 1, true)...), "x"...)
	if got := told([][]byte{atEnd}); got != "\ufffd[1]x" {
		t.Errorf("%q", got)
	}
}

func TestSplitterForeignMarker(t *testing.T) {
	foreign := marker(strings.Repeat("0b", nonceBytes), 1, false)
	if got := told([][]byte{foreign}); !strings.Contains(got, "0b0b") {
		t.Errorf("%q", got)
	}
	if len(foreign) != markLen {
		t.Errorf("a marker has %d bytes, want %d", len(foreign), markLen)
	}
}

func BenchmarkSplitter(b *testing.B) {
	block := []byte(strings.Repeat("line of text, é\n", 8<<10))
	s := newSplitter(testNonce)
	b.SetBytes(int64(len(block)))
	for b.Loop() {
		s.split(block, func(piece) {})
	}
}
