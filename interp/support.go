package interp

import (
	"context"
	"fmt"
	"log"
	"maps"
	"os"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	yaegi "github.com/traefik/yaegi/interp"
)

// supportPath is the package of the functions that lowered cells call. It exists
// only in the interpreter.
const supportPath = "crossbook/session"

// support is what the code of cells calls back.
type support struct {
	session *Session
	files   [2]*os.File // Stdout and Stderr
	process [2]*os.File // those of the process, as they were at first
	trace   trace
	logger  *log.Logger
	run     atomic.Pointer[run]
	called  func()                // what Session.Call calls
	line    atomic.Int64          // of the running cell
	mark    *int                  // of the latest statement that might panic, as lowered code stores it
	thrown  atomic.Pointer[error] // value of the latest panic, if it is an error

	compiledLines atomic.Pointer[[]string] // of the latest panic, if it came from compiled code

	goroutines goroutines
	texts      printer

	mu     sync.Mutex
	broken chan struct{} // closed by an interrupt, then replaced
}

func (p *support) init(s *Session) {
	p.session = s
	p.files = [2]*os.File{s.options.Stdout, s.options.Stderr}
	p.process = [2]*os.File{os.Stdout, os.Stderr}
	p.broken = make(chan struct{})
	p.logger = log.Default()
	if s.options.Stderr != os.Stderr {
		p.logger = log.New(s.options.Stderr, "", log.LstdFlags)
	}
}

// begin prepares for a cell.
func (p *support) begin(r *run) {
	p.line.Store(0)
	*p.mark = 0
	p.trace.reset()
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
		"LineAt":         func(line *int) { p.mark = line },
		"Mark":           func(line int) { p.line.Store(int64(line)) },
		"Show":           func(values ...any) { p.show(values) },
		"ShowChecked":    p.showChecked,
		"Recovered":      p.recovered,
		"Panicking":      func(err error) { p.thrown.Store(&err) },
		"CallbackEnds":   p.callbackEnds,
		"ErrorChain":     errorChain,
		"Go":             p.launch,
		"Called":         func() { p.called() },
		"CallCompiled":   p.callCompiled,
		"Dynamic":        dynamicValue,
		"Implements":     implements,
		"NotImplemented": notImplemented,
		"Address":        p.address,
		"Clear":          func(v any) { reflect.ValueOf(v).Clear() },
		"Runes":          runesOf,
		"Wait":           p.wait,
		"Lock":           p.lock,
		"LockRW":         p.lockRW,
		"RLock":          p.rlock,
		"LoggerFatal":    func(l *log.Logger, v ...any) { p.fatal(l, fmt.Sprint(v...)) },
		"LoggerFatalf":   func(l *log.Logger, form string, v ...any) { p.fatal(l, fmt.Sprintf(form, v...)) },
		"LoggerFatalln":  func(l *log.Logger, v ...any) { p.fatal(l, fmt.Sprintln(v...)) },
		"Select":         p.choose,
		"Printer":        p.texts.register,
		"Named":          func(v any, name string) any { return namedValue{plainValue(v), name} },
		"Equal":          equal,
		"IsNil":          isNilInterface,
		"ShiftCount":     shiftCount,
		"Capacity":       capacity,
		"EqualFields":    equalFields,
		"Printed":        func(v any) printed { return interfaceWords(v) },
		"print":          func(v ...any) { fmt.Fprint(p.stderr(), printedText(v, "")) },
		"println":        func(v ...any) { fmt.Fprintln(p.stderr(), printedText(v, " ")) },
		"minInt":         least[int64], "maxInt": greatest[int64],
		"minUint": least[uint64], "maxUint": greatest[uint64],
		"minFloat": least[float64], "maxFloat": greatest[float64],
		"minString": least[string], "maxString": greatest[string],
	}
	symbols := values(functions)
	maps.Copy(symbols, values(unsafeFunctions))
	return yaegi.Exports{supportPath + "/symbols": symbols}
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
		if v = plainValue(v); v != nil {
			r.values = append(r.values, v)
		}
	}
}

// showChecked is show for a call that returns an error last.
func (p *support) showChecked(values ...any) {
	if n := len(values); plainValue(values[n-1]) == nil {
		values = values[:n-1]
	}
	p.show(values)
}

// recovered returns what recover would in compiled code.
func (p *support) recovered(v any) any {
	if v = plainValue(v); v == nil {
		return nil
	}
	p.trace.reset()
	p.thrown.Store(nil)
	p.compiledLines.Store(nil)
	if inner, ok := wrappedValue(v); ok {
		return inner
	}
	return runtimeError(v)
}

// callbackEnds is for the end of a callback: a panic goes on where a cell can see
// it; on a goroutine of compiled code it would end the process, and becomes the
// running cell's instead.
func (p *support) callbackEnds(v any) {
	switch {
	case plainValue(v) == nil:
	case !p.goroutines.foreign():
		panic(v)
	default:
		p.run.Load().abroad.CompareAndSwap(nil, &v)
		fmt.Fprintf(p.stderr(), "panic in a goroutine: %s\n", panicText(v))
	}
}

// implements tells whether the dynamic type of v has the methods of the
// interface that p points to.
func implements(v, p any) bool {
	return v != nil && reflect.TypeOf(v).Implements(reflect.TypeOf(p).Elem())
}

// address returns a pointer to a variable of a compiled package.
func (p *support) address(path, name string) any {
	return p.session.options.Library.Symbols(path)[name].Addr().Interface()
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
	panic(goError("makeslice: cap out of range"))
}
