package interp

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"crossbook/interp/naming"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
)

// cell is a cell on its way to the interpreter.
type cell struct {
	split.Source
	session *Session
	silent  bool // ends with a semicolon: shows no value
	program bool // a whole program: main runs last
	flat    bool // a package of the module

	imports  map[string]string // packages that it imports, path by name
	dots     []string          // and those that it imports with a dot
	decls    []ast.Decl        // to be checked at package level
	body     []item            // to be run, in order
	declared map[string]*entity
	order    []*entity           // the declared, in order
	generic  map[string]bool     // keys of declared generic functions and types
	copies   map[string]*entity  // of generic declarations, by instance
	aliases  map[string]bool     // packages that copies mention
	stale    map[*entity]bool    // copies of earlier cells that use what this one replaces
	bound    map[*ast.Ident]bool // local names, where packages of the module are imported

	pkg      *types.Package
	info     *types.Info
	names    map[string]*entity // of the checked world
	prologue []ast.Stmt         // sets the slots of methods
	slots    map[slotKey]string // methods that the cell gives to types
	extra    []ast.Decl         // that lowering needs
	faces    map[string]*face   // interfaces to which it asserts, by key
	failure  error              // what lowering could not do

	last ast.Expr // last expression, whose value is shown; nil if there is none
}

// item is a step of a cell's body: a statement, or the place where variables
// that were hoisted to package level get their values.
type item struct {
	stmt  ast.Stmt
	vars  *ast.ValueSpec
	group bool // declared by var: consecutive ones are ordered as Go orders packages
	stage int  // of a whole program: variables, then functions named init, then main
}

// Stages of a program.
const (
	initStage = 1 + iota
	mainStage
)

// readCell splits and parses a cell and sorts its parts.
func readCell(s *Session, src split.Source) (*cell, error) {
	c := newCell(s, src)
	if err := c.read(); err != nil {
		return nil, err
	}
	c.orderStages()
	c.findLast()
	return c, c.qualify()
}

func newCell(s *Session, src split.Source) *cell {
	return &cell{
		Source: src, session: s,
		imports: map[string]string{}, declared: map[string]*entity{}, generic: map[string]bool{}, copies: map[string]*entity{}, aliases: map[string]bool{}, stale: map[*entity]bool{},
		bound: map[*ast.Ident]bool{},
	}
}

// read splits and parses c.source and sorts its parts.
func (c *cell) read() error {
	cut := split.Cut(c.Text)
	if len(cut.Errs) > 0 {
		return cut.Errs
	}
	c.silent = cut.Silent
	for _, chunk := range cut.Chunks {
		if chunk.Kind == split.PackageName {
			c.program = true
			continue
		}
		p, err := c.parse(c.Source, chunk)
		if err != nil {
			return err
		}
		for _, d := range p.Decls {
			if err := c.addDecl(d, chunk); err != nil {
				return err
			}
		}
		for _, st := range p.Stmts {
			c.addStmt(st)
		}
	}
	return nil
}

// orderStages orders the steps of a whole program.
func (c *cell) orderStages() {
	if c.program {
		slices.SortStableFunc(c.body, func(a, b item) int { return a.stage - b.stage })
	}
}

// parse parses a chunk and notes which of its names are local, where that matters.
func (c *cell) parse(src split.Source, at split.Chunk) (split.Parsed, error) {
	if len(c.session.flat) == 0 {
		return split.Parse(c.session.fset, src, at)
	}
	p, err := split.ParseResolved(c.session.fset, src, at)
	for _, id := range p.Bound {
		c.bound[id] = true
	}
	return p, err
}

// declare records that the cell declares a name.
func (c *cell) declare(owner, name string, kind entityKind) *entity {
	k := naming.Key(owner, name)
	e := &entity{name: name, kind: kind, check: name, version: c.session.nextVersion(k)}
	e.emit = naming.Emitted(name, e.version)
	c.declared[k] = e
	c.order = append(c.order, e)
	return e
}

func (c *cell) addDecl(d ast.Decl, at split.Chunk) error {
	switch d := d.(type) {
	case *ast.FuncDecl:
		c.addFunc(d, at)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if err := c.addSpec(d, spec); err != nil {
				return err
			}
		}
		if d.Tok == token.CONST { // kept whole: iota and repeated values
			c.decls = append(c.decls, d)
		}
	}
	return nil
}

