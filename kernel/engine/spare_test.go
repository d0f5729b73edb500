package engine

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// spareOf waits for the spare child.
func spareOf(t *testing.T, s *Supervisor) int {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if pids := s.PIDs(); len(pids) == 2 {
			return pids[1]
		}
		if time.Now().After(deadline) {
			t.Fatalf("no spare child: processes %v", s.PIDs())
		}
	}
}

// TestSpareTakesOver: the child that follows one that died is the one that waited.
func TestSpareTakesOver(t *testing.T) {
	s := started(t)
	fine(t, s, "let:x")
	for range 2 {
		spare := spareOf(t, s)
		if _, err := cell(t, s, "exit:1"); err == nil {
			t.Fatal("the cell did not fail")
		}
		if s.PID() != spare {
			t.Errorf("child is %d, the spare was %d", s.PID(), spare)
		}
		fine(t, s, "print:next")
	}
	spare := spareOf(t, s)
	if err := s.Restart(); err != nil || s.PID() != spare {
		t.Errorf("after Restart the child is %d, the spare was %d (%v)", s.PID(), spare, err)
	}
}

// TestDeadSpare: one that died is not missed.
func TestDeadSpare(t *testing.T) {
	s := started(t)
	fine(t, s, "nothing:")
	spare := spareOf(t, s)
	if err := syscall.Kill(spare, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if _, err := cell(t, s, "exit:1"); err == nil || err.Name != "EngineDied" || strings.Contains(err.Value, "kill") {
		t.Errorf("error %v", err)
	}
	if got := fine(t, s, "print:next"); got.text("stdout") != "next" {
		t.Errorf("printed %q", got.text("stdout"))
	}
	if again := spareOf(t, s); again == spare {
		t.Error("the dead spare is still the spare")
	}
}

// TestCloseEndsTheSpare leaves no process behind.
func TestCloseEndsTheSpare(t *testing.T) {
	s := started(t)
	fine(t, s, "nothing:")
	spare := spareOf(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); syscall.Kill(spare, 0) == nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the spare lives on")
		}
	}
	s.park()
	if got := s.PIDs(); len(got) != 0 {
		t.Errorf("processes %v after Close", got)
	}
}
