package interp

import (
	"context"
	"fmt"

	"crossbook/interp/naming"
	"crossbook/interp/split"
)

// Call calls f, compiled code that may call functions of cells, as Run runs a
// cell: when no cell runs, stopped by an interrupt, with panics as errors. count
// numbers the call in messages.
func (s *Session) Call(ctx context.Context, count int, f func()) error {
	s.running.Lock()
	defer s.running.Unlock()
	c, err := readCell(s, split.NewSource(count, ""))
	if err != nil {
		return err
	}
	s.emitted.begin()
	s.emitted.use(supportPath)
	name := naming.Alias(supportPath)
	text := fmt.Sprintf("package main\n\nfunc init() { %s.Run(%s.Called) }\n", name, name)
	program, err := s.load(emission{s.emitted.end(), text})
	if err != nil {
		return err
	}
	s.support.called = f
	_, err = s.execute(ctx, c, program)
	return err
}
