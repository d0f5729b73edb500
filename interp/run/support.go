package run

import (
	"context"
	"fmt"
	"log"
	"maps"
	"os"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"crossbook/interp/naming"
	"crossbook/interp/value"

	yaegi "github.com/traefik/yaegi/interp"
)

// support is what the code of cells calls back.
type support struct {
	config  *Config
	files   [2]*os.File // Stdout and Stderr
	process [2]*os.File // those of the process, as they were at first
	trace   trace
	logger  *log.Logger
	run     atomic.Pointer[run]
	called  func()                // what Session.Call calls
	mark    *int                  // of the latest statement that might panic, as lowered code stores it
	step    *int                  // line of the latest statement of the running cell itself
	thrown  atomic.Pointer[error] // value of the latest panic, if it is an error

	compiledLines atomic.Pointer[[]string] // of the latest panic, if it came from compiled code
	compiled      sync.Map                 // *Compiled by number
	compiledCount int

	goroutines   goroutines
	unwindings   unwindings
	texts        value.Printer
	implementers implementers

	mu     sync.Mutex
	broken chan struct{} // closed by an interrupt, then replaced
}

func (p *support) init(c *Config) {
	p.config = c
	p.files = [2]*os.File{c.Stdout, c.Stderr}
	p.process = [2]*os.File{os.Stdout, os.Stderr}
	p.broken = make(chan struct{})
	p.trace.alone = p.goroutines.none
	p.logger = log.Default()
	if c.Stderr != os.Stderr {
		p.logger = log.New(c.Stderr, "", log.LstdFlags)
	}
}

// begin prepares for a cell.
func (p *support) begin(r *run) {
	*p.mark, *p.step = 0, 0
	p.trace.begin()
	p.thrown.Store(nil)
	p.compiledLines.Store(nil)
	p.run.Store(r)
}

// interrupt wakes what sleeps or waits on behalf of a cell.
func (p *support) interrupt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.broken)
	p.broken = make(chan struct{})
}

func (p *support) interruption() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.broken
}

// exports returns the functions that lowered cells call.
func (p *support) exports() yaegi.Exports {
	functions := map[string]any{
		"Run":            func(f func()) { p.run.Load().cell(f) },
		"Context":        func() context.Context { return p.run.Load().visible },
		"LinesAt":        func(mark, step *int) { p.mark, p.step, p.trace.mark = mark, step, mark },
		"Show":           func(values ...any) { p.show(values) },
		"ShowChecked":    p.showChecked,
		"Recovered":      p.recovered,
		"Unwinding":      func() *unwinding { return &unwinding{} },
		"Defer":          deferCall,
		"DeferMethod":    deferMethod,
		"Unwound":        p.unwound,
		"Abandoned":      p.abandoned,
		"Present":        present,
		"Panicking":      func(err error) { p.thrown.Store(&err) },
		"PanicNil":       func() error { return new(runtime.PanicNilError) },
		"CallbackEnds":   p.callbackEnds,
		"ErrorChain":     value.ErrorChain,
		"Go":             p.launch,
		"Called":         func() { p.called() },
		"CallCompiled":   p.callCompiled,
		"Dynamic":        value.Dynamic,
		"Box":            p.texts.Box,
		"Unbox":          p.texts.Unbox,
		"MustUnbox":      p.texts.MustUnbox,
		"Bare":           value.Bare,
		"Settled":        p.texts.Settled,
		"Implements":     implements,
		"Methods":        methodsOf,
		"Later":          p.later,
		"Implementer":    p.implementers.add,
		"NotImplemented": value.NotImplemented,
		"Address":        p.address,
		"Clear":          func(v any) { reflect.ValueOf(v).Clear() },
		"Runes":          runesOf,
		"Wait":           p.wait,
		"Lock":           p.lock,
		"LockRW":         p.lockRW,
		"RLock":          p.rlock,
		"Select":         p.choose,
		"Printer":        p.texts.Register,
		"Formatter":      func(tag, name string, f func(any, fmt.State, rune)) { p.texts.AddMethod(tag, name, f) },
		"GoStringer":     func(tag, name string, f func(any) string) { p.texts.AddMethod(tag, name, f) },
		"Marshaler":      func(tag, name string, f func(any) ([]byte, error)) { p.texts.AddMethod(tag, name, f) },
		"Unmarshaler":    func(tag, name string, f func(any, []byte) error) { p.texts.AddMethod(tag, name, f) },
		"HasMethod":      func(tag, name string) { p.texts.AddMethod(tag, name, true) },
		"EncodeXML":      p.encodeXML,
		"EncodeGob":      p.encodeGob,
		"ExecuteText":    p.executeText, "ExecuteTextNamed": p.executeTextNamed,
		"ExecuteHTML": p.executeHTML, "ExecuteHTMLNamed": p.executeHTMLNamed,
		"EncodeJSON":  p.encodeJSON,
		"DecodeJSON":  p.decodeJSON,
		"Equal":       p.texts.Equal,
		"IsNil":       value.IsNil,
		"ShiftCount":  shiftCount,
		"Capacity":    capacity,
		"EqualFields": value.EqualFields,
		"Printed":     func(v any) value.Printed { return value.Words(v) },
		"print":       func(v ...any) { fmt.Fprint(p.stderr(), value.PrintText(v, "")) },
		"println":     func(v ...any) { fmt.Fprintln(p.stderr(), value.PrintText(v, " ")) },
		"minInt":      least[int64], "maxInt": greatest[int64],
		"minUint": least[uint64], "maxUint": greatest[uint64],
		"minFloat": least[float64], "maxFloat": greatest[float64],
		"minString": least[string], "maxString": greatest[string],
	}
	symbols := values(functions)
	maps.Copy(symbols, values(unsafeFunctions))
	maps.Copy(symbols, values(p.loggers()))
	return yaegi.Exports{naming.Support + "/symbols": symbols}
}

