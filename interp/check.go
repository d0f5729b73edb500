package interp

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

	"crossbook/interp/naming"
)

// check type checks the cell in the world of the session: the declarations that
// the session keeps, then those of the cell, then its statements as a function.
// It fills c.pkg and c.info.
func (c *cell) check() error {
	err := c.checkOnce()
	for err != nil && c.nameEmbedded() {
		err = c.checkOnce()
	}
	return err
}

func (c *cell) checkOnce() error {
	names := c.session.nameWorld(c)
	file := &ast.File{Name: ast.NewIdent(naming.Main)}
	c.addImports(file)
	for _, e := range c.session.entities {
		if e.kept != nil && !c.replaces(e) {
			file.Decls = append(file.Decls, e.kept.tree)
		}
	}
	file.Decls = append(file.Decls, c.decls...)
	file.Decls = append(file.Decls, c.function())
	if err := c.session.instantiationCycle(c.session.fset, file); err != nil {
		return c.explain(err)
	}
	c.info = &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
	}
	var first error
	config := types.Config{Importer: c.session.importer, Sizes: types.SizesFor("gc", runtime.GOARCH), Error: func(err error) {
		if first == nil && !c.tolerates(err) {
			first = err
		}
	}}
	c.pkg = types.NewPackage(naming.Main, naming.Main)
	_ = types.NewChecker(&config, c.session.fset, c.pkg, c.info).Files([]*ast.File{file})
	c.names = names
	return c.explain(first)
}

// tolerates tells whether an error of the type checker is none in a notebook:
// something unused, or a value at the end of the cell, which is shown.
func (c *cell) tolerates(err error) bool {
	e, ok := err.(types.Error)
	if !ok {
		return false
	}
	if len(c.copies) > 0 && toleratedInCopies.MatchString(e.Msg) {
		return true // in a copy, whose type arguments make cases equal or impossible
	}
	if e.Soft && strings.Contains(e.Msg, "and not used") {
		return true
	}
	unused := strings.HasSuffix(e.Msg, "is not used") || strings.HasSuffix(e.Msg, "(type) is not an expression")
	return c.last != nil && unused && e.Pos >= c.last.Pos() && e.Pos < c.last.End()
}

// toleratedInCopies matches errors that Go does not report in generic code.
var toleratedInCopies = regexp.MustCompile(`^(duplicate case|duplicate key|\tprevious case|impossible type (assertion|switch case))`)

// explain adds to "undefined: strconv" what would define it.
func (c *cell) explain(err error) error {
	e, ok := err.(types.Error)
	if !ok {
		return err
	}
	if name, found := strings.CutPrefix(e.Msg, "undefined: "); found {
		if like := c.session.importer.Named(name); len(like) > 0 {
			e.Msg += " (import " + strconv.Quote(like[0]) + " first)"
		}
	}
	return e
}

// function is the cell's statements as one function, for checking.
func (c *cell) function() *ast.FuncDecl {
	body := &ast.BlockStmt{}
	for _, it := range c.body {
		if it.stmt != nil {
			body.List = append(body.List, it.stmt)
		}
	}
	return &ast.FuncDecl{Name: ast.NewIdent(naming.CellFunc), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: body}
}

// replaces tells whether the cell declares anew what e declares in the world
// under an unchangeable name: a method.
func (c *cell) replaces(e *entity) bool {
	return e.kind == methodEntity && c.declared[naming.Key(e.owner.name, e.name)] != nil && c.declared[e.owner.name] == nil && e.owner.check == e.owner.name
}

// addImports writes the imports that the world needs: under their aliases those
// that kept declarations mention, under their own names those of the cell.
func (c *cell) addImports(file *ast.File) {
	add := func(name, path string) {
		spec := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
		file.Imports = append(file.Imports, spec)
		file.Decls = append(file.Decls, &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	kept := maps.Clone(c.aliases)
	for _, e := range c.session.entities {
		if e.kept != nil {
			maps.Copy(kept, e.kept.imports)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(kept)) {
		add(naming.Alias(path), path)
	}
	for name, path := range c.visibleImports() {
		add(name, path)
	}
	for _, path := range append(slices.Clone(c.session.dots), c.dots...) {
		add(".", path)
	}
}

// visibleImports returns the packages that the cell mentions by name, unless a
// variable or another entity has the name: the prelude's, those that earlier
// cells imported, those that it imports itself.
func (c *cell) visibleImports() map[string]string {
	visible := map[string]string{}
	for _, name := range c.mentioned() {
		if c.declared[name] != nil {
			continue
		}
		if path := c.imports[name]; path != "" {
			visible[name] = path
		} else if c.session.current[name] != nil {
			continue
		} else if path := c.session.imports[name]; path != "" {
			visible[name] = path
		} else if path := c.session.prelude[name]; path != "" {
			visible[name] = path
		}
	}
	return visible
}

// mentioned lists every identifier of the cell.
func (c *cell) mentioned() []string {
	seen := map[string]bool{}
	collect := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			seen[id.Name] = true
		}
		return true
	}
	for _, d := range c.decls {
		ast.Inspect(d, collect)
	}
	for _, it := range c.body {
		if it.stmt != nil {
			ast.Inspect(it.stmt, collect)
		}
	}
	return slices.Collect(maps.Keys(seen))
}

// entity returns the entity that an object of the checked world is; nil for
// what no cell declared at its top level.
func (c *cell) entity(o types.Object) *entity {
	if o == nil || o.Pkg() != c.pkg {
		return nil
	}
	if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
		return c.methodEntity(f)
	}
	if o.Parent() != c.pkg.Scope() {
		return nil
	}
	return c.names[o.Name()]
}

// methodEntity finds the entity of a method through that of its type.
func (c *cell) methodEntity(f *types.Func) *entity {
	n := namedOf(f.Signature().Recv().Type())
	if n == nil {
		return nil
	}
	owner := c.entity(n.Obj())
	if owner == nil {
		return nil
	}
	if owner == c.names[owner.name] {
		if e := c.declared[naming.Key(owner.name, f.Name())]; e != nil {
			return e
		}
	}
	return owner.methods[f.Name()]
}

// namedOf returns the named type of a receiver or value, through one pointer.
func namedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}
