package engine

import (
	"fmt"
	"strings"
	"testing"
)

func dumpText(lines int) string {
	var b strings.Builder
	b.WriteString("fatal error: stack overflow\n\nruntime stack:\n")
	for i := range lines {
		fmt.Fprintf(&b, "frame %d\n", i)
	}
	return b.String()
}

func TestDumpFilterHoldsBack(t *testing.T) {
	for _, size := range []int{1, 2, 7, 1000, 1 << 20} {
		d := &dumpFilter{}
		text := "hello\n" + dumpText(200)
		var shown strings.Builder
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			shown.WriteString(d.pass(rest[:n]))
			rest = rest[n:]
		}
		if !strings.HasPrefix(text, shown.String()) || strings.Count(shown.String(), "\n") != 3+dumpShown {
			t.Errorf("in pieces of %d: %q", size, shown.String())
		}
		if got := d.reason(); got != "fatal error: stack overflow" {
			t.Errorf("reason %q", got)
		}
		if got := d.drop(); !strings.HasPrefix(got, "... (176 more lines") {
			t.Errorf("drop: %q", got)
		}
		if d.holding() {
			t.Error("still holding")
		}
	}
}

func TestDumpFilterReleases(t *testing.T) {
	d := &dumpFilter{}
	text := dumpText(200)
	if got := d.pass(text) + d.release() + d.pass("on\n"); got != text+"on\n" {
		t.Errorf("%q", got)
	}
	if d.reason() == "" {
		t.Error("a child that is slow to die has no reason to")
	}
	if d.outlived(); d.reason() != "" {
		t.Error("a living child has a reason to die")
	}
}

func TestReasonOfARepeatedPanic(t *testing.T) {
	d := &dumpFilter{}
	d.pass("1:39: panic: main.func(...)\npanic: boom [recovered, repanicked]\n\ngoroutine 7 [running]:\n")
	if got := d.reason(); got != "panic: boom" {
		t.Errorf("reason %q", got)
	}
}

func TestDumpFilterPassesOrdinaryText(t *testing.T) {
	d := &dumpFilter{}
	for _, text := range []string{"goroutine 5 is fine\n", "a goroutine 1 [running]:\n", "panic: main(...)\n", "goroutine"} {
		if got := d.pass(strings.Repeat(text, 100)); got != strings.Repeat(text, 100) {
			t.Errorf("%q: held back", text)
		}
	}
	if d.reason() != "" {
		t.Errorf("reason %q without a dump", d.reason())
	}
}

func TestDumpFilterIsBounded(t *testing.T) {
	d := &dumpFilter{}
	n := 0
	text := dumpText(100_000)
	for range 2 * dumpHeld / len(text) * 2 {
		n += len(d.pass(text))
	}
	if n == 0 || d.held.Len() > dumpHeld {
		t.Errorf("%d bytes held, %d shown", d.held.Len(), n)
	}
}
