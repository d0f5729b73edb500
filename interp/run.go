package interp

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"io/fs"
	"reflect"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"crossbook/interp/naming"
	"crossbook/interp/packages"

	yaegi "github.com/traefik/yaegi/interp"
)

// emittedFile is the name of the files that the interpreter gets. It is always
// the same: yaegi ties imports to it.
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

// load gives an emission to the interpreter, which compiles it.
func (s *Session) load(out emission) (*yaegi.Program, error) {
	for _, path := range out.imports {
		if err := s.importPackage(path); err != nil {
			return nil, err
		}
	}
	return s.compileText(out.text)
}

// importPackage makes a package known to the interpreter under its alias, once.
func (s *Session) importPackage(path string) error {
	if err := s.useSymbols(path); err != nil {
		return err
	}
	program, err := s.compileText(fmt.Sprintf("package main\n\nimport %s %q\n", naming.Alias(path), path))
	if err != nil {
		return err
	}
	if _, err := s.yaegi.Execute(program); err != nil {
		return err
	}
	s.emitted.imported[path] = true
	return nil
}

// useSymbols gives the interpreter the symbols of a package and of those that its
// API mentions, whose interfaces it must be able to wrap.
func (s *Session) useSymbols(path string) error {
	paths := []string{path}
	if p := s.importer.Whole(path); p != nil {
		for _, dependency := range p.Imports() {
			paths = append(paths, dependency.Path())
		}
	}
	if path == packages.Unsafe && !s.loaded[path] {
		s.loaded[path] = true
		return s.yaegi.Use(unsafeExports())
	}
	for _, p := range paths {
		if s.loaded[p] || !s.importer.Has(p) {
			continue
		}
		if err := s.yaegi.Use(s.exports(p)); err != nil {
			return err
		}
		s.loaded[p] = true
	}
	return nil
}

// compileText compiles a file. What yaegi cannot compile it sometimes panics on.
func (s *Session) compileText(text string) (program *yaegi.Program, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = unsupported(fmt.Sprint(v))
		}
	}()
	f, err := parser.ParseFile(s.yaegi.FileSet(), emittedFile, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("interp: lowered cell does not parse: %w", err)
	}
	program, err = s.yaegi.CompileAST(f)
	s.yaegi.FileSet().RemoveFile(s.yaegi.FileSet().File(f.FileStart)) // places in it tell nobody anything
	s.keepsakes.shed()
	if err != nil {
		return nil, unsupported(err.Error())
	}
	return program, nil
}

// place is the position that yaegi puts before a message; it is one in the
// lowered cell, which nobody sees.
var place = regexp.MustCompile(`^(\S+:)?\d+:\d+: `)

func unsupported(msg string) error {
	return errors.New("the interpreter cannot compile this: " + place.ReplaceAllString(msg, ""))
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
	failure  any                 // value of a panic
	abroad   atomic.Pointer[any] // value of one on a goroutine of compiled code
	done     chan struct{}       // closed when the cell's code has stopped
	released chan struct{}       // closed when the interpreter was told to stop

	mu     sync.Mutex
	over   bool // the cell's code has stopped by itself
	halted bool // the interpreter is told to stop it
}

// execute runs a compiled cell.
func (s *Session) execute(ctx context.Context, c *cell, program *yaegi.Program) ([]any, error) {
	r := &run{ctx: ctx, done: make(chan struct{}), released: make(chan struct{})}
	r.visible, r.cancel = context.WithCancelCause(context.WithoutCancel(ctx))
	halt, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() {
		r.cancel(context.Cause(ctx))
		time.AfterFunc(grace, func() { r.halt(stop) })
	})()
	<-s.resumed
	s.support.begin(r)
	r.enter = s.support.goroutines.enter
	ended := make(chan error, 1)
	go func() {
		_, err := s.yaegi.Execute(program)
		ended <- err
	}()
	var err error
	select {
	case err = <-ended:
		close(r.released)
	case <-halt.Done():
		resume := s.halter.halt()
		close(r.released)
		s.support.interrupt()
		<-r.done
		<-ended
		s.resumeLater(resume)
	}
	switch {
	case ctx.Err() != nil:
		return r.values, s.interrupted(c, ctx)
	case r.failure != nil:
		return r.values, s.panicked(c, r.failure)
	case err != nil:
		return r.values, s.panicked(c, failureOf(err))
	case r.abroad.Load() != nil:
		return r.values, s.panicked(c, *r.abroad.Load())
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
			r.failure = v
		}
	}()
	f()
}

// exports returns the symbols of a package as the interpreter takes them, some
// replaced by the session's own. The package's name in the key is not its own:
// at "fmt/fmt" yaegi would put in its own replacements.
func (s *Session) exports(path string) yaegi.Exports {
	symbols := map[string]reflect.Value{}
	for name, v := range s.options.Library.Symbols(path) {
		symbols[name] = v
	}
	for name, v := range s.support.replacements(path) {
		symbols[name] = v
	}
	out := yaegi.Exports{path + "/symbols": symbols}
	choice := map[reflect.Value][]reflect.Type{}
	for name, list := range wrapped[path] {
		choice[symbols[name]] = list
	}
	if l, ok := s.options.Library.(composer); ok {
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
