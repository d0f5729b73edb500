package engine

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/display"
)

// TestLateOutput: what a goroutine prints, shows and logs when its cell has ended
// goes to that cell, whether none, another or the third one after it runs.
func TestLateOutput(t *testing.T) {
	for name, between := range map[string][]string{
		"no cell":      {},
		"another cell": {"let:x"},
		"many cells":   {"let:x", "let:y", "print:other"},
	} {
		t.Run(name, func(t *testing.T) {
			s := started(t)
			file := filepath.Join(t.TempDir(), "now")
			first := fine(t, s, "after:"+file)
			for _, code := range between {
				fine(t, s, code)
			}
			create(t, file)
			first.await(t, "stdout", "late")
			first.await(t, "stderr", "logged")
			shown := 0
			for _, event := range first.all() {
				if _, ok := event.(display.Data); ok {
					shown++
				}
			}
			if shown != 1 {
				t.Errorf("%d displays, want 1: %v", shown, first.all())
			}
			if got := fine(t, s, "nothing:").all(); len(got) != 0 {
				t.Errorf("events of the next cell: %v", got)
			}
		})
	}
}

// TestLateOutputWhileACellRuns: the running cell does not get it.
func TestLateOutputWhileACellRuns(t *testing.T) {
	s := started(t)
	file := filepath.Join(t.TempDir(), "now")
	first := fine(t, s, "after:"+file)
	second := newRecorder()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Execute(testCell("print:mine;;spin:"), second.sink)
	}()
	second.await(t, "stdout", "mine")
	create(t, file)
	first.await(t, "stdout", "late")
	first.await(t, "stderr", "logged")
	s.Interrupt()
	<-done
	if got := second.text("stdout") + second.text("stderr"); strings.Contains(got, "late") || strings.Contains(got, "logged") {
		t.Errorf("the running cell got %q", got)
	}
}

// TestRunsAreForgotten: a run whose goroutines have ended takes no memory.
func TestRunsAreForgotten(t *testing.T) {
	var o origins
	forgotten := make(chan uint64, 100)
	for run := range uint64(10) {
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			o.enter(run+1, func(run uint64) { forgotten <- run })
			inner := make(chan uint64)
			go func() { inner <- o.run() }()
			if got := <-inner; got != run+1 {
				t.Errorf("a goroutine of run %d is taken for one of %d", run+1, got)
			}
		}()
		<-ended
	}
	if got := o.run(); got != 0 {
		t.Errorf("a goroutine of no run is taken for one of %d", got)
	}
	for deadline := time.Now().Add(20 * time.Second); len(forgotten) < 9; runtime.GC() { // the latest may linger in a register
		if time.Now().After(deadline) {
			t.Fatalf("%d of 10 runs are forgotten", len(forgotten))
		}
	}
	left := 0
	o.runs.Range(func(any, any) bool { left++; return true })
	if left > 1 {
		t.Errorf("%d runs are left", left)
	}
}
