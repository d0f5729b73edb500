package cell

import (
	"go/ast"
	"go/token"
	"maps"

	"crossbook/interp/split"
	"crossbook/interp/world"

	"golang.org/x/tools/go/ast/astutil"
)

// A cell names what a package of the module declares as Go does, geo.Area; before
// it is checked, such a selector becomes the name that the declaration has in the
// session.

// qualify replaces the selectors of packages of the module in the cell. bound is
// the identifiers that stand for something local.
func (c *Cell) qualify() error {
	if len(c.World.Flat) == 0 {
		return nil
	}
	q := qualifying{c: c}
	for _, n := range c.Trees() {
		q.replace(n)
	}
	if n := len(c.Body); n > 0 && c.Last != nil {
		if st, ok := c.Body[n-1].Stmt.(*ast.ExprStmt); ok {
			c.Last = st.X
		}
	}
	return q.err
}

// QualifyAgain replaces them in one tree, which had no error when it was new.
func (c *Cell) QualifyAgain(n ast.Node) { (&qualifying{c: c}).replace(n) }

type qualifying struct {
	c   *Cell
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
		p := q.c.World.Flat[q.c.packageNamed(x.Name)]
		if p == nil {
			return true
		}
		if msg := p.Lacks(sel.Sel.Name); msg != "" && q.err == nil {
			q.err = q.c.Problem(sel.Sel.Pos(), msg, x.Name)
		}
		cur.Replace(&ast.Ident{Name: p.FlatName(sel.Sel.Name), NamePos: x.NamePos})
		return false
	}, nil)
}

// packageNamed returns the path of the package that a name stands for in the
// cell, "" if it stands for something else.
func (c *Cell) packageNamed(name string) string {
	switch {
	case c.Declared[name] != nil:
		return ""
	case c.Imports[name] != "":
		return c.Imports[name]
	case c.World.Current[name] != nil:
		return ""
	}
	return c.World.Imports[name]
}

// ReadPackage splits and parses the files of a package.
func ReadPackage(w *world.World, sources []split.Source, aliases map[string]bool, find Finder) (*Cell, error) {
	c := newCell(w, sources[0], find)
	for _, src := range sources {
		c.Source = src
		if err := c.read(); err != nil {
			return nil, err
		}
	}
	c.Source = sources[0]
	c.Flat, c.Aliases = true, maps.Clone(aliases)
	c.orderStages()
	return c, c.nameReceivers()
}

// Home is the package in whose files a place is; "" for cells.
func (c *Cell) Home(pos token.Pos) string {
	if !pos.IsValid() {
		return ""
	}
	return c.World.PackageOf(c.Position(pos).Filename)
}
