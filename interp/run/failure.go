package run

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"

	"crossbook/interp/naming"
	"crossbook/interp/value"
)

// trace collects the lines that yaegi writes as a panic leaves its functions,
// innermost first.
type trace struct {
	mu       sync.Mutex
	calls    []string
	bounds   bounds
	operands operands
	mark     *int        // see support
	alone    func() bool // tells whether no goroutine has changed that
}

var traceLine = regexp.MustCompile(`panic: main\.([^(]+)\(`)

// Write takes a line of yaegi's.
func (t *trace) Write(b []byte) (int, error) {
	const enough = 20
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := traceLine.FindSubmatch(b); m != nil {
		if len(t.calls) < enough {
			t.calls = append(t.calls, string(m[1]))
		}
		t.noteBounds()
	}
	return len(b), nil
}

// noteBounds notes what the panic under way is about.
func (t *trace) noteBounds() {
	mark := 0
	if t.alone() {
		mark = *t.mark
	}
	t.bounds.passes(t.operands, mark)
}

func (t *trace) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = nil
	delete(t.bounds, goroutineNumber())
}

// begin prepares for a cell.
func (t *trace) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls, t.bounds = nil, bounds{}
}

// explained puts the value of a panic into Go's words, with the numbers that the
// goroutine's latest panic is about.
func (t *trace) explained(v any) any {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.noteBounds()
	return t.bounds.worded(value.RuntimeError(value.Plain(v)))
}

// settled is the value of a panic that goes on as another: with its numbers, if it has
// any, which the other would not have.
func (t *trace) settled(v any) any {
	if e, ok := t.explained(v).(value.GoError); ok && strings.Contains(string(e), "[") {
		return e
	}
	return v
}

func (t *trace) list() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.calls)
}

// Failure is how the code of a cell ended before its end.
type Failure struct {
	Value any   // of the panic, in Go's words; nil after an interrupt
	Cause error // why the context was cancelled; nil after a panic
	Err   error // the context's own

	Calls    []string // functions that the panic left, by their names in the interpreter, the innermost first
	Cell     int      // the cell and the line of the statement that was marked last,
	Line     int      // which may be one of another goroutine
	Compiled []string // of compiled functions of cells, from which the panic came: their lines as they are shown

	Step int // line of the cell's own statement that was reached
}

// Error says what happened.
func (f *Failure) Error() string {
	if f.Cause != nil {
		return "interrupted: " + f.Cause.Error()
	}
	return "panic: " + value.PanicText(f.Value)
}

// panicked is the failure of a cell that panicked or called os.Exit.
func (p *support) panicked(v any) error {
	v = value.RuntimeError(value.Plain(v))
	if err := p.thrown.Load(); err != nil {
		if _, known := v.(error); !known {
			v = *err
		}
	}
	f := p.reached()
	f.Value = v
	return f
}

// interrupted is the failure of a cell whose context was cancelled.
func (p *support) interrupted(ctx context.Context) error {
	f := p.reached()
	f.Cause, f.Err = context.Cause(ctx), ctx.Err()
	return f
}

// reached says how far the running cell came.
func (p *support) reached() *Failure {
	var lines []string
	if noted := p.compiledLines.Load(); noted != nil {
		lines = *noted
	}
	return &Failure{Compiled: lines, Calls: p.trace.list(), Cell: *p.mark / naming.MarkBase, Line: *p.mark % naming.MarkBase, Step: *p.step}
}
