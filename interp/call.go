package interp

import (
	"context"

	"crossbook/interp/split"
)

// Call calls f, compiled code that may call functions of cells, as Run runs a
// cell: when no cell runs, stopped by an interrupt, with panics as errors. count
// numbers the call in messages.
func (s *Session) Call(ctx context.Context, count int, f func()) error {
	s.running.Lock()
	defer s.running.Unlock()
	if err := s.machine.Call(ctx, f); err != nil {
		return s.failed(split.NewSource(count, ""), err)
	}
	return nil
}
