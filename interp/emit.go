package interp

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// emission is a cell as the interpreter gets it.
type emission struct {
	imports map[string]bool // packages that it mentions
	text    string          // of the file
}

// emit lowers a checked cell and writes it as a file: declarations, then the
// cell's statements as a function, which an init function hands to the session.
func (c *cell) emit() (emission, error) {
	l := newLowerer(c)
	c.slots, c.faces = map[slotKey]string{}, map[string]*face{}
	vars := c.emitVars(l)
	decls, err := c.emitDecls(l)
	if err != nil {
		return emission{}, err
	}
	body := c.emitBody(l)
	run := l.runtime("Run")
	statements := append(slices.Clone(c.prologue), body...)
	void := &ast.FuncType{Params: &ast.FieldList{}}
	if err := c.problem(l); err != nil {
		return emission{}, err
	}
	decls = append(append(vars, decls...), c.extra...)
	decls = append(decls,
		&ast.FuncDecl{Name: ident(naming.CellFunc), Type: void, Body: block(statements...)},
		&ast.FuncDecl{Name: ident("init"), Type: void, Body: block(do(call(run, ident(naming.CellFunc))))})
	var b bytes.Buffer
	if err := format.Node(&b, token.NewFileSet(), &ast.File{Name: ident(naming.Main), Decls: decls}); err != nil {
		return emission{}, fmt.Errorf("interp: printing a lowered cell: %w", err)
	}
	return emission{l.uses, b.String()}, nil
}

// problem returns what lowering could not do.
func (c *cell) problem(l *lowerer) error {
	if c.failure != nil {
		return c.failure
	}
	return l.sp.Err
}

// fail records the first thing that lowering could not do.
func (c *cell) fail(pos token.Pos, form string, args ...any) {
	if c.failure == nil {
		c.failure = c.problemAt(pos, form, args...)
	}
}

// problemAt makes an error at a place of the cell.
func (c *cell) problemAt(pos token.Pos, form string, args ...any) error {
	return types.Error{Fset: c.session.fset, Pos: pos, Msg: fmt.Sprintf(form, args...)}
}

// emitVars declares the variables whose type changed. One that has the type it
// had is the same variable: functions that use it see the new value, and the old
// value is free.
func (c *cell) emitVars(l *lowerer) []ast.Decl {
	var out []ast.Decl
	for _, e := range c.order {
		if e.kind != varEntity || strings.Contains(e.name, naming.TemporaryMark) {
			continue
		}
		typ := l.typ(c.pkg.Scope().Lookup(e.name).Type())
		e.typ = syntax.Text(typ)
		if old := c.session.current[e.name]; old != nil && old.kind == varEntity && old.typ == e.typ {
			e.emit = old.emit
			continue
		}
		spec := &ast.ValueSpec{Names: []*ast.Ident{ident(e.emit)}, Type: typ}
		out = append(out, &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{spec}})
	}
	return out
}

// emitDecls lowers types, functions and methods. Constants are gone: each use
// has its value.
func (c *cell) emitDecls(l *lowerer) ([]ast.Decl, error) {
	var typeDecls, funcs []ast.Decl
	for _, d := range c.decls {
		if c.isGeneric(d) {
			continue
		}
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok != token.TYPE {
				continue
			}
			out, err := l.typeDecl(d)
			if err != nil {
				return nil, err
			}
			typeDecls = append(typeDecls, out...)
		case *ast.FuncDecl:
			funcs = append(funcs, l.funcDecl(d)...)
		}
	}
	l.printers()
	l.lateTypes()
	return append(typeDecls, funcs...), nil
}

// emitBody lowers the cell's statements, each after a mark of its line.
func (c *cell) emitBody(l *lowerer) []ast.Stmt {
	c.sortVars()
	l.defers = hasDefer(c.function().Body)
	var out []ast.Stmt
	line := 0
	for i, it := range c.body {
		var steps []ast.Stmt
		pos := token.NoPos
		switch {
		case it.vars != nil:
			pos = it.vars.Pos()
			steps = c.emitValues(l, it.vars)
		case i == len(c.body)-1 && c.last != nil:
			pos = it.stmt.Pos()
			steps = l.show(c.last)
		default:
			pos = it.stmt.Pos()
			steps = l.stmt(it.stmt)
		}
		if at := c.position(pos).Line; at != line && len(steps) > 0 && !c.flat {
			line = at
			out = append(out, do(call(l.runtime("Mark"), intLit(line))))
		}
		out = append(out, steps...)
	}
	return out
}

// emitValues assigns to hoisted variables, or clears those without a value.
func (c *cell) emitValues(l *lowerer, spec *ast.ValueSpec) []ast.Stmt {
	var out []ast.Stmt
	for _, n := range spec.Names {
		if strings.Contains(n.Name, naming.TemporaryMark) {
			out = append(out, declareVar(n.Name, l.typ(l.info.Defs[n].Type()), nil))
			delete(c.declared, n.Name)
		}
	}
	if len(spec.Values) > 0 {
		a := &ast.AssignStmt{Tok: token.ASSIGN, TokPos: spec.Pos(), Rhs: spec.Values}
		for _, n := range spec.Names {
			a.Lhs = append(a.Lhs, n)
		}
		return append(out, l.stmt(a)...)
	}
	for _, n := range spec.Names {
		if e := c.declared[n.Name]; e != nil {
			zero := l.s.temporary("zero")
			out = append(out, declareVar(zero, l.typ(l.info.Defs[n].Type()), nil), assign(ident(e.emit), ident(zero)))
		}
	}
	return out
}

// sortVars orders consecutive variable declarations as Go initialises a package.
func (c *cell) sortVars() {
	order := map[types.Object]int{}
	for i, in := range c.info.InitOrder {
		for _, v := range in.Lhs {
			order[v] = i
		}
	}
	rank := func(it item) int {
		for _, n := range it.vars.Names {
			if o := c.info.Defs[n]; o != nil {
				return order[o]
			}
		}
		return -1
	}
	for i := 0; i < len(c.body); i++ {
		j := i
		for j < len(c.body) && c.body[j].group {
			j++
		}
		run := c.body[i:j]
		sort.SliceStable(run, func(a, b int) bool { return rank(run[a]) < rank(run[b]) })
		i = max(i, j-1)
	}
}