func least[T int64 | uint64 | float64 | string](first T, rest ...T) T {
	for _, x := range rest {
		first = min(first, x)
	}
	return first
}

func greatest[T int64 | uint64 | float64 | string](first T, rest ...T) T {
	for _, x := range rest {
		first = max(first, x)
	}
	return first
}

// show takes the values of the cell's last expression.
func (p *support) show(values []any) {
	r := p.run.Load()
	for _, v := range values {
		if v = p.texts.Shown(v); v != nil {
			r.values = append(r.values, v)
		}
	}
}

// showChecked is show for a call that returns an error last.
func (p *support) showChecked(values ...any) {
	if n := len(values); value.Plain(values[n-1]) == nil {
		values = values[:n-1]
	}
	p.show(values)
}

// recovered returns what recover would in compiled code.
func (p *support) recovered(v any) any {
	if v = value.Plain(v); v == nil {
		if v = value.Plain(p.unwindings.recover()); v == nil {
			return nil
		}
	}
	words := p.trace.explained(v)
	p.trace.reset()
	p.thrown.Store(nil)
	p.compiledLines.Store(nil)
	if inner, ok := value.Wrapped(v); ok {
		return inner
	}
	return words
}

// present panics for an interface that holds nothing, whose method is to be called.
func present(v any) {
	if value.IsNil(v) {
		panic(value.GoError("invalid memory address or nil pointer dereference"))
	}
}

// callbackEnds is for the end of a callback: a panic goes on where a cell can see
// it; on a goroutine of compiled code it would end the process, and becomes the
// running cell's instead.
func (p *support) callbackEnds(v any) {
	switch {
	case value.Plain(v) == nil:
	case !p.goroutines.foreign():
		panic(p.trace.settled(v))
	default:
		v = p.trace.explained(v)
		p.run.Load().abroad.CompareAndSwap(nil, &v)
		fmt.Fprintf(p.stderr(), "panic in a goroutine: %s\n", value.PanicText(v))
	}
}

// implements tells whether the dynamic type of v has the methods of the
// interface that p points to.
func implements(v, p any) bool {
	return v != nil && reflect.TypeOf(v).Implements(reflect.TypeOf(p).Elem())
}

// methodsOf returns the methods of a compiled value that have the given names and
// types, which follow it in pairs; nil unless it has all.
func methodsOf(v any, wanted ...any) []any {
	const pair = 2
	r := reflect.ValueOf(value.Dynamic(v))
	var out []any
	for i := 0; i+1 < len(wanted); i += pair {
		if !r.IsValid() {
			return nil
		}
		m := r.MethodByName(value.Plain(wanted[i]).(string))
		if !m.IsValid() || m.Type() != reflect.TypeOf(value.Plain(wanted[i+1])) {
			return nil
		}
		out = append(out, m.Interface())
	}
	return out
}

// address returns a pointer to a variable of a compiled package.
func (p *support) address(path, name string) any {
	return p.config.Library.Symbols(path)[name].Addr().Interface()
}

// sleep is time.Sleep, ended by an interrupt.
func (p *support) sleep(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.interruption():
	}
}

// runesOf returns what a range over s yields: byte offsets and runes.
func runesOf(s string) (offsets []int, runes []rune) {
	for i, r := range s {
		offsets, runes = append(offsets, i), append(runes, r)
	}
	return offsets, runes
}

// capacity checks the capacity of a slice to be made of elements of a size.
func capacity(v any, size int) int {
	const addressable = 1 << 47
	n, most := reflect.ValueOf(v), int64(addressable/max(size, 1))
	if n.CanInt() && n.Int() >= 0 && n.Int() <= most {
		return int(n.Int())
	}
	if n.CanUint() && n.Uint() <= uint64(most) {
		return int(n.Uint())
	}
	panic(value.GoError("makeslice: cap out of range"))
}

// shiftCount is the count of a shift by a signed number.
func shiftCount(n int64) uint64 {
	if n < 0 {
		panic(value.GoError("negative shift amount"))
	}
	return uint64(n)
}
