package notebooks

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// On a terminal one line is rewritten; elsewhere lines come rarely.
func TestTerminal(t *testing.T) {
	var out bytes.Buffer
	bar := display.Progress{Title: "training BP", Done: 3, Total: 10, Elapsed: 30 * time.Second}
	tty := &terminal{out: &out, tty: true, cells: 4}
	tty.started(2, "\nx := 1\ny := 2")
	tty.progress(2, bar)
	tty.wipe()
	lines := strings.Split(out.String(), "\r\x1b[K")
	if len(lines) != 4 || lines[1] != "cell 2 of 4: x := 1" || !strings.HasPrefix(lines[2], "cell 2 of 4: training BP ") || lines[3] != "" {
		t.Errorf("a terminal gets %q", lines)
	}
	if !strings.Contains(lines[2], "1m10s left") {
		t.Errorf("the time left is missing in %q", lines[2])
	}

	out.Reset()
	last := bar
	last.Done, last.Final = 10, true
	tty.progress(2, last)
	tty.wipe()
	if got := out.String(); !strings.HasSuffix(got, "\n") || strings.Count(got, "\r") != 1 {
		t.Errorf("the end of a bar does not stay: %q", got)
	}

	out.Reset()
	file := &terminal{out: &out, cells: 4, last: time.Now()}
	file.started(2, "x := 1")
	file.progress(2, bar)
	if out.Len() > 0 {
		t.Errorf("a file gets %q too early", &out)
	}
	file.last = time.Now().Add(-plainEvery)
	file.progress(2, bar)
	file.progress(2, bar)
	bar.Final = true
	file.progress(2, bar)
	if got := strings.Count(out.String(), "\n"); got != 2 || strings.Contains(out.String(), "\r") {
		t.Errorf("a file gets %d lines, want 2: %q", got, &out)
	}

	out.Reset()
	quiet := &terminal{out: &out, tty: true, quiet: true}
	quiet.started(1, "x")
	quiet.progress(1, bar)
	quiet.wipe()
	if out.Len() > 0 {
		t.Errorf("-quiet prints %q", &out)
	}
}

// An error without a traceback is told by name and message.
func TestFailureWithoutTraceback(t *testing.T) {
	var out bytes.Buffer
	term := &terminal{out: &out, cells: 1}
	term.failure(&CellError{Cell: 1, Count: 1, Source: "x", Reason: "failed", Err: kernel.Error{Name: "E", Value: "v"}})
	if want := "cell 1 of 1 (In [1]) failed:\n\n    1 | x\n\nE: v\n"; out.String() != want {
		t.Errorf("got %q, want %q", &out, want)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct{ line, want string }{{"abc", "abc"}, {"abcd", "ab…"}, {"éééé", "éé…"}, {"ééé", "ééé"}} {
		if got := shorten(c.line, 3); got != c.want {
			t.Errorf("shorten(%q) = %q, want %q", c.line, got, c.want)
		}
	}
}
