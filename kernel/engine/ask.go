package engine

import (
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

const (
	// completeWait bounds IsComplete: a console asks at every line typed.
	completeWait = 500 * time.Millisecond
	// assistWait bounds Complete and Inspect: nobody waits longer for a hint.
	assistWait = 2 * time.Second
)

// IsComplete asks the child, also while a cell runs; "unknown" when it does not
// answer within half a second.
func (s *Supervisor) IsComplete(code string) kernel.Completeness {
	f := s.ask(&frame{Kind: kindIsComplete, Code: code}, completeWait)
	if f == nil || f.Completeness == nil {
		return kernel.Completeness{Status: "unknown"}
	}
	return *f.Completeness
}

// Complete asks the child, also while a cell runs; there are no proposals when
// it does not answer within two seconds.
func (s *Supervisor) Complete(code string, at int) kernel.Completion {
	nothing := kernel.Completion{Start: at, End: at}
	f := s.ask(&frame{Kind: kindComplete, Code: code, At: at}, assistWait)
	if f == nil || f.Completion == nil {
		return nothing
	}
	if c := *f.Completion; 0 <= c.Start && c.Start <= c.End && c.End <= len(code) {
		return c
	}
	return nothing
}

// Inspect asks the child, also while a cell runs; nothing is known when it does
// not answer within two seconds.
func (s *Supervisor) Inspect(code string, at, detail int) kernel.Inspection {
	f := s.ask(&frame{Kind: kindInspect, Code: code, At: at, Detail: detail}, assistWait)
	if f == nil || f.Inspection == nil {
		return kernel.Inspection{}
	}
	return *f.Inspection
}

// ask puts a question to the child and returns its answer, nil when none comes in
// time.
func (s *Supervisor) ask(question *frame, wait time.Duration) *frame {
	timeout := time.After(wait)
	up := make(chan *child, 1)
	go func() {
		c, _ := s.ensure()
		up <- c
	}()
	var c *child
	select {
	case c = <-up:
	case <-timeout:
	}
	if c == nil {
		return nil
	}
	question.ID = s.lastID.Add(1)
	answer := c.ask(question.ID)
	defer c.forget(question.ID)
	go func() { _ = c.in.write(question) }()
	select {
	case f := <-answer:
		return f
	case <-c.gone:
	case <-timeout:
	}
	return nil
}

// answer answers a question in the child. A session that panics or cannot answer
// leaves the answer empty.
func (s *server) answer(f *frame) {
	answer := &frame{Kind: kindAnswer, ID: f.ID}
	_ = guarded(func() *kernel.Error {
		switch f.Kind {
		case kindIsComplete:
			status, indent := s.session.IsComplete(f.Code)
			answer.Completeness = &kernel.Completeness{Status: status, Indent: indent}
		case kindComplete:
			answer.Completion = s.complete(f)
		case kindInspect:
			answer.Inspection = s.inspect(f)
		case kindComms:
			answer.Comms = display.Comms()
		}
		return nil
	})
	_ = s.events.write(answer) // fails only when the parent is gone
}

func (s *server) complete(f *frame) *kernel.Completion {
	session, ok := s.session.(Completer)
	if !ok {
		return nil
	}
	start, end, found := session.Complete(f.Code, f.At)
	c := &kernel.Completion{Start: start, End: end}
	for _, item := range found {
		c.Items = append(c.Items, kernel.CompletionItem(item))
	}
	return c
}

func (s *server) inspect(f *frame) *kernel.Inspection {
	session, ok := s.session.(Inspector)
	if !ok {
		return nil
	}
	text, markdown, found := session.Inspect(f.Code, f.At, f.Detail)
	return &kernel.Inspection{Found: found, Text: text, Markdown: markdown}
}
