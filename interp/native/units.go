package native

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"

	"crossbook/interp/check"
	"crossbook/interp/compiled"
	"crossbook/interp/naming"
	"crossbook/interp/run"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// Units is the compiled code of a session.
type Units struct {
	world   *world.World
	machine *run.Machine
	config  Config

	units     []*unit // whose functions can be called
	owners    map[*world.Entity]*unit
	functions map[*world.Entity]*function
	inner     map[string]string // names inside compiled code, with the reason
	outdated  map[*unit]bool    // that use what the cell at hand declares anew
}

// Config says what compiled code is built with, and where it prints.
type Config struct {
	Builder        *compiled.Builder
	Stdout, Stderr *os.File
}

// New returns the compiled code of a session that has none.
func New(w *world.World, m *run.Machine, c Config) *Units {
	return &Units{
		world: w, machine: m, config: c,
		owners: map[*world.Entity]*unit{}, functions: map[*world.Entity]*function{}, inner: map[string]string{}, outdated: map[*unit]bool{},
	}
}

// unit is the code of a compiled cell.
type unit struct {
	source    split.Source
	code      *compiled.Code
	parts     []split.Source         // of the files that it was built of
	uses      map[*world.Entity]bool // of other cells, and its own functions
	functions []*function            // in the order in which the program has them
	inner     map[string]string      // what no other cell can use, with the reason
	state     bool                   // it has variables
}

// function is a function or method of a compiled cell.
type function struct {
	run.Compiled
	unit       *unit
	expression string // of the function in the program
	types      string // structure of what crosses
	inside     bool   // it uses what only its unit has
}

// move makes further calls of a function go to a unit.
func (f *function) move(u *unit, place int) {
	f.unit = u
	f.Move(run.Address{Code: u.code, Function: place, Cell: u.source.Name(), State: u.state, Lines: u.lines})
}

// Cell is what compiling a cell has made.
type Cell struct {
	Stubs map[*ast.BlockStmt]int // bodies of its functions, with their numbers

	unit      *unit
	functions map[*world.Entity]*function
}

// Problem is what compiling has against a cell, or one that it uses.
type Problem struct {
	Source   split.Source
	Position token.Position // no line: it has no place
	Message  string
}

// Error is the place and the message.
func (p *Problem) Error() string {
	if p.Position.Line == 0 {
		return p.Message
	}
	return p.Position.String() + ": " + p.Message
}

// Crash is the end of compiled code as its variables got their values.
type Crash struct {
	*compiled.Died
	Lines []string // of the traceback
}

// Begin forgets what the cell before has outdated.
func (s *Units) Begin() { clear(s.outdated) }

// Outdate implements check.Compiled.
func (s *Units) Outdate(e *world.Entity) bool {
	f := s.functions[e]
	if f != nil {
		s.outdated[f.unit] = true
	}
	return f != nil
}

// Inside implements check.Compiled.
func (s *Units) Inside(name string) string { return s.inner[name] }

// Has tells whether a function is compiled.
func (s *Units) Has(e *world.Entity) bool { return s.functions[e] != nil }

