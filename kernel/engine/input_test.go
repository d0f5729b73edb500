package engine

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"crossbook/kernel"
)

// user answers with lines in turn and waits for an interrupt when none is left.
type user struct {
	lines   []string
	prompts []string
	waiting chan struct{} // closed when there is no answer
}

func newUser(lines ...string) *user { return &user{lines: lines, waiting: make(chan struct{})} }

func (u *user) answer(ctx context.Context, prompt string, _ bool) (string, error) {
	u.prompts = append(u.prompts, prompt)
	if len(u.lines) == 0 {
		close(u.waiting)
		<-ctx.Done()
		return "", ctx.Err()
	}
	line := u.lines[0]
	u.lines = u.lines[1:]
	return line, nil
}

// beginAsking runs code for somebody who can be asked.
func beginAsking(s *Supervisor, code string, r *recorder, u *user) <-chan *kernel.Error {
	done := make(chan *kernel.Error, 1)
	cell := testCell(code)
	cell.Input = u.answer
	go func() { done <- s.Execute(cell, r.sink).Err }()
	return done
}

// needsNotice skips where the system does not tell who reads.
func needsNotice(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads of standard input are noticed on Linux only")
	}
}

func TestStandardInput(t *testing.T) {
	needsNotice(t)
	s := started(t)
	for _, test := range []struct {
		code  string
		lines []string
		want  string
	}{
		{"scan:", []string{"one two"}, "one+two"},
		{"scan:", []string{"one", "", "zwölf"}, "one+zwölf"},
		{"readline:", []string{"a whole line"}, "a whole line\n"},
		{"readline:;;readline:", []string{"first", "second"}, "first\nsecond\n"},
		{"input:Name", []string{"Anna"}, "Anna"},
	} {
		r, u := newRecorder(), newUser(test.lines...)
		if err := await(t, beginAsking(s, test.code, r, u)); err != nil {
			t.Errorf("%s: %v", test.code, *err)
		}
		if got := r.text("stdout"); got != test.want || len(u.prompts) != len(test.lines) {
			t.Errorf("%s: %q, want %q; asked %q", test.code, got, test.want, u.prompts)
		}
	}
}

// TestInputLeftOver: what a cell has not read is not for the next one.
func TestInputLeftOver(t *testing.T) {
	needsNotice(t)
	s := started(t)
	for _, lines := range []string{"a b c", "d e f"} {
		r := newRecorder()
		if err := await(t, beginAsking(s, "scan:", r, newUser(lines))); err != nil {
			t.Fatal(*err)
		}
		if want := lines[:1] + "+" + lines[2:3]; r.text("stdout") != want {
			t.Errorf("%q, want %q", r.text("stdout"), want)
		}
	}
}

func TestInputPromptComesAfterTheTextBefore(t *testing.T) {
	s := started(t)
	r, u := newRecorder(), newUser("x")
	var before string
	done := make(chan *kernel.Error, 1)
	cell := testCell("print:How old? ;;input:Age")
	cell.Input = func(ctx context.Context, prompt string, password bool) (string, error) {
		before = r.text("stdout")
		return u.answer(ctx, prompt, password)
	}
	go func() { done <- s.Execute(cell, r.sink).Err }()
	if err := await(t, done); err != nil {
		t.Fatal(*err)
	}
	if before != "How old? " || !slices.Equal(u.prompts, []string{"Age"}) {
		t.Errorf("printed %q before the prompts %q", before, u.prompts)
	}
}

func TestInputThatIsNotOffered(t *testing.T) {
	s := started(t)
	if _, err := cell(t, s, "input:Name"); err == nil || !strings.Contains(err.Value, "offers no input") {
		t.Errorf("%v", err)
	}
	needsNotice(t)
	r, err := cell(t, s, "scan:")
	if err == nil || !strings.Contains(err.Value, "EOF") || r.text("stderr") != noInputText {
		t.Errorf("%v, stderr %q", err, r.text("stderr"))
	}
	r = newRecorder()
	if err := await(t, beginAsking(s, "scan:", r, newUser("a b"))); err != nil || r.text("stdout") != "a+b" {
		t.Errorf("next cell: %v, %q", err, r.text("stdout"))
	}
}

func TestInterruptWhileWaitingForInput(t *testing.T) {
	s := started(t)
	codes := []string{"input:Name"}
	if runtime.GOOS == "linux" {
		codes = append(codes, "scan:", "readline:")
	}
	for _, code := range codes {
		r, u := newRecorder(), newUser()
		done := beginAsking(s, code, r, u)
		<-u.waiting
		s.Interrupt()
		if err := await(t, done); err == nil || err.Name == "EngineDied" {
			t.Errorf("%s: %v", code, err)
		}
	}
	fine(t, s, "print:on")
}

// TestInputThatFails: a user who went away is the end of the input.
func TestInputThatFails(t *testing.T) {
	s := started(t)
	cell := testCell("input:Name")
	cell.Input = func(context.Context, string, bool) (string, error) { return "", errors.New("gone") }
	if err := s.Execute(cell, newRecorder().sink).Err; err == nil || err.Value != "input: gone" {
		t.Errorf("%v", err)
	}
}
