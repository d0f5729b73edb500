package interp

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"crossbook/interp/compiled"
	"crossbook/interp/naming"
	"crossbook/interp/run"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
)

// unit is the code of a compiled cell.
type unit struct {
	source    split.Source
	code      *compiled.Code
	parts     []split.Source    // of the files that it was built of
	uses      map[*entity]bool  // of other cells, and its own functions
	functions []*native         // in the order in which the program has them
	inner     map[string]string // what no other cell can use, with the reason
	state     bool              // it has variables
}

// native is a function or method of a compiled cell as the session calls it.
type native struct {
	run.Compiled
	unit       *unit
	expression string // of the function in the program
	types      string // structure of what crosses
	inside     bool   // it uses what only its unit has
}

// move makes further calls of a function go to a unit.
func (n *native) move(u *unit, function int) {
	n.unit = u
	n.Move(run.Address{Code: u.code, Function: function, Cell: u.source.Name(), State: u.state, Lines: u.lines})
}

// compileNative builds a cell that has the directive, and puts stubs in the place
// of its functions.
func (c *cell) compileNative() error {
	g := newGathering(c.session, c.Source)
	g.cell = c
	u, err := g.unit(c.session.context0())
	if err != nil {
		return err
	}
	c.unit = u
	if err := c.stub(u); err != nil {
		return err
	}
	return c.check()
}

// stub takes out of the cell what stays inside the compiled code, and the bodies of
// what is called there.
func (c *cell) stub(u *unit) error {
	called := map[string]*native{}
	for _, n := range u.functions {
		called[n.Title] = n
	}
	c.body, c.last = nil, nil
	c.stubs = map[*ast.BlockStmt]*native{}
	c.decls = slices.DeleteFunc(c.decls, func(d ast.Decl) bool {
		if g, ok := d.(*ast.GenDecl); ok {
			return g.Tok == token.VAR
		}
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			return false
		}
		owner := ""
		if f.Recv != nil {
			owner, _ = syntax.Receiver(f)
		}
		n := called[naming.Key(owner, f.Name.Name)]
		if n == nil {
			return true
		}
		nameAll(f.Recv, "r__")
		nameAll(f.Type.Params, "p__")
		f.Body = &ast.BlockStmt{Lbrace: f.Body.Lbrace, Rbrace: f.Body.Rbrace, List: []ast.Stmt{&ast.ForStmt{For: f.Body.Lbrace, Body: &ast.BlockStmt{Lbrace: f.Body.Lbrace, Rbrace: f.Body.Lbrace}}}}
		c.stubs[f.Body] = n
		return false
	})
	c.order = slices.DeleteFunc(c.order, func(e *entity) bool {
		k := e.name
		for name, other := range c.declared {
			if other == e {
				k = name
			}
		}
		kept := e.kind == typeEntity || e.kind == constEntity || called[k] != nil
		if !kept {
			delete(c.declared, k)
			delete(c.generic, k)
			return true
		}
		e.unit, e.native = u, called[k]
		return false
	})
	return nil
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

// stubBody is the body that the interpreter gets for a compiled function: it hands
// over where its parameters and results are.
func (l *lowerer) stubBody(n *native, sig *types.Signature) *ast.BlockStmt {
	pointers := func(names []string) ast.Expr {
		lit := &ast.CompositeLit{Type: &ast.ArrayType{Elt: &ast.InterfaceType{Methods: &ast.FieldList{}}}}
		for _, name := range names {
			lit.Elts = append(lit.Elts, addressOf(ident(name)))
		}
		return lit
	}
	var params, results []string
	if sig.Recv() != nil {
		params = append(params, sig.Recv().Name())
	}
	for v := range sig.Params().Variables() {
		params = append(params, v.Name())
	}
	var list []ast.Stmt
	var back []ast.Expr
	for v := range sig.Results().Variables() {
		name := l.s.temporary("result")
		results = append(results, name)
		back = append(back, ident(name))
		list = append(list, declareVar(name, l.typ(v.Type()), nil))
	}
	list = append(list, do(call(l.runtime("CallCompiled"), intLit(n.Number), pointers(params), pointers(results))))
	if len(back) > 0 {
		list = append(list, giveBack(back...))
	}
	return block(list...)
}

// adopt makes a compiled cell's code that of the session: names that stay inside it
// are nobody's any more, what nothing calls ends.
func (s *Session) adopt(c *cell) {
	for _, e := range c.order {
		delete(s.inner, e.name)
	}
	if c.unit != nil {
		for _, e := range c.order {
			if e.native != nil {
				e.body.uses = maps.Clone(c.unit.uses)
				c.unit.uses[e] = true
			}
		}
		for _, e := range c.order {
			if e.native != nil {
				e.body.uses = c.unit.uses
			}
		}
		for name, why := range c.unit.inner {
			delete(s.current, name)
			s.inner[name] = why
		}
		s.units = append(s.units, c.unit)
	}
	if len(s.units) == 0 {
		return
	}
	live := map[*unit]bool{}
	for _, e := range s.entities {
		if e.native != nil {
			live[e.native.unit] = true
		}
	}
	s.units = slices.DeleteFunc(s.units, func(u *unit) bool {
		if !live[u] {
			u.code.Retire()
		}
		return !live[u]
	})
}

// startNative starts the process of a compiled cell, whose variables get their
// values then.
func (c *cell) startNative(ctx context.Context) error {
	if c.unit == nil {
		return nil
	}
	_, err := c.unit.code.Start(ctx)
	if err == nil {
		return nil
	}
	var died *compiled.Died
	if !errors.As(err, &died) {
		return fmt.Errorf("the compiled code does not start: %w", err)
	}
	e := &Error{kind: Panic, message: naming.Plain(died.Error()), cause: died}
	e.trace = append([]string{e.message}, c.unit.lines(died.Frames)...)
	return e
}

// refresh builds the units again that use what a cell has declared anew. Where that
// does not do, the functions stay as they were, and the user is told.
func (s *Session) refresh(c *cell) {
	for _, u := range s.units {
		if !c.outdated[u] {
			continue
		}
		if err := s.rebuild(u); err != nil {
			s.machine.Warn(u.source.Name() + ", compiled, goes on with what it was compiled with: " + naming.Plain(err.Error()))
		}
	}
}

func (s *Session) rebuild(old *unit) error {
	g := newGathering(s, old.source)
	g.former = old
	u, err := g.unit(s.context0())
	if err != nil {
		return reject(old.source, err)
	}
	if _, err := u.code.Start(s.context0()); err != nil {
		return err
	}
	place := map[string]int{}
	for i, n := range u.functions {
		place[n.Title] = i
	}
	for _, n := range old.functions {
		i, found := place[n.Title]
		if !found {
			continue // declared by another cell since
		}
		if u.functions[i].types != n.types {
			u.code.Retire()
			return fmt.Errorf("the types of %s have changed: run the cell again", n.Title)
		}
	}
	for _, n := range old.functions {
		if i, found := place[n.Title]; found {
			u.functions[i] = n
			n.move(u, i)
		}
	}
	for _, e := range s.entities {
		if e.native != nil && e.unit == old && e.native.unit == u {
			e.unit = u
			u.uses[e] = true
			e.body.uses = u.uses
		}
	}
	s.units = append(s.units, u)
	return nil
}
