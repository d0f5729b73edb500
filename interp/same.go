package interp

import (
	"go/ast"
	"go/token"
	"slices"
)

// keepSameTypes takes out of a cell the declarations of types that the session
// has word for word, as when a cell is run again: then the type stays the same
// one, values of earlier cells stay of it, and methods that the cell declares
// replace the ones it had.
func (c *cell) keepSameTypes() {
	same := map[string]*entity{}
	for _, e := range c.order {
		old := c.world.current[e.name]
		if e.kind == typeEntity && old != nil && old.kind == typeEntity && old.source == e.source && !c.generic[e.name] {
			same[e.name] = old
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
func (c *cell) redeclaresPartOf(old *entity, same map[string]*entity) bool {
	for _, r := range old.kept.refs {
		if r.to == old || same[r.to.name] == r.to {
			continue
		}
		if c.declared[r.to.name] != nil || c.world.current[r.to.name] != r.to {
			return true
		}
	}
	return false
}

func (c *cell) drop(same map[string]*entity) {
	c.order = slices.DeleteFunc(c.order, func(e *entity) bool { return e.kind == typeEntity && same[e.name] != nil })
	for name := range same {
		delete(c.declared, name)
	}
	c.decls = slices.DeleteFunc(c.decls, func(d ast.Decl) bool {
		g, ok := d.(*ast.GenDecl)
		return ok && g.Tok == token.TYPE && same[g.Specs[0].(*ast.TypeSpec).Name.Name] != nil
	})
}
