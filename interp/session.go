package interp

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"crossbook/interp/assist"
	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/compiled"
	"crossbook/interp/emit"
	"crossbook/interp/generics"
	"crossbook/interp/lower"
	"crossbook/interp/naming"
	"crossbook/interp/native"
	"crossbook/interp/packages"
	"crossbook/interp/run"
	"crossbook/interp/split"
	"crossbook/interp/world"
)

// Library is the compiled packages that cells may import; interp/symbols has
// the one of Crossbook.
type Library = packages.Library

// Options configure a session.
type Options struct {
	// Library is the compiled packages that cells may import. It must have the
	// package context.
	Library Library

	// Prelude is the packages that cells see without an import, path by name.
	// Packages that the library does not have are left out.
	Prelude map[string]string

	// Display names interfaces of the library, such as fmt.Stringer, by which a
	// value of an interpreted type is shown, the best first. fmt.Stringer and
	// error come last by themselves.
	Display []string

	// Stdout and Stderr take what cells print; nil means the process's.
	Stdout, Stderr *os.File

	// Print and PrintErr take, in the place of Stdout and Stderr, what the functions
	// of fmt, print, println and the session itself print; nil means the files. So
	// they can tell by the goroutine on which they are called which cell prints.
	// What a cell writes by a method of the files does not pass them, nor what it
	// prints once it has put another file into os.Stdout or os.Stderr.
	Print, PrintErr io.Writer

	// Compile builds the cells that begin with %compile.
	Compile compiled.Builder
}

// Session holds the state of a notebook: what its cells have declared and the
// interpreter that runs them. Run executes one cell at a time; IsComplete,
// Names, Complete, Inspect and Variables may be called meanwhile.
type Session struct {
	options  Options
	running  sync.RWMutex // held while a cell runs; guards the fields below
	world    *world.World
	machine  *run.Machine
	displays []types.Type    // interfaces in which values of interpreted types are shown, the best first
	native   *native.Units   // compiled code of cells
	ctx      context.Context // of the running cell

	names  atomic.Pointer[[]string]
	assist *assist.Assistant
}

// New returns an empty session.
func New(options Options) (*Session, error) {
	if options.Library == nil {
		return nil, errors.New("interp: Options.Library is nil: want the packages that cells may import")
	}
	if options.Stdout == nil {
		options.Stdout = os.Stdout
	}
	if options.Stderr == nil {
		options.Stderr = os.Stderr
	}
	fset := token.NewFileSet()
	importer := packages.NewImporter(options.Library, fset)
	prelude := map[string]string{}
	for name, path := range options.Prelude {
		if importer.Has(path) {
			prelude[name] = path
		}
	}
	s := &Session{options: options, world: world.New(fset, importer, prelude)}
	s.names.Store(&[]string{})
	s.assist = assist.New(options.Library, s.world, s.peek)
	s.displays = displays(importer, options.Display)
	var err error
	s.machine, err = run.New(run.Config{
		Library: options.Library, Importer: importer,
		Stdout: options.Stdout, Stderr: options.Stderr, Print: options.Print, PrintErr: options.PrintErr,
	})
	s.native = native.New(s.world, s.machine, native.Config{Builder: &s.options.Compile, Stdout: options.Stdout, Stderr: options.Stderr})
	if err == nil {
		err = s.addContext()
	}
	if err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	return s, nil
}

// addContext declares ctx for the type checker. It is no variable of the
// interpreter: each use asks the session for the context of the running cell.
func (s *Session) addContext() error {
	read, err := cell.Read(s.world, split.NewSource(0, "var "+world.ContextVar+" p_context.Context"), s.importAny)
	if err != nil {
		return err
	}
	read.Aliases["context"] = true
	c := &check.Checked{Cell: read}
	if err := c.Check(); err != nil {
		return err
	}
	if err := c.Keep(); err != nil {
		return err
	}
	s.world.Context = c.Declared[world.ContextVar]
	s.commit(ready{Checked: c})
	return nil
}

// Run executes a cell and returns the values of its last expression, none when
// it has no value to show. count numbers the cell in messages. When ctx is
// cancelled Run returns as soon as the cell's code has stopped, with ctx's error
// in err's chain; what the cell did until then stays. An error is an *Error.
func (s *Session) Run(ctx context.Context, count int, code string) ([]any, error) {
	s.running.Lock()
	defer s.running.Unlock()
	s.ctx = ctx
	defer func() { s.ctx = nil }()
	src := split.NewSource(count, code)
	accepted := false
	defer func() { s.world.Settle(accepted) }()
	c, err := s.compile(src)
	switch {
	case err != nil && src.Compile && ctx.Err() != nil: // as it was built
		return nil, s.failed(src, &run.Failure{Cause: context.Cause(ctx), Err: ctx.Err()})
	case err != nil:
		return nil, reject(src, err)
	}
	if c.native != nil {
		if err := c.native.Start(ctx); err != nil {
			return nil, reject(src, err)
		}
	}
	s.commit(c)
	accepted = true
	s.native.Refresh(ctx)
	if c.program == nil {
		return nil, nil
	}
	return s.execute(ctx, c.Source, c.program)
}

