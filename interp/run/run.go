package run

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/value"

	yaegi "github.com/traefik/yaegi/interp"
)

// emittedFile is the name of the file of naming.EmittedPlace, and of those of the
// machine's own: yaegi ties imports to it.
const emittedFile = "cell.go"

// noSources is the file system in which yaegi looks for packages as source.
type noSources struct{}

func (noSources) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// composer is what a Library may have beyond its methods: wrappers of interfaces
// that have further methods, by which optional abilities of interpreted types
// reach compiled code. They are listed by the name of the interface, the richest
// first.
type composer interface {
	Composed(path string) map[string][]reflect.Type
}

// Load gives a file to the interpreter, which compiles it, and the packages that it
// mentions. All names in it must be at naming.EmittedPlace.
func (m *Machine) Load(file *ast.File, imports map[string]bool) (*Program, error) {
	for _, path := range slices.Sorted(maps.Keys(imports)) {
		if m.imported[path] {
			continue
		}
		if err := m.importPackage(path); err != nil {
			return nil, err
		}
	}
	return m.compile(file)
}

// importPackage makes a package known to the interpreter under its alias, once.
func (m *Machine) importPackage(path string) error {
	if err := m.useSymbols(path); err != nil {
		return err
	}
	program, err := m.compileText(fmt.Sprintf("package main\n\nimport %s %q\n", naming.Alias(path), path))
	if err != nil {
		return err
	}
	if _, err := m.yaegi.Execute(program); err != nil {
		return err
	}
	m.imported[path] = true
	return nil
}

// useSymbols gives the interpreter the symbols of a package and of those that its
// API mentions, whose interfaces it must be able to wrap.
func (m *Machine) useSymbols(path string) error {
	paths := []string{path}
	if p := m.config.Importer.Whole(path); p != nil {
		for _, dependency := range p.Imports() {
			paths = append(paths, dependency.Path())
		}
	}
	if path == packages.Unsafe && !m.loaded[path] {
		m.loaded[path] = true
		return m.yaegi.Use(unsafeExports())
	}
	for _, p := range paths {
		if m.loaded[p] || !m.config.Importer.Has(p) {
			continue
		}
		if err := m.yaegi.Use(m.exports(p)); err != nil {
			return err
		}
		m.loaded[p] = true
	}
	return nil
}

// compileText compiles a file of the machine's own.
func (m *Machine) compileText(text string) (*Program, error) {
	f, err := parser.ParseFile(m.yaegi.FileSet(), emittedFile, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	defer m.yaegi.FileSet().RemoveFile(m.yaegi.FileSet().File(f.FileStart)) // places in it tell nobody anything
	return m.compile(f)
}

// compile compiles a file. What yaegi cannot compile it sometimes panics on.
func (m *Machine) compile(f *ast.File) (program *Program, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = unsupported(fmt.Sprint(v))
		}
	}()
	program, err = m.yaegi.CompileAST(f)
	m.keepsakes.shed()
	if err != nil {
		return nil, unsupported(err.Error())
	}
	return program, nil
}

func unsupported(msg string) error {
	return errors.New("the interpreter cannot compile this: " + value.Place.ReplaceAllString(msg, ""))
}

// grace is how long an interrupted cell may go on after its context is cancelled:
// long enough for a call that takes the context to return what it has, and for
// the cell to keep it.
const grace = 25 * time.Millisecond

// run is the execution of one cell.
type run struct {
	ctx      context.Context // the caller's
	visible  context.Context // the cell's: cancelled by an interrupt only
	cancel   context.CancelCauseFunc
	values   []any
	enter    func() func()       // notes the goroutine of the cell
	explain  func(v any) any     // puts the value of a panic into Go's words
	failure  any                 // value of a panic
	abroad   atomic.Pointer[any] // value of one on a goroutine of compiled code
	done     chan struct{}       // closed when the cell's code has stopped
	released chan struct{}       // closed when the interpreter was told to stop

	mu     sync.Mutex
	over   bool // the cell's code has stopped by itself
	halted bool // the interpreter is told to stop it
}

// Execute runs a compiled cell and returns the values that it shows. The error is a
// *Failure.
func (m *Machine) Execute(ctx context.Context, program *Program) ([]any, error) {
	r := &run{ctx: ctx, done: make(chan struct{}), released: make(chan struct{})}
	r.visible, r.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	halt, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() {
		r.cancel(context.Cause(ctx))
		time.AfterFunc(grace, func() { r.halt(stop) })
	})()
	<-m.resumed
	m.support.begin(r)
	r.enter, r.explain = m.support.goroutines.enter, m.support.trace.explained
	ended := make(chan error, 1)
	go func() {
		_, err := m.yaegi.Execute(program)
		ended <- err
	}()
	var err error
	select {
	case err = <-ended:
		close(r.released)
	case <-halt.Done():
		resume := m.halter.halt()
		close(r.released)
		m.support.interrupt()
		<-r.done
		<-ended
		m.resumeLater(resume)
	}
	switch {
	case ctx.Err() != nil:
		return r.values, m.support.interrupted(ctx)
	case r.failure != nil:
		return r.values, m.support.panicked(r.failure)
	case err != nil:
		return r.values, m.support.panicked(failureOf(err))
	case r.abroad.Load() != nil:
		return r.values, m.support.panicked(*r.abroad.Load())
	}
	return r.values, nil
}

// halt stops the interpreter, unless the cell's code has ended.
func (r *run) halt(stop func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over {
		r.halted = true
		stop()
	}
}

// end notes that the cell's code has stopped.
func (r *run) end() {
	r.mu.Lock()
	r.over = true
	halted := r.halted
	r.mu.Unlock()
	if halted {
		<-r.released
	}
	close(r.done)
}

func failureOf(err error) any {
	var p yaegi.Panic
	if errors.As(err, &p) {
		return p.Value
	}
	return err
}

// cell is what the interpreter calls with the cell's function. It returns when
// the cell's code has really stopped, also after an interrupt.
func (r *run) cell(f func()) {
	defer r.end()
	defer r.enter()()
	if r.ctx.Err() != nil {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			r.failure = r.explain(v)
		}
	}()
	f()
}

// exports returns the symbols of a package as the interpreter takes them, some
// replaced by the session's own. The package's name in the key is not its own:
// at "fmt/fmt" yaegi would put in its own replacements.
func (m *Machine) exports(path string) yaegi.Exports {
	symbols := map[string]reflect.Value{}
	for name, v := range m.config.Library.Symbols(path) {
		symbols[name] = v
	}
	for name, v := range m.support.replacements(path) {
		symbols[name] = v
	}
	out := yaegi.Exports{path + "/symbols": symbols}
	choice := map[reflect.Value][]reflect.Type{}
	for name, list := range wrapped[path] {
		choice[symbols[name]] = list
	}
	if l, ok := m.config.Library.(composer); ok {
		for name, list := range l.Composed(path) {
			choice[symbols["_"+name]] = list
		}
	}
	for name, list := range selfWrappers(path) {
		choice[symbols["_"+name]] = list
	}
	if len(choice) > 0 {
		out["."] = mapTypes(choice)["."]
	}
	return out
}
