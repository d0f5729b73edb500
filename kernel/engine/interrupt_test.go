package engine

import (
	"strings"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
)

func TestInterruptAListeningCell(t *testing.T) {
	s := started(t)
	fine(t, s, "let:x")
	pid := s.PID()
	kerneltest.Within(t, 200*time.Millisecond, func() time.Duration {
		r := newRecorder()
		done := begin(s, "spin:", r)
		r.await(t, "stdout", "spinning")
		start := time.Now()
		s.Interrupt()
		err := await(t, done)
		took := time.Since(start)
		if err == nil || err.Name != "Interrupted" {
			t.Fatalf("error %v", err)
		}
		if got := r.text("stderr"); got != "" {
			t.Errorf("stderr %q", got)
		}
		return took
	})
	if s.PID() != pid || len(s.names()) != 1 {
		t.Error("the state is lost")
	}
}

// TestDoubleClickKeepsState: two interrupts in quick succession do not restart
// an engine whose cell listens.
func TestDoubleClickKeepsState(t *testing.T) {
	s, r := started(t), newRecorder()
	done := begin(s, "spin:", r)
	r.await(t, "stdout", "spinning")
	pid := s.PID()
	s.Interrupt()
	s.Interrupt()
	if err := await(t, done); err == nil || err.Name != "Interrupted" {
		t.Fatalf("error %v", err)
	}
	if s.PID() != pid {
		t.Error("the engine was restarted")
	}
}

func TestSecondInterruptRestarts(t *testing.T) {
	t.Parallel()
	s, r := started(t), newRecorder()
	fine(t, s, "let:x")
	done := begin(s, "deaf:", r)
	r.await(t, "stdout", "deaf")
	start := time.Now()
	s.Interrupt()
	r.await(t, "stderr", "That loses: x.")
	if took := time.Since(start); took < interruptWarn {
		t.Errorf("warned after %v", took)
	}
	start = time.Now()
	s.Interrupt()
	err := await(t, done)
	if took := time.Since(start); took > interruptKill-time.Second {
		t.Errorf("restarted after %v", took)
	}
	if err == nil || err.Name != "Interrupted" || !strings.Contains(strings.Join(err.Traceback, "\n"), "Lost: x.") {
		t.Errorf("error %v", err)
	}
	fine(t, s, "nothing:")
}

func TestDeafCellIsRestartedByItself(t *testing.T) {
	if testing.Short() {
		t.Skip("waits six seconds")
	}
	t.Parallel()
	s, r := started(t), newRecorder()
	done := begin(s, "deaf:", r)
	r.await(t, "stdout", "deaf")
	start := time.Now()
	s.Interrupt()
	if err := await(t, done); err == nil || err.Name != "Interrupted" {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took < interruptWarn+interruptKill {
		t.Errorf("restarted after %v", took)
	}
}

func TestInterruptWhileIdle(t *testing.T) {
	s := started(t)
	s.Interrupt()
	fine(t, s, "let:x")
	pid := s.PID()
	s.Interrupt()
	fine(t, s, "nothing:")
	if s.PID() != pid {
		t.Error("an interrupt while idle cost the child its life")
	}
}

// TestInterruptAtOnce: an interrupt that comes before the child has seen the cell
// is not lost.
func TestInterruptAtOnce(t *testing.T) {
	s := started(t)
	for range 10 {
		r := newRecorder()
		done := begin(s, "spin:", r)
		for len(done) == 0 {
			s.mu.Lock()
			running := s.running != nil
			s.mu.Unlock()
			if running {
				break
			}
		}
		s.Interrupt()
		if err := await(t, done); err == nil || err.Name != "Interrupted" {
			t.Fatalf("error %v", err)
		}
	}
}