// execute runs what compile returned.
func (s *Session) execute(ctx context.Context, src split.Source, program *run.Program) ([]any, error) {
	values, err := s.machine.Execute(ctx, program)
	if err != nil {
		return values, s.failed(src, err)
	}
	return values, nil
}

// ready is a cell that can run.
type ready struct {
	*check.Checked
	native  *native.Cell // of a cell that is compiled
	lowered lower.Lowered
	program *run.Program // nil if there is nothing to run
}

// compile takes a cell through all steps up to the interpreter's program.
func (s *Session) compile(src split.Source) (ready, error) {
	return s.compileWith(func() (*cell.Cell, error) { return cell.Read(s.world, src, s.importAny) })
}

// compileWith is compile for what read reads.
func (s *Session) compileWith(read func() (*cell.Cell, error)) (c ready, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("interp: this cell is beyond the session: %v", v)
		}
	}()
	c, err = s.compileCell(read, true)
	if errors.Is(err, lower.ErrSignature) {
		return s.compileCell(read, false)
	}
	return c, err
}

// compileCell compiles what read reads. sameTypes says that types which it declares as
// they are stay the same types.
func (s *Session) compileCell(read func() (*cell.Cell, error), sameTypes bool) (ready, error) {
	c, err := read()
	if err != nil {
		return ready{}, err
	}
	if sameTypes {
		c.KeepSameTypes()
	}
	s.native.Begin()
	k := &check.Checked{Cell: c, Compiled: s.native}
	if len(c.Decls) == 0 && len(c.Body) == 0 {
		return ready{Checked: k}, nil
	}
	built, err := s.checkCell(k)
	if err != nil {
		return ready{}, err
	}
	with := lower.Session{Displays: s.displays, Texts: s.machine.Texts()}
	if built != nil {
		with.Stubs = built.Stubs
	}
	low, err := lower.Cell(k, with)
	if err != nil {
		return ready{}, err
	}
	program, err := s.machine.Load(emit.File(low), low.Uses)
	return ready{k, built, low, program}, err
}

// checkCell checks a cell, builds it if it is to be compiled, brings back the functions of earlier cells that use
// what it declares anew, makes the instances that it needs and notes what later
// cells need of it.
func (s *Session) checkCell(c *check.Checked) (built *native.Cell, err error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if err := c.Restrictions(); err != nil {
		return nil, err
	}
	if c.Source.Compile {
		if built, err = s.native.Compile(s.context0(), c); err != nil {
			return nil, err
		}
	}
	if err := c.Revive(); err != nil {
		return nil, err
	}
	if err := generics.Specialise(c); err != nil {
		return nil, err
	}
	return built, c.Keep()
}

// commit makes what a cell declares part of the session.
func (s *Session) commit(c ready) {
	low := c.lowered
	s.world.Commit(world.Additions{Imports: c.Imports, Dots: c.Dots, Order: c.Order, Copies: c.Copies, Slots: low.Slots, Faces: low.Faces})
	s.world.Sweep(s.machine.Forget)
	s.native.Commit(c.Checked, c.native)
	s.publish()
	s.assist.Learn(c.Checked)
}

// publish updates what Names returns.
func (s *Session) publish() {
	names := make([]string, 0, len(s.world.Current))
	for name, e := range s.world.Current {
		if name != "main" && e != s.world.Context && !naming.IsFlat(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	s.names.Store(&names)
}

// IsComplete says whether code can run as it stands: "complete", "incomplete"
// with the indent of the next line, or "invalid". It looks only at the syntax
// and may be called while a cell runs.
func (s *Session) IsComplete(code string) (status, indent string) { return split.Status(code) }

// Names lists the variables, constants, functions and types that the cells have
// declared, sorted.
func (s *Session) Names() []string { return slices.Clone(*s.names.Load()) }

// displays returns the interfaces in which values of interpreted types are
// shown, those of Options first.
func displays(importer types.Importer, first []string) []types.Type {
	var list []types.Type
	for _, name := range append(slices.Clone(first), "fmt.Stringer") {
		dot := strings.LastIndex(name, ".")
		p, err := importer.Import(name[:dot])
		if err != nil {
			continue
		}
		if o := p.Scope().Lookup(name[dot+1:]); o != nil && types.IsInterface(o.Type()) {
			list = append(list, o.Type())
		}
	}
	return append(list, types.Universe.Lookup("error").Type())
}
