package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"crossbook/interp/cell"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// Checked is a cell with what the type checker knows of it.
type Checked struct {
	*cell.Cell
	Pkg   *types.Package
	Info  *types.Info
	Names map[string]*world.Entity // of the checked world

	Compiled Compiled // nil: nothing is

	Specialised bool // the cell's own instances are copies
	Aliased     bool // when it was checked last, copies of generic types stood for what they are instances of
}

// Compiled tells what the session has as compiled code.
type Compiled interface {
	// Outdate notes that a function uses what the cell declares anew, and tells
	// whether it is compiled and so not declared again by the cell.
	Outdate(e *world.Entity) bool

	// Inside tells why a name that compiled code has means nothing to cells; "" if
	// there is no such name.
	Inside(name string) string
}

// Check type checks the cell in the world of the session: the declarations that
// the session keeps, then those of the cell, then its statements as a function.
// It fills c.Pkg and c.Info.
func (c *Checked) Check() error {
	err := c.checkOnce()
	for err != nil && c.nameEmbedded() {
		err = c.checkOnce()
	}
	return err
}

// A cell has about so many letters for each expression, each use of a name and each
// name that it declares: what the type checker finds out about them needs room.
const (
	lettersOfExpr = 6
	lettersOfUse  = 10
	lettersOfDef  = 30
)

func (c *Checked) checkOnce() error {
	names := c.nameWorld()
	file := &ast.File{Name: ast.NewIdent(naming.Main)}
	c.addImports(file)
	c.Aliased = !c.Specialised && c.mentionsGenerics()
	for _, e := range c.World.Entities {
		if k := c.keptOf(e); k != nil {
			file.Decls = append(file.Decls, k.Tree)
		}
	}
	file.Decls = append(file.Decls, c.Decls...)
	file.Decls = append(file.Decls, c.Function())
	if len(c.Copies) == 0 { // those of the cell and of earlier ones were generic once, and looked at
		if err := InstantiationCycle(c.World.Importer, c.World.Fset, file); err != nil {
			return c.explain(err)
		}
	}
	c.Info = &types.Info{
		Types:      make(map[ast.Expr]types.TypeAndValue, len(c.Text)/lettersOfExpr),
		Defs:       make(map[*ast.Ident]types.Object, len(c.Text)/lettersOfDef),
		Uses:       make(map[*ast.Ident]types.Object, len(c.Text)/lettersOfUse),
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
	}
	var first error
	config := types.Config{Importer: c.World.Importer, Sizes: types.SizesFor("gc", runtime.GOARCH), Error: func(err error) {
		if first == nil && !c.tolerates(err) {
			first = err
		}
	}}
	c.Pkg = types.NewPackage(naming.Main, naming.Main)
	_ = types.NewChecker(&config, c.World.Fset, c.Pkg, c.Info).Files([]*ast.File{file})
	c.Names = names
	return c.explain(first)
}

// tolerates tells whether an error of the type checker is none in a notebook:
// something unused, or a value at the end of the cell, which is shown.
func (c *Checked) tolerates(err error) bool {
	e, ok := err.(types.Error)
	if !ok {
		return false
	}
	if len(c.Copies) > 0 && toleratedInCopies.MatchString(e.Msg) {
		return true // in a copy, whose type arguments make cases equal or impossible
	}
	if e.Soft && strings.Contains(e.Msg, "and not used") {
		return !c.wantsUse(e)
	}
	unused := strings.HasSuffix(e.Msg, "is not used") || strings.HasSuffix(e.Msg, "(type) is not an expression")
	return c.Last != nil && unused && e.Pos >= c.Last.Pos() && e.Pos < c.Last.End()
}

// toleratedInCopies matches errors that Go does not report in generic code.
var toleratedInCopies = regexp.MustCompile(`^(duplicate case|duplicate key|\tprevious case|impossible type (assertion|switch case))`)

// explain adds to "undefined: strconv" what would define it.
func (c *Checked) explain(err error) error {
	e, ok := err.(types.Error)
	if !ok {
		return err
	}
	if name, found := strings.CutPrefix(e.Msg, "undefined: "); found {
		if why := c.inside(name); why != "" {
			e.Msg += " (" + why + ")"
		} else if like := c.World.Importer.Named(name); len(like) > 0 {
			e.Msg += " (import " + strconv.Quote(like[0]) + " first)"
		}
	}
	return e
}

func (c *Checked) inside(name string) string {
	if c.Compiled == nil {
		return ""
	}
	return c.Compiled.Inside(name)
}

// replaces tells whether the cell declares anew what e declares in the world
// under an unchangeable name: a method.
func (c *Checked) replaces(e *world.Entity) bool {
	return e.Kind == world.Method && c.Declared[naming.Key(e.Owner.Name, e.Name)] != nil && c.Declared[e.Owner.Name] == nil && e.Owner.Check == e.Owner.Name
}

