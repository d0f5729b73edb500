package engine

import (
	"context"
	"encoding/json"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// Caller is what a Session may do beyond running cells: call compiled code that
// calls functions of cells as if it was a cell, so that it can be interrupted.
type Caller interface {
	Call(ctx context.Context, count int, f func()) error
}

// Deliver has the functions called that cells have registered for a message of a
// comm. One beside the cells does not wait for a running cell, as a goroutine of
// that cell would not, and cannot be interrupted. A message that nobody
// expects is answered.
func (s *Supervisor) Deliver(m display.CommMessage, beside bool, out display.Sink) kernel.Reply {
	if !beside {
		return s.perform(job{frame: frame{Kind: kindComm, Comm: &m}}, out)
	}
	c, err := s.ensure()
	if err != nil {
		return failed(err)
	}
	run := &run{id: s.lastID.Add(1), out: out, ctx: context.Background(), done: make(chan *frame, 1)}
	c.keepRun(run)
	_ = c.in.write(&frame{Kind: kindCommBeside, ID: run.id, Comm: &m}) // else c is dying
	select {
	case f := <-run.done:
		return kernel.Reply{Err: f.Error}
	case <-c.gone:
		return kernel.Reply{Err: diedError(c, "The next cell starts a fresh engine.")}
	}
}

// commsWait bounds Comms: the child answers at once, whatever cells do.
const commsWait = 500 * time.Millisecond

// Comms lists the comms that are open, target by id.
func (s *Supervisor) Comms() map[string]string {
	f := s.ask(&frame{Kind: kindComms}, commsWait)
	if f == nil || f.Comms == nil {
		return map[string]string{}
	}
	return f.Comms
}

// deliver calls, in the child, what a cell has registered for a message.
func (s *server) deliver(ctx context.Context, f *frame) *kernel.Error {
	call := display.Deliver(withPlainNumbers(*f.Comm))
	if caller, ok := s.session.(Caller); ok && f.Kind == kindComm {
		return cellError(ctx, caller.Call(ctx, 0, call))
	}
	call()
	return nil
}

// beside does so while cells may run.
func (s *server) beside(f *frame) {
	s.origins.enter(f.ID, s.forget)
	end := &frame{Kind: kindEnd, ID: f.ID}
	end.Error = guarded(func() *kernel.Error { return s.deliver(context.Background(), f) })
	end.Names = s.names()
	s.emit(end)
}

// withPlainNumbers gives the figures in a message's data the type that
// encoding/json gives them.
func withPlainNumbers(m display.CommMessage) display.CommMessage {
	plain, _ := plainNumbers(m.Data).(map[string]any)
	m.Data = plain
	if m.Data == nil {
		m.Data = map[string]any{}
	}
	return m
}

func plainNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, _ := v.Float64() // one beyond its range is infinite
		return f
	case map[string]any:
		for key, value := range v {
			v[key] = plainNumbers(value)
		}
	case []any:
		for i, value := range v {
			v[i] = plainNumbers(value)
		}
	}
	return v
}
