package cell

import (
	"go/ast"
	"go/token"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// KeepSameTypes takes out of a cell the declarations of types that the session
// has word for word, as when a cell is run again: then the type stays the same
// one, values of earlier cells stay of it, and methods that the cell declares
// replace the ones it had.
func (c *Cell) KeepSameTypes() {
	same := map[string]*world.Entity{}
	for _, e := range c.Order {
		old := c.World.Current[e.Name]
		if e.Kind == world.Type && old != nil && old.Kind == world.Type && old.Source == e.Source {
			same[e.Name] = old
		}
	}
	for changed := true; changed; {
		changed = false
		for name, old := range same {
			if c.redeclaresPartOf(old, same) {
				delete(same, name)
				changed = true
			}
		}
	}
	c.drop(same)
}

// redeclaresPartOf tells whether the cell declares anew, in other words, what the
// declaration of a type mentions.
func (c *Cell) redeclaresPartOf(old *world.Entity, same map[string]*world.Entity) bool {
	for _, r := range old.Kept.Refs {
		if r.To == old || same[r.To.Name] == r.To {
			continue
		}
		if c.Declared[r.To.Name] != nil || c.World.Current[r.To.Name] != r.To {
			return true
		}
	}
	for _, id := range old.Kept.Predeclared {
		if c.Takes(naming.Predeclared(id.Name, func(string) bool { return false })) {
			return true
		}
	}
	return c.importsAnew(old)
}

// importsAnew tells whether the declaration of a type that the cell has word for word
// mentions another package under a name.
func (c *Cell) importsAnew(old *world.Entity) bool {
	found := false
	for _, d := range c.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE || g.Specs[0].(*ast.TypeSpec).Name.Name != old.Name {
			continue
		}
		ast.Inspect(g, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				x, _ := syntax.IdentName(sel.X)
				path := c.packageNamed(x)
				found = found || path != "" && !old.Kept.Imports[path]
			}
			return true
		})
	}
	return found
}

// Takes tells whether a name stands in the cell for what a cell declared or imported.
func (c *Cell) Takes(name string) bool {
	return c.World.Current[name] != nil || c.Declared[name] != nil || c.World.Imports[name] != "" || c.Imports[name] != ""
}

func (c *Cell) drop(same map[string]*world.Entity) {
	c.Order = slices.DeleteFunc(c.Order, func(e *world.Entity) bool { return e.Kind == world.Type && same[e.Name] != nil })
	for name := range same {
		delete(c.Declared, name)
	}
	c.Decls = slices.DeleteFunc(c.Decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Tok == token.TYPE && same[g.Specs[0].(*ast.TypeSpec).Name.Name] != nil
	})
}