// addImports writes the imports that the world needs: under their aliases those
// that kept declarations mention, under their own names those of the cell.
func (c *Checked) addImports(file *ast.File) {
	add := func(name, path string) {
		spec := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
		file.Imports = append(file.Imports, spec)
		file.Decls = append(file.Decls, &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	kept := maps.Clone(c.Aliases)
	for _, e := range c.World.Entities {
		for _, k := range e.Declarations() {
			maps.Copy(kept, k.Imports)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(kept)) {
		add(naming.Alias(path), path)
	}
	for name, path := range c.visibleImports() {
		add(name, path)
	}
	for _, path := range append(slices.Clone(c.World.Dots), c.Dots...) {
		add(".", path)
	}
}

// visibleImports returns the packages that the cell mentions by name, unless a
// variable or another entity has the name: the prelude's, those that earlier
// cells imported, those that it imports itself.
func (c *Checked) visibleImports() map[string]string {
	importable := map[string]string{}
	for _, more := range []map[string]string{c.World.Prelude, c.World.Imports, c.Imports} {
		maps.Copy(importable, more)
	}
	visible := map[string]string{}
	find := func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		path := importable[id.Name]
		if path != "" && c.Declared[id.Name] == nil && (c.Imports[id.Name] != "" || c.World.Current[id.Name] == nil) {
			visible[id.Name] = path
		}
		return true
	}
	for _, n := range c.Trees() {
		ast.Inspect(n, find)
	}
	return visible
}

// Entity returns the entity that an object of the checked world is; nil for
// what no cell declared at its top level.
func (c *Checked) Entity(o types.Object) *world.Entity {
	if o == nil || o.Pkg() != c.Pkg {
		return nil
	}
	if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
		return c.MethodEntity(f)
	}
	if o.Parent() != c.Pkg.Scope() {
		return nil
	}
	return c.Names[o.Name()]
}

// MethodEntity finds the entity of a method through that of its type.
func (c *Checked) MethodEntity(f *types.Func) *world.Entity {
	n := NamedOf(f.Signature().Recv().Type())
	if n == nil {
		return nil
	}
	owner := c.Entity(n.Obj())
	if owner == nil {
		return nil
	}
	if owner == c.Names[owner.Name] {
		if e := c.Declared[naming.Key(owner.Name, f.Name())]; e != nil {
			return e
		}
	}
	return owner.Methods[f.Name()]
}

// NamedOf returns the named type of a receiver or value, through one pointer.
func NamedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

// nameWorld gives every entity its name in the checked world for a cell: the
// newest of a name has it, and the cell's are the newest. It returns the
// entities by these names.
func (c *Checked) nameWorld() map[string]*world.Entity {
	names := map[string]*world.Entity{}
	for _, e := range c.World.Entities {
		if e.Kind == world.Method {
			continue
		}
		e.Check = e.ShadowName()
		current := c.World.Current[e.Name] == e && c.Declared[e.Name] == nil && c.Imports[e.Name] == ""
		if current || e.Instance != nil { // a copy shares its name with none
			e.Check = e.Name
		}
		names[e.Check] = e
	}
	for _, e := range c.Order {
		if e.Kind != world.Method {
			names[e.Name] = e
		}
	}
	taken := c.takesPredeclared()
	for _, e := range c.World.Entities {
		for _, k := range e.Declarations() {
			for _, r := range k.Refs {
				r.Ident.Name = r.To.Check
			}
			if !taken && !c.World.Taken {
				continue
			}
			for _, id := range k.Predeclared {
				id.Name = naming.Predeclared(id.Name, c.Takes)
			}
		}
	}
	c.World.Taken = taken
	return names
}

// takesPredeclared tells whether a name of something predeclared does.
func (c *Checked) takesPredeclared() bool {
	return slices.ContainsFunc(naming.PredeclaredNames, c.Takes)
}

// MethodOwner returns the entity of a method's type.
func (c *Checked) MethodOwner(o *types.Func) *world.Entity {
	if n := NamedOf(o.Signature().Recv().Type()); n != nil {
		return c.Entity(n.Obj())
	}
	return nil
}

// IsGenericMethod tells whether a method is one of a generic type.
func (c *Checked) IsGenericMethod(owner, e *world.Entity) bool {
	if c.Declared[naming.Key(owner.Name, e.Name)] == e {
		return c.Generic[naming.Key(owner.Name, e.Name)]
	}
	return e.Emit == e.Name // kept its name: see methodDecl
}

// NameOf is the name of an entity in the checked world.
func (c *Checked) NameOf(e *world.Entity) string {
	if c.Declared[e.Name] == e {
		return e.Name
	}
	return e.Check
}

// EmittedSpeller writes types as the interpreter knows them.
func (c *Checked) EmittedSpeller(uses func(path string)) *syntax.Speller {
	return &syntax.Speller{
		Hide: true,
		Uses: uses,
		Named: func(t *types.TypeName) (ast.Expr, error) {
			if e := c.Entity(t); e != nil {
				return ast.NewIdent(e.Emit), nil
			}
			return ast.NewIdent(t.Name()), nil
		},
	}
}
