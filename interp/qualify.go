package interp

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/split"

	"golang.org/x/tools/go/ast/astutil"
)

// A cell names what a package of the module declares as Go does, geo.Area; before
// it is checked, such a selector becomes the name that the declaration has in the
// session.

// qualify replaces the selectors of packages of the module in the cell. bound is
// the identifiers that stand for something local.
func (c *cell) qualify() error {
	if len(c.session.flat) == 0 {
		return nil
	}
	q := qualifying{c: c}
	for _, n := range c.trees() {
		q.replace(n)
	}
	if n := len(c.body); n > 0 && c.last != nil {
		if st, ok := c.body[n-1].stmt.(*ast.ExprStmt); ok {
			c.last = st.X
		}
	}
	return q.err
}

type qualifying struct {
	c   *cell
	err error
}

func (q *qualifying) replace(n ast.Node) {
	astutil.Apply(n, func(cur *astutil.Cursor) bool {
		sel, ok := cur.Node().(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok || q.c.bound[x] {
			return true
		}
		p := q.c.session.flat[q.c.packageNamed(x.Name)]
		if p == nil {
			return true
		}
		if msg := p.Lacks(sel.Sel.Name); msg != "" && q.err == nil {
			q.err = q.c.problemAt(sel.Sel.Pos(), msg, x.Name)
		}
		cur.Replace(&ast.Ident{Name: p.FlatName(sel.Sel.Name), NamePos: x.NamePos})
		return false
	}, nil)
}

// packageNamed returns the path of the package that a name stands for in the
// cell, "" if it stands for something else.
func (c *cell) packageNamed(name string) string {
	switch {
	case c.declared[name] != nil:
		return ""
	case c.imports[name] != "":
		return c.imports[name]
	case c.session.current[name] != nil:
		return ""
	}
	return c.session.imports[name]
}

// nameEmbedded names the fields that embed a type of a package of the module, of
// which a checked cell has only the type's own name. It says whether there were
// any; then the cell has to be checked again.
func (c *cell) nameEmbedded() bool {
	if len(c.session.flat) == 0 {
		return false
	}
	found := false
	for _, n := range c.trees() {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if t := c.info.TypeOf(n.X); t != nil && c.info.Selections[n] == nil {
					found = c.nameField(n.Sel, t) || found
				}
			case *ast.CompositeLit:
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok {
						id, isName := kv.Key.(*ast.Ident)
						if t := c.info.TypeOf(n); isName && t != nil && c.info.Uses[id] == nil {
							found = c.nameField(id, t) || found
						}
					}
				}
			}
			return true
		})
	}
	return found
}

// nameField looks for an embedded field of the short name of an identifier.
func (c *cell) nameField(id *ast.Ident, t types.Type) bool {
	for _, path := range slices.Sorted(maps.Keys(c.session.flat)) {
		name := c.session.flat[path].FlatName(id.Name)
		o, _, _ := types.LookupFieldOrMethod(t, true, c.pkg, name)
		if f, ok := o.(*types.Var); ok && f.Embedded() {
			id.Name = name
			return true
		}
	}
	return false
}

// foreign returns the error of an expression that reaches into a package: for a
// field or method that only the package itself can name.
func (c *cell) foreign(x ast.Expr) error {
	if len(c.session.flat) == 0 {
		return nil
	}
	hides := func(o types.Object, at ast.Node) bool {
		return !o.Exported() && o.Pkg() == c.pkg && c.home(o.Pos()) != c.home(at.Pos())
	}
	switch x := x.(type) {
	case *ast.SelectorExpr:
		sel := c.info.Selections[x]
		if sel == nil || !hides(sel.Obj(), x.Sel) {
			return nil
		}
		kind := "method"
		if sel.Kind() == types.FieldVal {
			kind = "field"
		}
		return c.problemAt(x.Sel.Pos(), "%s.%s undefined (cannot refer to unexported %s %[2]s)", types.ExprString(x.X), naming.Short(x.Sel.Name), kind)
	case *ast.CompositeLit:
		return c.foreignLiteral(x, hides)
	}
	return nil
}

