package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

const (
	// noticeFirst is when a cell is first looked at for a read of standard input;
	// most have ended by then.
	noticeFirst = 20 * time.Millisecond
	// noticeEvery is how often after that; one look takes some 0.1 ms.
	noticeEvery = 50 * time.Millisecond
)

const noInputText = "The cell reads standard input, but this front end offers no input: it ends here.\n"

// stdin is the child's standard input: a pipe to itself. A read that finds it
// empty is noticed from outside, whoever reads: fmt, bufio, interpreted or
// compiled code. The user is then asked for a line, which is written into it.
type stdin struct {
	mu   sync.Mutex
	into *os.File // the writing end; nil: at its end, or never opened
	used bool     // not as new
}

// renew puts a new and empty pipe in the place of one that was used. Who still
// reads the old one finds its end.
func (in *stdin) renew() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.into != nil && !in.used || !canNotice() {
		return
	}
	in.closeLocked()
	if into, err := pipeToInput(); err == nil { // else reads find the end of the old one
		in.into, in.used = into, false
	}
}

// close ends the input: this read and all that follow find the end.
func (in *stdin) close() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.closeLocked()
}

func (in *stdin) closeLocked() {
	if in.into != nil {
		_ = in.into.Close()
	}
	in.into, in.used = nil, true
}

// awaited reports whether somebody reads and there is nothing to read.
func (in *stdin) awaited() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.into == nil || !readsInput() {
		return false
	}
	in.used = true
	return inputIsEmpty()
}

// write adds a line.
func (in *stdin) write(line string) {
	in.mu.Lock()
	into := in.into
	in.mu.Unlock()
	if into != nil {
		_, _ = into.WriteString(line + "\n") // fails when the cell has closed it
	}
}

// serveInput asks the user for a line whenever the cell waits for one, until the
// cell ends. After an interrupt, which ends ctx, a read that waits finds the end.
func (s *server) serveInput(ctx context.Context, ended <-chan struct{}, allowed bool) {
	timer := time.NewTimer(noticeFirst)
	defer timer.Stop()
	interrupted := ctx.Done()
	for {
		select {
		case <-ended:
			return
		case <-interrupted:
			interrupted = nil
		case <-timer.C:
			timer.Reset(noticeEvery)
		}
		if s.stdin.awaited() {
			s.feed(ctx, allowed)
		}
	}
}

// feed asks for one line; without an answer standard input ends.
func (s *server) feed(ctx context.Context, allowed bool) {
	if !allowed && ctx.Err() == nil {
		s.print(display.Stream{Name: "stderr", Text: noInputText})
		s.stdin.close()
		return
	}
	line, err := s.ask(ctx, "", false)
	if err != nil {
		s.stdin.close()
		return
	}
	s.stdin.write(line)
}

// askUser is how cells ask by display.Input.
func (s *server) askUser(prompt string, password bool) (string, error) {
	s.mu.Lock()
	ctx, allowed := s.ctx, s.allowInput
	s.mu.Unlock()
	if ctx == nil || !allowed {
		return "", fmt.Errorf("input: %w", display.ErrNoInput)
	}
	return s.ask(ctx, prompt, password)
}

// ask sends a question to the parent and waits for its answer.
func (s *server) ask(ctx context.Context, prompt string, password bool) (string, error) {
	answer := make(chan *frame, 1)
	s.mu.Lock()
	s.question++
	id := s.question
	s.questions[id] = answer
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.questions, id)
		s.mu.Unlock()
	}()
	s.emit(&frame{Kind: kindAsk, ID: id, Prompt: prompt, Silent: password})
	select {
	case f := <-answer:
		if f.Error != nil {
			return "", errors.New("input: " + f.Error.Value)
		}
		return f.Text, nil
	case <-ctx.Done():
		return "", fmt.Errorf("input: %w", ctx.Err())
	}
}

// told passes the parent's answer to the one who asked.
func (s *server) told(f *frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if answer, ok := s.questions[f.ID]; ok {
		answer <- f // has room for its one answer
		delete(s.questions, f.ID)
	}
}

// consult asks the user on behalf of the child and sends the answer.
func (r *run) consult(c *child, f *frame) {
	answer := &frame{Kind: kindTold, ID: f.ID}
	text, err := "", error(display.ErrNoInput)
	if r.input != nil {
		text, err = r.input(r.ctx, f.Prompt, f.Silent)
	}
	answer.Text = text
	if err != nil {
		answer.Error = &kernel.Error{Name: "InputError", Value: err.Error()}
	}
	_ = c.in.write(answer) // fails when c is dying
}
