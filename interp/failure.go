package interp

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"crossbook/interp/naming"
)

// trace collects the lines that yaegi writes as a panic leaves its functions,
// innermost first.
type trace struct {
	mu    sync.Mutex
	calls []string
}

var traceLine = regexp.MustCompile(`panic: main\.([^(]+)\(`)

// Write takes a line of yaegi's.
func (t *trace) Write(b []byte) (int, error) {
	const enough = 20
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := traceLine.FindSubmatch(b); m != nil && len(t.calls) < enough {
		t.calls = append(t.calls, string(m[1]))
	}
	return len(b), nil
}

func (t *trace) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = nil
}

func (t *trace) list() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.calls)
}

// plainValue takes a value out of the shells in which the interpreter hands it
// over.
func plainValue(v any) any {
	for {
		r, ok := v.(reflect.Value)
		if !ok {
			r = reflect.ValueOf(v)
			if r.Kind() != reflect.Struct || r.Type().String() != "interp.valueInterface" {
				return v
			}
			shell := reflect.New(r.Type()).Elem()
			shell.Set(r)
			field := shell.FieldByName("value")
			r = *(*reflect.Value)(unsafe.Pointer(field.UnsafeAddr()))
		}
		if !r.IsValid() || !r.CanInterface() {
			return nil
		}
		v = r.Interface()
	}
}

// wrappedValue returns the interpreted value inside a wrapper of an interface.
func wrappedValue(v any) (any, bool) {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Struct || r.NumField() == 0 || r.Type().Field(0).Name != "IValue" {
		return nil, false
	}
	if self, ok := selfOf(r); ok {
		return self, true
	}
	return plainValue(r.Field(0).Interface()), true
}

// goError is a run-time error in Go's words.
type goError string

func (e goError) Error() string { return "runtime error: " + string(e) }

// RuntimeError makes a goError a runtime.Error.
func (goError) RuntimeError() {}

// goTexts gives Go's words for the panics of package reflect, of which yaegi is
// made.
var goTexts = []struct{ begins, text string }{
	{"reflect: slice index out of range", "index out of range"},
	{"reflect: array index out of range", "index out of range"},
	{"reflect: string index out of range", "index out of range"},
	{"reflect.Value.Slice", "slice bounds out of range"},
	{"reflect.Value.Slice3", "slice bounds out of range"},
	{"reflect: call of reflect.Value.Field on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.Elem on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.Set on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.", "invalid memory address or nil pointer dereference"},
	{"reflect: Method on nil interface value", "invalid memory address or nil pointer dereference"},
	{"reflect.MakeSlice: negative len", "makeslice: len out of range"},
	{"reflect.MakeSlice: negative cap", "makeslice: cap out of range"},
	{"reflect.MakeSlice: len > cap", "makeslice: cap out of range"},
	{"reflect.MakeChan: negative buffer size", "makechan: size out of range"},
	{"reflect.Value.Grow: ", "growslice: len out of range"},
	{"reflect.Append: slice overflow", "growslice: len out of range"},
	{"reflect.Value.Call: call of nil function", "invalid memory address or nil pointer dereference"},
}

// runtimeError turns a panic of package reflect into the run-time error that it
// stands for.
func runtimeError(v any) any {
	text, isString := v.(string)
	switch e := v.(type) {
	case *reflect.ValueError:
		text, isString = e.Error(), true
	case runtime.Error:
		if strings.HasPrefix(e.Error(), "runtime: allocation size out of range") {
			return goError("makeslice: len out of range")
		}
		if plain := plainTypes(e.Error()); plain != e.Error() {
			return conversionError(plain)
		}
	case error:
		if rest := place.ReplaceAllString(e.Error(), ""); strings.HasPrefix(rest, "interface conversion: ") {
			return conversionError(plainTypes(rest))
		}
	}
	if !isString {
		return v
	}
	for _, t := range goTexts {
		if strings.HasPrefix(text, t.begins) {
			return goError(t.text)
		}
	}
	if rest, found := strings.CutPrefix(text, "reflect: cannot convert slice with length "); found {
		length, want, _ := strings.Cut(rest, " to ")
		want = want[strings.LastIndex(want, " ")+1:]
		return goError(fmt.Sprintf("cannot convert slice with length %s to array or pointer to array with length %s", length, want))
	}
	if strings.HasPrefix(text, "reflect: ") || strings.HasPrefix(text, "reflect.") {
		return conversionError(text)
	}
	return v
}

// panicText writes the value of a panic as Go would.
func panicText(v any) string {
	switch v := runtimeError(plainValue(v)).(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

// panicked makes the error of a cell that panicked or called os.Exit.
func (s *Session) panicked(c *cell, v any) *Error {
	v = runtimeError(plainValue(v))
	if err := s.support.thrown.Load(); err != nil {
		if _, known := v.(error); !known {
			v = *err
		}
	}
	e := &Error{kind: Panic, message: naming.Plain(panicText(v))}
	e.cause, _ = v.(error)
	head := "panic: " + e.message
	if _, exit := v.(exitStatus); exit {
		e.kind, head = Exit, e.message
	}
	e.trace = append(strings.Split(head, "\n"), s.where(c)...)
	return e
}

// interrupted makes the error of a cell whose context was cancelled.
func (s *Session) interrupted(c *cell, ctx context.Context) *Error {
	e := &Error{kind: Interrupted, message: "interrupted", cause: context.Cause(ctx)}
	if e.cause != context.Canceled {
		e.message += ": " + e.cause.Error()
	}
	if e.cause != ctx.Err() {
		e.cause = fmt.Errorf("%w: %w", ctx.Err(), e.cause)
	}
	e.trace = append([]string{e.message}, s.where(c)...)
	return e
}
