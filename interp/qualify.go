package interp

import (
	"go/ast"
	"go/token"
	"maps"

	"crossbook/interp/split"

	"golang.org/x/tools/go/ast/astutil"
)

// A cell names what a package of the module declares as Go does, geo.Area; before
// it is checked, such a selector becomes the name that the declaration has in the
// session.

// qualify replaces the selectors of packages of the module in the cell. bound is
// the identifiers that stand for something local.
func (c *cell) qualify() error {
	if len(c.world.flat) == 0 {
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

// qualifyAgain replaces them in one tree, which had no error when it was new.
func (c *cell) qualifyAgain(n ast.Node) { (&qualifying{c: c}).replace(n) }

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
		p := q.c.world.flat[q.c.packageNamed(x.Name)]
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
	case c.world.current[name] != nil:
		return ""
	}
	return c.world.imports[name]
}

// readPackage splits and parses the files of a package.
func readPackage(w *world, sources []split.Source, aliases map[string]bool, find finder) (*cell, error) {
	c := newCell(w, sources[0], find)
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

// home is the package in whose files a place is; "" for cells.
func (c *cell) home(pos token.Pos) string {
	if !pos.IsValid() {
		return ""
	}
	return c.world.packageOf(c.position(pos).Filename)
}
