package engine

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"crossbook/kernel/display"
)

// TestChildOutlivesTheThreadThatAskedForIt: the signal that lets a child die with
// its parent is bound to a thread, and threads come and go.
func TestChildOutlivesTheThreadThatAskedForIt(t *testing.T) {
	var s *Supervisor
	tid := onDyingThread(func() {
		var err error
		if s, err = New(Options{}); err != nil {
			t.Error(err)
			return
		}
		s.Execute(testCell("nothing:"), func(display.Event) {})
	})
	if s == nil {
		return
	}
	defer s.Close()
	pid := s.PID()
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(fmt.Sprintf("/proc/self/task/%d", tid)); err != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("thread %d does not end", tid)
		}
	}
	fine(t, s, "nothing:")
	if s.PID() != pid {
		t.Error("the child died with a thread")
	}
}

// onDyingThread calls do on a thread that ends afterwards, and gives its id. The
// process's first thread never ends, so it must be another.
func onDyingThread(do func()) int {
	thread := make(chan int)
	go func() {
		runtime.LockOSThread()
		tid := syscall.Gettid()
		if tid == syscall.Getpid() {
			tid = onDyingThread(do)
			runtime.UnlockOSThread()
		} else {
			do()
		}
		thread <- tid
	}()
	return <-thread
}
