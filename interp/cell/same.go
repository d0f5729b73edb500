package cell

import (
	"go/ast"
	"go/token"
	"slices"

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
	return false
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