// Compile builds a checked cell, and puts stubs in the place of its functions. An
// error is a *Problem, or says why nothing can be built.
func (s *Units) Compile(ctx context.Context, c *check.Checked) (*Cell, error) {
	g := newGathering(s, c.Source)
	g.cell = c
	u, err := g.unit(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range u.functions {
		s.machine.AddCompiled(&f.Compiled)
	}
	out := &Cell{unit: u, Stubs: map[*ast.BlockStmt]int{}, functions: map[*world.Entity]*function{}}
	out.stub(c)
	return out, c.Check()
}

// stub takes out of a cell what stays inside the compiled code, and the bodies of
// what is called there.
func (out *Cell) stub(c *check.Checked) {
	c.Body, c.Last = nil, nil
	c.Decls = slices.DeleteFunc(c.Decls, func(d ast.Decl) bool {
		switch d := d.(type) {
		case *ast.GenDecl:
			return d.Tok == token.VAR
		case *ast.FuncDecl:
			f := out.unit.function(methodKey(d))
			if f == nil {
				return true
			}
			nameAll(d.Recv, "r__")
			nameAll(d.Type.Params, "p__")
			d.Body = endless(d.Body)
			out.Stubs[d.Body] = f.Number
		}
		return false
	})
	keys := map[*world.Entity]string{}
	for k, e := range c.Declared {
		keys[e] = k
	}
	c.Order = slices.DeleteFunc(c.Order, func(e *world.Entity) bool {
		f := out.unit.function(keys[e])
		if f != nil && (e.Kind == world.Func || e.Kind == world.Method) {
			out.functions[e] = f
			return false
		}
		if e.Kind == world.Type || e.Kind == world.Const {
			return false
		}
		delete(c.Declared, keys[e])
		delete(c.Generic, keys[e])
		return true
	})
}

// endless is a body in the place of another that is well typed whatever the results.
func endless(b *ast.BlockStmt) *ast.BlockStmt {
	loop := &ast.ForStmt{For: b.Lbrace, Body: &ast.BlockStmt{Lbrace: b.Lbrace, Rbrace: b.Lbrace}}
	return &ast.BlockStmt{Lbrace: b.Lbrace, Rbrace: b.Rbrace, List: []ast.Stmt{loop}}
}

// nameAll names the parameters that have no name, so that a stub can pass them on,
// and those by whose names the stub knows types.
func nameAll(list *ast.FieldList, prefix string) {
	if list == nil {
		return
	}
	for i, f := range list.List {
		if len(f.Names) == 0 {
			f.Names = []*ast.Ident{{Name: fmt.Sprint(prefix, i), NamePos: f.Type.Pos()}}
		}
		for j, n := range f.Names {
			if n.Name == "_" || types.Universe.Lookup(n.Name) != nil {
				n.Name = fmt.Sprint(prefix, i, "_", j)
			}
		}
	}
}

// Start starts the process of a compiled cell, whose variables get their values
// then. If that fails in the cell's code, the error is a *Crash.
func (out *Cell) Start(ctx context.Context) error {
	_, err := out.unit.code.Start(ctx)
	var died *compiled.Died
	switch {
	case err == nil:
		return nil
	case errors.As(err, &died):
		return &Crash{died, out.unit.lines(died.Frames)}
	}
	return fmt.Errorf("the compiled code does not start: %w", err)
}

// Commit follows the commit of a cell, compiled or not: out is nil then. Names that
// stay inside compiled code are nobody's any more, processes that nothing calls end.
func (s *Units) Commit(c *check.Checked, out *Cell) {
	for _, e := range c.Order {
		delete(s.inner, e.Name)
	}
	if out != nil {
		for _, e := range c.Order {
			s.owners[e] = out.unit
			if f := out.functions[e]; f != nil {
				s.functions[e] = f
				out.unit.uses[e] = true
				e.Body.Uses = out.unit.uses
			}
		}
		for name, why := range out.unit.inner {
			delete(s.world.Current, name)
			s.inner[name] = why
		}
		s.units = append(s.units, out.unit)
	}
	if len(s.units) > 0 {
		s.sweep()
	}
}

// sweep forgets what the world has forgotten.
func (s *Units) sweep() {
	live := map[*unit]bool{}
	alive := map[*world.Entity]bool{}
	for _, e := range s.world.Entities {
		alive[e] = true
		if f := s.functions[e]; f != nil {
			live[f.unit] = true
		}
	}
	for e := range s.owners {
		if !alive[e] {
			delete(s.owners, e)
			delete(s.functions, e)
		}
	}
	s.units = slices.DeleteFunc(s.units, func(u *unit) bool {
		if !live[u] {
			u.code.Retire()
		}
		return !live[u]
	})
}

// Refresh builds the units again that use what the last cell has declared anew. Where
// that does not do, the functions stay as they were, and the user is told.
func (s *Units) Refresh(ctx context.Context) {
	for _, u := range slices.Clone(s.units) {
		if !s.outdated[u] {
			continue
		}
		if err := s.rebuild(ctx, u); err != nil {
			s.machine.Warn(u.source.Name() + ", compiled, goes on with what it was compiled with: " + naming.Plain(err.Error()))
		}
	}
}

func (s *Units) rebuild(ctx context.Context, old *unit) error {
	g := newGathering(s, old.source)
	g.former = old
	u, err := g.unit(ctx)
	if err != nil {
		return err
	}
	if _, err := u.code.Start(ctx); err != nil {
		return err
	}
	for _, f := range old.functions {
		if again := u.function(f.Title); again != nil && again.types != f.types {
			u.code.Retire()
			return fmt.Errorf("the types of %s have changed: run the cell again", f.Title)
		}
	}
	for _, f := range old.functions {
		if i := slices.Index(u.functions, u.function(f.Title)); i >= 0 { // else declared by another cell since
			u.functions[i] = f
			f.move(u, i)
		}
	}
	for e, f := range s.functions {
		if s.owners[e] == old && f.unit == u {
			u.uses[e] = true
			e.Body.Uses = u.uses
		}
	}
	for e, owner := range s.owners {
		if owner == old {
			s.owners[e] = u
		}
	}
	s.units = append(s.units, u)
	s.sweep()
	return nil
}

// methodKey is the key of a function or method.
func methodKey(d *ast.FuncDecl) string {
	owner := ""
	if d.Recv != nil {
		owner, _ = syntax.Receiver(d)
	}
	return naming.Key(owner, d.Name.Name)
}

// function returns a function that can be called, nil if there is none.
func (u *unit) function(title string) *function {
	for _, f := range u.functions {
		if f.Title == title {
			return f
		}
	}
	return nil
}