func (c *cell) addSpec(d *ast.GenDecl, spec ast.Spec) error {
	switch spec := spec.(type) {
	case *ast.ImportSpec:
		return c.addImport(spec)
	case *ast.TypeSpec:
		if spec.Name.Name != "_" {
			e := c.declare("", spec.Name.Name, typeEntity)
			e.methods, e.slots = map[string]*entity{}, map[string]string{}
			e.source = syntax.Text(spec)
			c.generic[spec.Name.Name] = spec.TypeParams != nil
		}
		c.decls = append(c.decls, &ast.GenDecl{Tok: token.TYPE, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
	case *ast.ValueSpec:
		if d.Tok == token.VAR {
			c.hoist(spec, true)
			return nil
		}
		for _, n := range spec.Names {
			if n.Name != "_" {
				c.declare("", n.Name, constEntity)
			}
		}
	}
	return nil
}

// hoist makes variables of a cell package-level ones, so that functions of this
// and later cells see them; the values are assigned where they stood.
func (c *cell) hoist(spec *ast.ValueSpec, group bool) {
	for _, n := range spec.Names {
		if n.Name != "_" {
			c.declare("", n.Name, varEntity)
		}
	}
	c.decls = append(c.decls, &ast.GenDecl{Tok: token.VAR, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
	c.body = append(c.body, item{vars: spec, group: group})
}

func (c *cell) addImport(spec *ast.ImportSpec) error {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return err
	}
	p, err := c.session.importAny(path)
	if err == nil && c.session.flat[path] != nil && spec.Name != nil && spec.Name.Name == "." {
		err = fmt.Errorf("package %s is read as source, and cannot be imported with a dot", path)
	}
	if err != nil {
		return c.importError(spec, err)
	}
	name := p.Name()
	if spec.Name != nil {
		name = spec.Name.Name
	}
	if msg := c.importName(name, path); msg != "" {
		return rejectAt(c.Source, c.session.fset.Position(spec.Pos()), msg)
	}
	switch {
	case spec.Name == nil:
		c.imports[p.Name()] = path
	case spec.Name.Name == ".":
		c.dots = append(c.dots, path)
	case spec.Name.Name != "_":
		c.imports[spec.Name.Name] = path
	}
	return nil
}

// importError is the error of an import: one of running the package's own code as
// it is, others at the place of the import.
func (c *cell) importError(spec *ast.ImportSpec, err error) error {
	var own *Error
	if errors.As(err, &own) && own.kind != CompileError {
		return own
	}
	return rejectAt(c.Source, c.session.fset.Position(spec.Path.Pos()), err.Error())
}

// addFunc adds a function or method. main runs where it stands, and so does an
// init, which no other code can name; in a cell with a package clause they run
// after the variables have their values.
func (c *cell) addFunc(d *ast.FuncDecl, at split.Chunk) {
	c.decls = append(c.decls, d)
	if d.Recv != nil {
		owner, generic := syntax.Receiver(d)
		if d.Name.Name == "_" {
			return
		}
		e := c.declare(owner, d.Name.Name, methodEntity)
		e.body = &body{src: c.Source, chunk: at}
		c.generic[naming.Key(owner, d.Name.Name)] = generic
		return
	}
	name := d.Name.Name
	if name == "_" {
		return
	}
	if name == "init" {
		d.Name.Name = c.session.temporary("init")
	}
	e := c.declare("", d.Name.Name, funcEntity)
	e.body = &body{src: c.Source, chunk: at}
	c.generic[d.Name.Name] = d.Type.TypeParams != nil
	if name == "init" || name == "main" {
		stage := initStage
		if name == "main" {
			stage = mainStage
		}
		call := &ast.CallExpr{Fun: &ast.Ident{Name: d.Name.Name, NamePos: d.Name.Pos()}, Rparen: d.Name.End()}
		c.body = append(c.body, item{stmt: &ast.ExprStmt{X: call}, stage: stage})
	}
}

// findLast notes the expression that ends the cell.
func (c *cell) findLast() {
	if len(c.body) == 0 {
		return
	}
	st, ok := c.body[len(c.body)-1].stmt.(*ast.ExprStmt)
	if ok && st.X.Pos() > 0 {
		c.last = st.X
	}
}

// position returns the place of a node in the cell.
func (c *cell) position(p token.Pos) token.Position { return c.session.fset.Position(p) }
