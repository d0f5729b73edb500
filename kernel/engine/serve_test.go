package engine

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// TestServeByHand: a person who runs the child's command is told what it is.
func TestServeByHand(t *testing.T) {
	out, err := exec.Command(os.Args[0], "engine").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "descriptor 3 is not a pipe: this command is the kernel's") {
		t.Errorf("%v: %q", err, out)
	}
}

// TestChildEndsWithItsRequestPipe: where no signal tells a child of its parent's
// death, the end of its request pipe does, and takes what it has started along.
func TestChildEndsWithItsRequestPipe(t *testing.T) {
	s := started(t)
	grand := grandchild(t, s, "")
	s.mu.Lock()
	c := s.child
	s.mu.Unlock()
	if err := c.pipes.inW.Close(); err != nil {
		t.Fatal(err)
	}
	vanished(t, c.pid())
	vanished(t, grand)
}

// TestEmitTooLarge: an output above the limit is left out and said to be; the end
// of a cell comes in any case.
func TestEmitTooLarge(t *testing.T) {
	var frames bytes.Buffer
	outR, outW, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer outR.Close()
	s := &server{nonce: testNonce, out: outW, err: outW, events: newFrameWriter(&frames)}
	s.events.limit = 300
	long := strings.Repeat("x", 400)
	s.sink(display.Result{Bundle: display.Bundle{Data: map[string]any{"text/plain": long}}})
	s.emit(&frame{Kind: kindEnd, ID: 5, Error: &kernel.Error{Name: "Panic", Value: long}})
	outW.Close()
	text, err := io.ReadAll(outR)
	if err != nil {
		t.Fatal(err)
	}
	if got := told([][]byte{text}); strings.Count(got, "larger than the limit; it was left out") != 2 {
		t.Errorf("text %q", got)
	}
	for _, want := range []kind{kindResult, kindEnd} {
		f, err := readFrame(&frames)
		if err != nil || f.Kind != want || f.Mark == 0 {
			t.Errorf("frame %+v, %v; want %s", f, err, want)
		}
		if want == kindEnd && (f.Error == nil || f.Error.Name != "Panic" || f.ID != 5) {
			t.Errorf("end %+v", f)
		}
	}
}

func TestOneLine(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a", "a"}, {"a\nb\n", "a; b"}, {"\n  a\n\n\tb", "a; b"}, {"", ""},
	} {
		if got := oneLine(test.text); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}
