package transport

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"testing"
)

// pass returns what a frameReader hands out of b.
func pass(b []byte, onSub func(string)) ([]byte, error) {
	return io.ReadAll(&frameReader{
		src:       bufio.NewReader(bytes.NewReader(b)),
		limits:    Limits{Message: 1000, Frames: 4},
		onCommand: func([]byte) {},
		onSub:     onSub,
	})
}

func TestFramesPassInTheirShortestForm(t *testing.T) {
	in := slices.Concat(
		[]byte{1, 2}, []byte("ab"),
		commandFrame("\x04PING\x00\x00"),
		[]byte{2, 0, 0, 0, 0, 0, 0, 0, 3}, []byte("cde"),
	)
	want := slices.Concat([]byte{1, 2}, []byte("ab"), []byte{0, 3}, []byte("cde"))
	got, _ := pass(in, nil)
	if !bytes.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOnlyNewSubscriptionsAreReported(t *testing.T) {
	var topics []string
	in := slices.Concat(frame("\x01a"), frame("\x00a"), frame("\x01"), frame("\x01b"))
	got, _ := pass(in, func(topic string) { topics = append(topics, topic) })
	if want := []string{"a", "", "b"}; !slices.Equal(topics, want) || !bytes.Equal(got, in) {
		t.Errorf("topics %q, want %q; passed %q, want %q", topics, want, got, in)
	}
}

// FuzzFrames demands that what passes the reader passes it again, unchanged.
func FuzzFrames(f *testing.F) {
	f.Add(frame("hello"))
	f.Add(slices.Concat([]byte{1, 1, 'a'}, frame("b"), commandFrame("\x04PING\x00\x00")))
	f.Add([]byte{2, 0x40, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{3, 0, 0, 0, 0, 0, 0, 0, 1, 'x', 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, onSub := range []func(string){nil, func(string) {}} {
			once, _ := pass(b, onSub)
			if twice, _ := pass(once, onSub); !bytes.Equal(once, twice) {
				t.Errorf("%q passes as %q", once, twice)
			}
		}
	})
}
