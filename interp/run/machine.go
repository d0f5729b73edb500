package run

import (
	"context"
	"fmt"
	"io"
	"os"
	"reflect"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/value"

	yaegi "github.com/traefik/yaegi/interp"
)

// Config says what a machine works with.
type Config struct {
	Library  packages.Library
	Importer *packages.Importer

	Stdout, Stderr  *os.File  // what cells print
	Print, PrintErr io.Writer // see interp.Options
}

// Machine is the interpreter with what it needs to run cells one after another.
type Machine struct {
	config    Config
	yaegi     *yaegi.Interpreter
	loaded    map[string]bool // packages whose symbols the interpreter has
	imported  map[string]bool // those that it knows under their aliases
	support   support
	halter    halter
	keepsakes keepsakes
	resumed   chan struct{} // closed when code may run
}

// Program is a file that the interpreter has compiled.
type Program = yaegi.Program

// New returns a machine that has run nothing. The library must have the
// package context.
func New(c Config) (*Machine, error) {
	m := &Machine{config: c, loaded: map[string]bool{}, imported: map[string]bool{}, resumed: make(chan struct{})}
	close(m.resumed)
	m.support.init(&m.config)
	m.yaegi = yaegi.New(yaegi.Options{
		Stdout: c.Stdout, Stderr: &m.support.trace, Unrestricted: true,
		SourcecodeFilesystem: noSources{},
	})
	m.yaegi.FileSet().AddFile(emittedFile, int(naming.EmittedPlace), 1)
	var err error
	if m.halter, err = newHalter(m.yaegi); err != nil {
		return nil, err
	}
	if m.keepsakes, err = newKeepsakes(m.yaegi); err != nil {
		return nil, err
	}
	if m.support.trace.operands, err = newOperands(m.yaegi); err != nil {
		return nil, err
	}
	if err := m.yaegi.Use(m.support.exports()); err != nil {
		return nil, err
	}
	if err := wrapErrors(m.yaegi); err != nil {
		return nil, err
	}
	m.loaded[naming.Support] = true
	return m, m.declareLines()
}

// declareLines declares the variables in which lowered code stores its lines.
func (m *Machine) declareLines() error {
	if err := m.importPackage(naming.Support); err != nil {
		return err
	}
	program, err := m.compileText(fmt.Sprintf("package main\n\nvar %[1]s, %[2]s int\n\nfunc init() { %[3]s.LinesAt(&%[1]s, &%[2]s) }\n", naming.LineVariable, naming.StepVariable, naming.Alias(naming.Support)))
	if err != nil {
		return err
	}
	_, err = m.yaegi.Execute(program)
	return err
}

// Call runs f, compiled code that may call functions of cells, as execute runs a
// cell.
func (m *Machine) Call(ctx context.Context, f func()) error {
	name := naming.Alias(naming.Support)
	text := fmt.Sprintf("package main\n\nfunc init() { %s.Run(%s.Called) }\n", name, name)
	program, err := m.compileText(text)
	if err != nil {
		return err
	}
	m.support.called = f
	_, err = m.Execute(ctx, program)
	return err
}

// Texts returns what knows how values of types of cells are told apart and printed.
func (m *Machine) Texts() *value.Printer { return &m.support.texts }

// Idle tells whether no goroutine of a cell runs.
func (m *Machine) Idle() bool { return m.support.goroutines.none() }

// Globals returns the variables of the interpreter by their names there.
func (m *Machine) Globals() map[string]reflect.Value { return m.yaegi.Globals() }

// Forget drops a function that no cell can name any more. What was compiled with
// it does not find it by its name.
func (m *Machine) Forget(name string) { m.keepsakes.forget(name) }