func (c *cell) foreignLiteral(x *ast.CompositeLit, hides func(types.Object, ast.Node) bool) error {
	t := c.info.TypeOf(x)
	if t == nil || len(x.Elts) == 0 {
		return nil
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	_, keyed := x.Elts[0].(*ast.KeyValueExpr)
	for i, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && c.info.Uses[id] != nil && hides(c.info.Uses[id], id) {
				return c.problemAt(id.Pos(), "cannot refer to unexported field %s in struct literal of type %s", naming.Short(id.Name), t)
			}
		} else if !keyed && i < st.NumFields() && hides(st.Field(i), e) {
			return c.problemAt(e.Pos(), "implicit assignment to unexported field %s in struct literal of type %s", naming.Short(st.Field(i).Name()), t)
		}
	}
	return nil
}

// importFlat makes a package of the module, and what it needs, declarations of
// the session, where they are not or have changed. What a package does when it is
// initialised is done then.
func (s *Session) importFlat(path string) error {
	p, err := s.importer.Module(path)
	if err != nil {
		return err
	}
	for _, n := range p.Closure() {
		if s.flat[n.Path] == n {
			continue
		}
		if err := s.declareFlat(n); err != nil {
			return fmt.Errorf("package %s: %w", n.Path, err)
		}
	}
	return nil
}

// declareFlat declares and initialises one package.
func (s *Session) declareFlat(p *packages.Package) error {
	sources, aliases, err := s.flatten(p)
	if err != nil {
		return err
	}
	c, program, err := s.compileWith(func() (*cell, error) { return readPackage(s, p, sources, aliases) })
	if err != nil {
		return reject(sources[0], err)
	}
	s.commit(c)
	if old := s.flat[p.Path]; old != nil {
		for _, name := range old.Types.Scope().Names() {
			if p.Types.Scope().Lookup(name) == nil {
				delete(s.current, old.FlatName(name))
			}
		}
	}
	s.flat[p.Path] = p
	if program == nil {
		return nil
	}
	_, err = s.execute(s.context0(), c.Source, program)
	return err
}

// flatten returns the files of a package with the names of the session.
func (s *Session) flatten(p *packages.Package) ([]split.Source, map[string]bool, error) {
	f := p.Flatten(s.fset)
	var out []split.Source
	for _, file := range f.Files {
		s.files[file.Name] = flatFile{firstFile + len(s.files), p.Path}
		out = append(out, split.Source{Count: s.files[file.Name].number, Text: file.Text, File: file.Name})
	}
	for name := range f.Builtin {
		if s.current[name] != nil || s.imports[name] != "" {
			return nil, nil, fmt.Errorf("it uses the predeclared %s, which a cell has declared anew: give that another name and restart", name)
		}
	}
	return out, f.Aliases, nil
}

// flatFile is what the session knows of a file of a package.
type flatFile struct {
	number int // as cells have one
	path   string
}

// firstFile is the number of the first file of a package; cells have smaller ones.
const firstFile = 1 << 30

// readPackage splits and parses the files of a package.
func readPackage(s *Session, p *packages.Package, sources []split.Source, aliases map[string]bool) (*cell, error) {
	c := newCell(s, sources[0])
	for _, src := range sources {
		c.Source = src
		if err := c.read(); err != nil {
			return nil, err
		}
	}
	c.Source = sources[0]
	c.flat, c.aliases = true, maps.Clone(aliases)
	c.orderStages()
	return c, nil
}

// importAny returns the types of a package, after making one of the module part of
// the session.
func (s *Session) importAny(path string) (*types.Package, error) {
	if s.importer.IsModule(path) {
		if err := s.importFlat(path); err != nil {
			return nil, err
		}
	}
	return s.importer.Import(path)
}

// home is the package in whose files a place is; "" for cells.
func (c *cell) home(pos token.Pos) string {
	if !pos.IsValid() {
		return ""
	}
	return c.session.files[c.position(pos).Filename].path
}

// context0 is the context of the running cell.
func (s *Session) context0() context.Context {
	if s.ctx == nil {
		return context.Background()
	}
	return s.ctx
}
