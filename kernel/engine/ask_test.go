package engine

import (
	"context"
	"slices"
	"testing"
	"time"

	"crossbook/kernel"
)

func TestIsComplete(t *testing.T) {
	s := started(t)
	if got := completeness(s, "for {"); got != (kernel.Completeness{Status: "incomplete", Indent: "\t"}) {
		t.Errorf("idle: %v", got)
	}
	r := newRecorder()
	done := begin(s, "spin:", r)
	r.await(t, "stdout", "spinning")
	if got := completeness(s, "x"); got.Status != "complete" {
		t.Errorf("while a cell runs: %v", got)
	}
	if got := s.IsComplete("panic"); got.Status != "unknown" {
		t.Errorf("panicking: %v", got)
	}
	start := time.Now()
	if got := s.IsComplete("forever"); got.Status != "unknown" {
		t.Errorf("hanging: %v", got)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	s.Interrupt()
	await(t, done)
}

// completeness asks until it is answered in time, which on a busy machine may
// not be the first.
func completeness(s *Supervisor, code string) kernel.Completeness {
	for end := time.Now().Add(patience); ; {
		got := s.IsComplete(code)
		if got.Status != "unknown" || time.Now().After(end) {
			return got
		}
	}
}

// TestAssistWhileACellRuns: completions and descriptions come while a cell spins.
func TestAssistWhileACellRuns(t *testing.T) {
	s, r := started(t), newRecorder()
	done := begin(s, "spin:", r)
	r.await(t, "stdout", "spinning")
	var got kernel.Completion
	for end := time.Now().Add(patience); len(got.Items) == 0 && time.Now().Before(end); {
		got = s.Complete("goex", 4)
	}
	want := []kernel.CompletionItem{{Text: "goexit", Kind: "verb", Signature: "goexit:"}}
	if got.Start != 0 || got.End != 4 || !slices.Equal(got.Items, want) {
		t.Errorf("%+v", got)
	}
	var seen kernel.Inspection
	for end := time.Now().Add(patience); !seen.Found && time.Now().Before(end); {
		seen = s.Inspect("goexit", 6, 1)
	}
	if seen != (kernel.Inspection{Found: true, Text: "verb goexit, detail 1", Markdown: "**verb**"}) {
		t.Errorf("%+v", seen)
	}
	s.Interrupt()
	await(t, done)
}

// TestAssistThatFails: a session that panics, or answers outside of the code,
// leaves an answer that can be sent on.
func TestAssistThatFails(t *testing.T) {
	s := started(t)
	for _, code := range []string{"panic", "outside"} {
		got := s.Complete(code, 2)
		if got.Start != 2 || got.End != 2 || len(got.Items) != 0 {
			t.Errorf("%s: %+v", code, got)
		}
	}
	if got := s.Inspect("none", 99, 0); got.Found {
		t.Errorf("offset outside of the code: %+v", got)
	}
}

// plainSession has nothing but what every session has.
type plainSession struct{}

func (plainSession) Run(context.Context, int, string) ([]any, error) { return nil, nil }
func (plainSession) IsComplete(string) (status, indent string)       { return "complete", "" }
func (plainSession) Names() []string                                 { return nil }

func TestAssistOfASessionWithoutIt(t *testing.T) {
	s := &server{session: plainSession{}}
	if c, i := s.complete(&frame{Code: "x"}), s.inspect(&frame{Code: "x"}); c != nil || i != nil {
		t.Errorf("%v, %v", c, i)
	}
}
