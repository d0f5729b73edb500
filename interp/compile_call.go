package interp

import (
	"context"
	"errors"
	"fmt"
	"path"
	"reflect"
	"runtime"
	"strconv"
	"strings"

	"crossbook/interp/compiled"
	"crossbook/interp/compiled/wire"
)

// callCompiled is what the stub of a compiled function calls: with its number, and
// pointers to its parameters and results.
func (p *support) callCompiled(number int, params, results []any) {
	found, _ := p.session.compiledFunctions.Load(number)
	n := found.(*native)
	at := n.at.Load()
	v := compiled.Invocation{Function: at.function, Stop: p.interruption()}
	for i, x := range params {
		pointer := reflect.ValueOf(plainValue(x))
		if !n.contexts[i] {
			v.Args = append(v.Args, pointer)
			continue
		}
		ctx, _ := pointer.Elem().Interface().(context.Context)
		if ctx == nil {
			panic(fmt.Errorf("call of %s: its context is nil", n.title))
		}
		v.Context = ctx
	}
	for _, x := range results {
		v.Results = append(v.Results, reflect.ValueOf(plainValue(x)))
	}
	if at.unit.state {
		v.Restarted = func() {
			fmt.Fprintf(p.stderr(), "%s: the compiled code starts again, and its variables have their first values\n", at.unit.source.name())
		}
	}
	if err := at.unit.code.Call(v); err != nil {
		p.failCompiled(n, at.unit, err)
	}
}

// failCompiled makes of an error of a call what the cell sees: a panic as Go has it.
// A call that was stopped returns, for its cell has been stopped too.
func (p *support) failCompiled(n *native, u *unit, err error) {
	var panicked *compiled.Panic
	var died *compiled.Died
	switch {
	case errors.Is(err, compiled.ErrStopped):
		return
	case errors.As(err, &died):
		p.note(u.lines(died.Frames))
		panic(died)
	case !errors.As(err, &panicked):
		panic(fmt.Errorf("call of %s: %w", n.title, err))
	}
	p.note(u.lines(panicked.Frames))
	switch panicked.Way {
	case wire.RuntimeError:
		if text, found := strings.CutPrefix(panicked.Text, "runtime error: "); found {
			panic(goError(text))
		}
		panic(conversionError(panicked.Text))
	case wire.ErrorValue:
		panic(panicked.Err())
	case wire.IntValue:
		panic(panicked.Int)
	case wire.Goexit:
		runtime.Goexit()
	}
	panic(panicked.Text)
}

// note keeps where in compiled code a panic began, for the error of the cell.
func (p *support) note(lines []string) { p.compiledLines.Store(&lines) }

// lines writes places of the compiled code as lines of a traceback.
func (u *unit) lines(places []wire.Place) []string {
	var out []string
	for _, at := range places {
		line := "\tin " + compiled.Where(at, u.part)
		if len(out) == 0 || out[len(out)-1] != line {
			out = append(out, line)
		}
	}
	return out
}

// part names the source of a file of the program.
func (u *unit) part(file string) string {
	i, err := strconv.Atoi(strings.TrimPrefix(path.Base(file), "c"))
	if err != nil || i >= len(u.parts) {
		return file
	}
	return u.parts[i].name()
}
