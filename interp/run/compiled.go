package run

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync/atomic"

	"crossbook/interp/compiled"
	"crossbook/interp/compiled/wire"
	"crossbook/interp/value"
)

// Compiled is a compiled function of a cell as lowered code calls it, by a number.
type Compiled struct {
	Number   int
	Title    string // Sum, Matrix.Scale
	Contexts []bool // of each parameter, a receiver among them: it is a context

	at atomic.Pointer[Address]
}

// Address is where the code of a function is.
type Address struct {
	Code     *compiled.Code
	Function int    // its place in the program
	Cell     string // name of the cell that has it
	State    bool   // the program has variables

	// Lines writes places of the program as lines of a traceback.
	Lines func([]wire.Place) []string
}

// Move makes further calls of a function go to an address.
func (f *Compiled) Move(to Address) { f.at.Store(&to) }

// At returns where the function is.
func (f *Compiled) At() Address { return *f.at.Load() }

// AddCompiled gives a function a number, by which lowered code calls it from now
// on: CallCompiled(number, pointers to parameters, pointers to results).
func (m *Machine) AddCompiled(f *Compiled) {
	m.support.compiledCount++
	f.Number = m.support.compiledCount
	m.support.compiled.Store(f.Number, f)
}

// Warn prints a line for the user of the running cell.
func (m *Machine) Warn(text string) { fmt.Fprintln(m.support.stderr(), text) }

// callCompiled is what the stub of a compiled function calls.
func (p *support) callCompiled(number int, params, results []any) {
	found, _ := p.compiled.Load(number)
	f := found.(*Compiled)
	at := f.At()
	v := compiled.Invocation{Function: at.Function, Stop: p.interruption()}
	for i, x := range params {
		pointer := reflect.ValueOf(value.Plain(x))
		if !f.Contexts[i] {
			v.Args = append(v.Args, pointer)
			continue
		}
		ctx, _ := pointer.Elem().Interface().(context.Context)
		if ctx == nil {
			panic(fmt.Errorf("call of %s: its context is nil", f.Title))
		}
		v.Context = ctx
	}
	for _, x := range results {
		v.Results = append(v.Results, reflect.ValueOf(value.Plain(x)))
	}
	if at.State {
		v.Restarted = func() {
			fmt.Fprintf(p.stderr(), "%s: the compiled code starts again, and its variables have their first values\n", at.Cell)
		}
	}
	if err := at.Code.Call(v); err != nil {
		p.failCompiled(f, at, err)
	}
}

// failCompiled makes of an error of a call what the cell sees: a panic as Go has it.
// A call that was stopped returns, for its cell has been stopped too.
func (p *support) failCompiled(f *Compiled, at Address, err error) {
	var panicked *compiled.Panic
	var died *compiled.Died
	switch {
	case errors.Is(err, compiled.ErrStopped):
		return
	case errors.As(err, &died):
		p.noteCompiled(at.Lines(died.Frames))
		panic(died)
	case !errors.As(err, &panicked):
		panic(fmt.Errorf("call of %s: %w", f.Title, err))
	}
	p.noteCompiled(at.Lines(panicked.Frames))
	switch panicked.Way {
	case wire.RuntimeError:
		if text, found := strings.CutPrefix(panicked.Text, "runtime error: "); found {
			panic(value.GoError(text))
		}
		panic(value.ConversionError(panicked.Text))
	case wire.ErrorValue:
		panic(panicked.Err())
	case wire.IntValue:
		panic(panicked.Int)
	case wire.Goexit:
		runtime.Goexit()
	}
	panic(panicked.Text)
}

// noteCompiled keeps where in compiled code a panic began, for the error of the cell.
func (p *support) noteCompiled(lines []string) { p.compiledLines.Store(&lines) }
