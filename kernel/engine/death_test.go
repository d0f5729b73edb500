package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
)

func TestDeathInACell(t *testing.T) {
	s := started(t)
	for _, test := range []struct {
		code, value string
		slow        bool
	}{
		{code: "exit:3", value: "exit status 3"},
		{code: "exit:0", value: "exit status 0"},
		{code: "eprint:panic: only printed\n;;exit:2", value: "exit status 2"},
		{code: "gopanic:", value: "panic: boom"},
		{code: "maps:", value: "fatal error: concurrent map writes"},
		{code: "memory:", value: "fatal error: "},
		{code: "kill:", value: "signal: killed (the machine may have run out of memory)"},
		{code: "garbage:", value: "its messages could not be read"},
		{code: "stack:", value: "fatal error: stack overflow", slow: true},
	} {
		t.Run(test.code, func(t *testing.T) {
			if test.slow && testing.Short() {
				t.Skip("fills 256 MiB of stack")
			}
			fine(t, s, "let:answer")
			old := s.PID()
			r, err := cell(t, s, "print:before;;"+test.code)
			if err == nil || err.Name != "EngineDied" || !strings.HasPrefix(err.Value, test.value) {
				t.Fatalf("error %v", err)
			}
			trace := strings.Join(err.Traceback, "\n")
			if !strings.Contains(trace, "Lost: answer.") || !strings.Contains(trace, "A fresh engine is running") {
				t.Errorf("traceback:\n%s", trace)
			}
			if r.text("stdout") != "before" {
				t.Errorf("what it printed: %q", r.text("stdout"))
			}
			if n := strings.Count(r.text("stderr"), "\n"); n > 45 && !kerneltest.RaceDetector { // the race detector reports too
				t.Errorf("%d lines on stderr", n)
			}
			if pid := s.PID(); pid == 0 || pid == old {
				t.Errorf("pid %d after %d", pid, old)
			}
			if got := fine(t, s, "print:next").all(); len(got) != 1 {
				t.Errorf("the next cell: %v", got)
			}
		})
	}
}

func TestDeathSaysNothingWasLost(t *testing.T) {
	_, err := cell(t, started(t), "exit:1")
	if err == nil || !strings.Contains(strings.Join(err.Traceback, "\n"), "nothing was lost") {
		t.Errorf("error %v", err)
	}
}

func TestDeathWhileIdle(t *testing.T) {
	s := started(t)
	file := filepath.Join(t.TempDir(), "now")
	fine(t, s, "let:x;;let:y;;late:"+file)
	create(t, file)
	gone(t, s)
	r := fine(t, s, "print:on")
	if got := r.text("stderr"); !strings.Contains(got, "exit status 7") || !strings.Contains(got, "Lost: x, y.") {
		t.Errorf("told: %q", got)
	}
	if got := r.text("stdout"); got != "on" {
		t.Errorf("the cell: %q", got)
	}
	if got := fine(t, s, "nothing:").all(); len(got) != 0 {
		t.Errorf("told again: %v", got)
	}
}

// TestDeathJustBeforeACell kills the child without giving the supervisor time to
// see it: the cell runs all the same, on the next one.
func TestDeathJustBeforeACell(t *testing.T) {
	s := started(t)
	for range 20 {
		fine(t, s, "nothing:")
		if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if got := fine(t, s, "print:on"); got.text("stdout") != "on" {
			t.Fatalf("events %v", got.all())
		}
	}
}

func create(t *testing.T, file string) {
	t.Helper()
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// gone waits for the child's death.
func gone(t *testing.T, s *Supervisor) {
	t.Helper()
	s.mu.Lock()
	c := s.child
	s.mu.Unlock()
	select {
	case <-c.gone:
	case <-time.After(patience):
		t.Fatal("the child lives on")
	}
}

func TestFreshChildIsQuick(t *testing.T) {
	s := started(t)
	kerneltest.Within(t, 100*time.Millisecond, func() time.Duration {
		fine(t, s, "nothing:")
		start := time.Now()
		cell(t, s, "exit:1")
		return time.Since(start)
	})
}

func TestLongDumpIsShortened(t *testing.T) {
	r, err := cell(t, started(t), "dump:400;;exit:2")
	if err == nil || err.Value != "exit status 2" {
		t.Errorf("error %v", err)
	}
	text := r.text("stderr")
	if n := strings.Count(text, "\n"); n != dumpShown+1 {
		t.Errorf("%d lines", n)
	}
	if !strings.HasSuffix(text, "more lines of the Go runtime's report left out)\n") {
		t.Errorf("end of %q", text)
	}
}

// TestDumpOfALivingChild: what only looks like a last word is shown whole, at the
// end of the cell or, in a cell that goes on, a second later.
func TestDumpOfALivingChild(t *testing.T) {
	t.Parallel()
	s := started(t)
	if n := strings.Count(fine(t, s, "dump:400").text("stderr"), "\n"); n != 401 {
		t.Errorf("%d lines", n)
	}
	r := newRecorder()
	done := begin(s, "dump:400;;spin:", r)
	r.await(t, "stderr", "frame 399\n")
	s.Interrupt()
	await(t, done)
}

func TestListedIsBounded(t *testing.T) {
	var names []string
	for i := range 30 {
		names = append(names, fmt.Sprintf("v%d", i))
	}
	if got := listed(names); !strings.HasSuffix(got, "v19 and 10 more") {
		t.Error(got)
	}
}
