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
	made := make(chan *Supervisor)
	thread := make(chan int, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends here
		thread <- syscall.Gettid()
		s, err := New(Options{})
		if err != nil {
			t.Error(err)
		} else {
			s.Execute(testCell("nothing:"), func(display.Event) {})
		}
		made <- s
	}()
	tid := <-thread
	s := <-made
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
			t.Skip("the runtime keeps the thread")
		}
	}
	fine(t, s, "nothing:")
	if s.PID() != pid {
		t.Error("the child died with a thread")
	}
}
