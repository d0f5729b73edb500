// Package child is what a compiled cell is beside its own code: a process that
// calls the cell's functions for the session that started it.
//
// It reads calls on descriptor 3 and answers on descriptor 4. It ends when
// descriptor 3 does, and so with the session, however that ends. What the runtime
// says as it dies goes to descriptor 5 too.
package child

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"crossbook/interp/compiled/wire"
)

// Descriptors.
const (
	callsFile = 3 + iota
	answersFile
	crashFile
)

// maxStack is where endless recursion ends.
const maxStack = 256 << 20

// Serve calls functions as it is told, until there is nobody to tell it.
func Serve(functions ...any) {
	debug.SetMaxStack(maxStack)
	if crash := os.NewFile(crashFile, "crash"); crash != nil {
		_ = debug.SetCrashOutput(crash, debug.CrashOptions{}) // fails where there is none; then the text is on stderr alone
	}
	s := server{
		in:    wire.NewReader(os.NewFile(callsFile, "calls")),
		out:   wire.NewWriter(os.NewFile(answersFile, "answers")),
		calls: map[uint64]context.CancelCauseFunc{},
	}
	for _, f := range functions {
		s.functions = append(s.functions, newFunction(f))
	}
	s.ready()
	go s.read()
	select {}
}

type server struct {
	in        *wire.Reader
	out       *wire.Writer
	functions []function
	buffers   wire.Buffers

	mu    sync.Mutex
	calls map[uint64]context.CancelCauseFunc // of those that take a context
}

// function is one that can be called.
type function struct {
	value   reflect.Value
	takes   []reflect.Type // what crosses: all parameters but contexts
	gives   []reflect.Type
	context []bool // of each parameter: it is a context
}

var contextType = reflect.TypeFor[context.Context]()

func newFunction(f any) function {
	out := function{value: reflect.ValueOf(f)}
	t := out.value.Type()
	for i := range t.NumIn() {
		isContext := t.In(i) == contextType
		out.context = append(out.context, isContext)
		if !isContext {
			out.takes = append(out.takes, t.In(i))
		}
	}
	for i := range t.NumOut() {
		out.gives = append(out.gives, t.Out(i))
	}
	return out
}

// ready tells the session the structures of the functions' types.
func (s *server) ready() {
	var texts []string
	for _, f := range s.functions {
		var shape strings.Builder
		for _, t := range f.takes {
			shape.WriteString(wire.Shape(t) + ",")
		}
		shape.WriteString(")")
		for _, t := range f.gives {
			shape.WriteString(wire.Shape(t) + ",")
		}
		texts = append(texts, shape.String())
	}
	s.send(wire.Ready, 0, wire.PutTexts(texts))
}

func (s *server) send(kind wire.Kind, id uint64, parts ...[]byte) {
	if s.out.Write(kind, id, parts...) != nil {
		os.Exit(0) // nobody is there any more
	}
}

// read reads frames until there is a call. It runs that itself, for a goroutine
// that has to be woken comes late, and another one reads on meanwhile.
func (s *server) read() {
	for {
		f, err := s.in.Read(s.buffers.Get())
		if err != nil {
			os.Exit(0)
		}
		switch f.Kind {
		case wire.Call:
			go s.read()
			s.call(f)
			s.buffers.Put(f.Payload)
			return
		case wire.Cancel:
			s.cancel(f)
		}
		s.buffers.Put(f.Payload)
	}
}

func (s *server) cancel(f wire.Frame) {
	cause, err := wire.GetCause(f.Payload)
	if err != nil {
		s.broken(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.calls[f.ID]; cancel != nil {
		cancel(cause)
	}
}

// broken ends the process because of what it was sent.
func (s *server) broken(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// call does one call.
func (s *server) call(f wire.Frame) {
	head, rest, err := wire.GetCall(f.Payload)
	if err != nil || head.Function >= len(s.functions) {
		s.broken(wire.ErrCorrupt)
	}
	fn := s.functions[head.Function]
	g := &wire.Graph{}
	args := variables(fn.takes)
	if err := g.Decode(rest, args); err != nil {
		s.broken(err)
	}
	ctx, done := s.context(f.ID, fn, head)
	defer done()
	out := outcome{failure: &wire.Failure{Way: wire.Goexit}}
	defer func() { s.answer(f.ID, fn, g, out) }() // also after runtime.Goexit
	out = fn.run(ctx, args)
}

// outcome is how a call ended.
type outcome struct {
	results []reflect.Value // pointers to them
	failure *wire.Failure   // nil: it returned
}

// answer tells the session how a call ended and what it changed.
func (s *server) answer(id uint64, fn function, g *wire.Graph, out outcome) {
	kind, parts := wire.Result, [][]byte(nil)
	if out.failure != nil {
		kind = wire.Panic
		parts = append(parts, out.failure.Put())
	}
	reply, err := g.EncodeReply(out.results)
	if err != nil {
		kind = wire.Panic
		failure := wire.Failure{Way: wire.OtherValue, Text: "what " + name(fn.value) + " left cannot cross back: " + err.Error()}
		parts, reply = [][]byte{failure.Put()}, nil
	}
	s.send(kind, id, append(parts, reply...)...)
}

func variables(types []reflect.Type) []reflect.Value {
	out := make([]reflect.Value, len(types))
	for i, t := range types {
		out[i] = reflect.New(t)
	}
	return out
}

// context makes the context of a call that takes one.
func (s *server) context(id uint64, fn function, head wire.CallHead) (ctx context.Context, done func()) {
	takes := false
	for _, is := range fn.context {
		takes = takes || is
	}
	if !takes {
		return context.Background(), func() {}
	}
	plain, cancel := context.WithCancelCause(context.Background())
	stop := func() bool { return true }
	if !head.Deadline.IsZero() {
		stop = time.AfterFunc(time.Until(head.Deadline), func() { cancel(context.DeadlineExceeded) }).Stop
	}
	s.mu.Lock()
	s.calls[id] = cancel
	s.mu.Unlock()
	return callContext{plain, head.Deadline}, func() {
		s.mu.Lock()
		delete(s.calls, id)
		s.mu.Unlock()
		stop()
		cancel(nil)
	}
}

// callContext is the context of a call: the one that the session has, from afar.
type callContext struct {
	context.Context
	deadline time.Time
}

// Deadline returns the deadline of the session's context.
func (c callContext) Deadline() (time.Time, bool) { return c.deadline, !c.deadline.IsZero() }

// Err tells a deadline from a cancellation, whichever side noticed it first.
func (c callContext) Err() error {
	err := c.Context.Err()
	if err != nil && errors.Is(context.Cause(c.Context), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// run calls the function.
func (fn function) run(ctx context.Context, args []reflect.Value) (out outcome) {
	in := make([]reflect.Value, 0, len(fn.context))
	for _, isContext := range fn.context {
		if isContext {
			in = append(in, reflect.ValueOf(&ctx).Elem())
		} else {
			in, args = append(in, args[0].Elem()), args[1:]
		}
	}
	defer func() {
		if v := recover(); v != nil {
			out = outcome{failure: failureOf(v)}
			out.failure.Frames = places()
		}
	}()
	call := fn.value.Call
	if fn.value.Type().IsVariadic() {
		call = fn.value.CallSlice
	}
	values := call(in)
	out.results = variables(fn.gives)
	for i, v := range values {
		out.results[i].Elem().Set(v)
	}
	return out
}

func name(f reflect.Value) string {
	return strings.TrimPrefix(runtime.FuncForPC(f.Pointer()).Name(), "main.")
}
