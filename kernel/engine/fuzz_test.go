package engine

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzStream reads what a broken or hostile child may send: its text must come out
// as UTF-8 however it is cut, and its frames must be read or refused, none of them
// read differently the second time.
func FuzzStream(f *testing.F) {
	f.Add([]byte("text \xe2\x82\xac"+string(marker(testNonce, 1, true))+"\xff\xfe"), uint8(3))
	var frames bytes.Buffer
	if err := newFrameWriter(&frames).write(&frame{Kind: kindRun, ID: 7, Code: "x"}); err != nil {
		f.Fatal(err)
	}
	f.Add(frames.Bytes(), uint8(9))
	f.Add([]byte("\x00\x00\x00\x14{\"kind\":\"comm\",\"comm\":{}}"), uint8(1))
	f.Fuzz(func(t *testing.T, raw []byte, size uint8) {
		s := newSplitter(testNonce)
		emit := func(p piece) {
			if !utf8.ValidString(p.text) {
				t.Errorf("%q comes out", p.text)
			}
		}
		for rest := raw; len(rest) > 0; {
			n := min(int(size)+1, len(rest))
			s.split(rest[:n], emit)
			rest = rest[n:]
		}
		s.end(emit)
		r := bytes.NewReader(raw)
		for {
			read, err := readFrame(r)
			if err != nil {
				return
			}
			var again bytes.Buffer
			if err := newFrameWriter(&again).write(read); err != nil {
				t.Fatal(err)
			}
			first := again.String()
			if read, err = readFrame(&again); err != nil {
				t.Fatal(err)
			}
			var third bytes.Buffer
			if err := newFrameWriter(&third).write(read); err != nil || third.String() != first {
				t.Fatalf("%q comes back as %q, error %v", first, &third, err)
			}
		}
	})
}
