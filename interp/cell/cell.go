package cell

import (
	"errors"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"crossbook/interp/naming"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// Cell is a cell on its way to the interpreter.
type Cell struct {
	split.Source
	World   *world.World
	find    Finder
	Silent  bool // ends with a semicolon: shows no value
	Program bool // has a package clause, as a file of Go: main runs last
	Flat    bool // a package of the module

	Imports  map[string]string // packages that it imports, path by name
	Dots     []string          // and those that it imports with a dot
	Wanted   []Import          // all that its code must use, if it is a file of Go
	Decls    []ast.Decl        // to be checked at package level
	Body     []Item            // to be run, in order
	Declared map[string]*world.Entity
	Order    []*world.Entity          // the declared, in order
	Generic  map[string]bool          // keys of declared generic functions and types
	Copies   map[string]*world.Entity // of generic declarations, by instance
	Aliases  map[string]bool          // packages that copies mention
	Stale    map[*world.Entity]bool   // copies of earlier cells that use what this one replaces
	bound    map[*ast.Ident]bool      // local names, where packages of the module are imported

	Last ast.Expr // last expression, whose value is shown; nil if there is none
}

// Finder finds the types of a package that a cell imports, after making one of the
// module part of the session.
type Finder func(path string) (*types.Package, error)

// Ran is the error of a Finder that has run code of the package, which failed.
type Ran struct{ Err error }

// Error is that of the code.
func (r Ran) Error() string { return r.Err.Error() }

// Item is a step of a cell's body: a statement, or the place where variables
// that were hoisted to package level get their values.
type Item struct {
	Stmt  ast.Stmt
	Vars  *ast.ValueSpec
	Group bool // declared by var: consecutive ones are ordered as Go orders packages
	stage int  // of a whole program: variables, then functions named init, then main
}

// Import is a package that a cell imports, under a name or a dot.
type Import struct {
	Pos        token.Pos
	Name, Path string
}

// Stages of a program.
const (
	initStage = 1 + iota
	mainStage
)

// Read splits and parses a cell and sorts its parts.
func Read(w *world.World, src split.Source, find Finder) (*Cell, error) {
	c := newCell(w, src, find)
	if err := c.read(); err != nil {
		return nil, err
	}
	if err := c.nameReceivers(); err != nil {
		return nil, err
	}
	c.orderStages()
	c.findLast()
	return c, c.qualify()
}

func newCell(w *world.World, src split.Source, find Finder) *Cell {
	return &Cell{
		Source: src, World: w, find: find,
		Imports: map[string]string{}, Declared: map[string]*world.Entity{}, Generic: map[string]bool{}, Copies: map[string]*world.Entity{}, Aliases: map[string]bool{}, Stale: map[*world.Entity]bool{},
		bound: map[*ast.Ident]bool{},
	}
}

// read splits and parses c.Source and sorts its parts.
func (c *Cell) read() error {
	if c.Unknown != "" {
		return scanner.ErrorList{{Pos: token.Position{Line: 1, Column: 1}, Msg: "unknown directive " + c.Unknown + ": the one there is is " + split.CompileDirective + ", alone on the first line"}}
	}
	cut := split.Cut(c.Text)
	if len(cut.Errs) > 0 {
		return cut.Errs
	}
	c.Silent = cut.Silent
	for _, chunk := range cut.Chunks {
		if chunk.Kind == split.PackageName {
			c.Program = true
			continue
		}
		p, err := c.Parse(c.Source, chunk)
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
func (c *Cell) orderStages() {
	if c.Program {
		slices.SortStableFunc(c.Body, func(a, b Item) int { return a.stage - b.stage })
	}
}

// Parse parses a chunk and notes which of its names are local, where that matters.
func (c *Cell) Parse(src split.Source, at split.Chunk) (split.Parsed, error) {
	if src.File == "" { // of a cell
		base := c.World.Fset.Base()
		defer func() { c.World.Parsed(base, at.Kind != split.Statements) }()
	}
	if len(c.World.Flat) == 0 {
		return split.Parse(c.World.Fset, src, at)
	}
	p, err := split.ParseResolved(c.World.Fset, src, at)
	for _, id := range p.Bound {
		c.bound[id] = true
	}
	return p, err
}

// Declare records that the cell declares a name.
func (c *Cell) Declare(owner, name string, kind world.Kind) *world.Entity {
	k := naming.Key(owner, name)
	e := &world.Entity{Name: name, Kind: kind, Check: name, Version: c.World.NextVersion(k)}
	e.Emit = naming.Emitted(name, e.Version)
	c.Declared[k] = e
	c.Order = append(c.Order, e)
	return e
}

func (c *Cell) addDecl(d ast.Decl, at split.Chunk) error {
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
			c.Decls = append(c.Decls, d)
		}
	}
	return nil
}

func (c *Cell) addSpec(d *ast.GenDecl, spec ast.Spec) error {
	switch spec := spec.(type) {
	case *ast.ImportSpec:
		return c.addImport(spec)
	case *ast.TypeSpec:
		if spec.Name.Name != "_" {
			e := c.Declare("", spec.Name.Name, world.Type)
			e.Methods, e.Slots = map[string]*world.Entity{}, map[string]string{}
			e.Source = syntax.Text(spec)
			c.Generic[spec.Name.Name] = spec.TypeParams != nil
		}
		c.Decls = append(c.Decls, &ast.GenDecl{Tok: token.TYPE, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
	case *ast.ValueSpec:
		if d.Tok == token.VAR {
			c.hoist(spec, true)
			return nil
		}
		for _, n := range spec.Names {
			if n.Name != "_" {
				c.Declare("", n.Name, world.Const)
			}
		}
	}
	return nil
}

// hoist makes variables of a cell package-level ones, so that functions of this
// and later cells see them; the values are assigned where they stood.
func (c *Cell) hoist(spec *ast.ValueSpec, group bool) {
	for _, n := range spec.Names {
		if n.Name != "_" {
			c.Declare("", n.Name, world.Var)
		}
	}
	c.Decls = append(c.Decls, &ast.GenDecl{Tok: token.VAR, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
	c.Body = append(c.Body, Item{Vars: spec, Group: group})
}

func (c *Cell) addImport(spec *ast.ImportSpec) error {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return err
	}
	p, err := c.find(path)
	if err == nil && c.World.Flat[path] != nil && spec.Name != nil && spec.Name.Name == "." {
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
		return c.Problem(spec.Pos(), "%s", msg)
	}
	switch name {
	case ".":
		c.Dots = append(c.Dots, path)
	case "_":
		return nil
	default:
		c.Imports[name] = path
	}
	if c.World.Flat[path] == nil {
		c.Wanted = append(c.Wanted, Import{spec.Path.Pos(), name, path})
	}
	return nil
}

// importError is the error of an import: one of running the package's own code as
// it is, others at the place of the import.
func (c *Cell) importError(spec *ast.ImportSpec, err error) error {
	var ran Ran
	if errors.As(err, &ran) {
		return ran.Err
	}
	return c.Problem(spec.Path.Pos(), "%s", err.Error())
}

// addFunc adds a function or method. main runs where it stands, and so does an
// init, which no other code can name; in a cell with a package clause they run
// after the variables have their values.
func (c *Cell) addFunc(d *ast.FuncDecl, at split.Chunk) {
	c.Decls = append(c.Decls, d)
	if d.Recv != nil {
		owner, generic := syntax.Receiver(d)
		if d.Name.Name == "_" {
			return
		}
		e := c.Declare(owner, d.Name.Name, world.Method)
		e.Body = &world.Body{Src: c.Source, Chunk: at}
		c.Generic[naming.Key(owner, d.Name.Name)] = generic
		return
	}
	name := d.Name.Name
	if name == "_" {
		return
	}
	if name == "init" {
		d.Name.Name = c.World.Temporary("init")
	}
	e := c.Declare("", d.Name.Name, world.Func)
	e.Body = &world.Body{Src: c.Source, Chunk: at}
	c.Generic[d.Name.Name] = d.Type.TypeParams != nil
	if name == "init" || name == "main" {
		stage := initStage
		if name == "main" {
			stage = mainStage
		}
		call := &ast.CallExpr{Fun: &ast.Ident{Name: d.Name.Name, NamePos: d.Name.Pos()}, Rparen: d.Name.End()}
		c.Body = append(c.Body, Item{Stmt: &ast.ExprStmt{X: call}, stage: stage})
	}
}

// findLast notes the expression that ends the cell.
func (c *Cell) findLast() {
	if len(c.Body) == 0 {
		return
	}
	st, ok := c.Body[len(c.Body)-1].Stmt.(*ast.ExprStmt)
	if ok && st.X.Pos() > 0 {
		c.Last = st.X
	}
}

// Position returns the place of a node in the cell.
func (c *Cell) Position(p token.Pos) token.Position { return c.World.Fset.Position(p) }

// Problem makes an error at a place of the cell.
func (c *Cell) Problem(pos token.Pos, form string, args ...any) error {
	return types.Error{Fset: c.World.Fset, Pos: pos, Msg: fmt.Sprintf(form, args...)}
}

// IsGeneric tells whether a declaration of the cell has type parameters.
func (c *Cell) IsGeneric(d ast.Decl) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		owner := ""
		if d.Recv != nil {
			owner, _ = syntax.Receiver(d)
		}
		return c.Generic[naming.Key(owner, d.Name.Name)]
	case *ast.GenDecl:
		if t, ok := d.Specs[0].(*ast.TypeSpec); ok {
			return t.TypeParams != nil
		}
	}
	return false
}

// Trees lists the declarations and statements of the cell.
func (c *Cell) Trees() []ast.Node {
	var out []ast.Node
	for _, d := range c.Decls {
		out = append(out, d)
	}
	for _, it := range c.Body {
		if it.Stmt != nil {
			out = append(out, it.Stmt)
		}
	}
	return out
}

// importName returns why a package cannot be imported under a name; "" if it can.
func (c *Cell) importName(name, path string) string {
	switch other, taken := c.Imports[name]; {
	case name == "init" || name == "main":
		return fmt.Sprintf("cannot import package as %s", name)
	case taken && other != path:
		return fmt.Sprintf("%s redeclared in this cell: %q and %q", name, other, path)
	}
	return ""
}

// Function is the cell's statements as one function, for checking.
func (c *Cell) Function() *ast.FuncDecl {
	body := &ast.BlockStmt{}
	for _, it := range c.Body {
		if it.Stmt != nil {
			body.List = append(body.List, it.Stmt)
		}
	}
	return &ast.FuncDecl{Name: ast.NewIdent(naming.CellFunc), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: body}
}
