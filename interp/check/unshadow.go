package check

import (
	"go/ast"
	"go/types"
)

// Unshadow renames the local variables of the cell that hide something predeclared, as
// in max := 0, and checks it again: a nil, true or len that lowering writes must mean
// what it means everywhere.
func (c *Checked) Unshadow() error {
	hides := func(id *ast.Ident, o types.Object) bool {
		v, isVar := o.(*types.Var) // nil: of a type switch, which has a variable for each case
		local := isVar && !v.IsField() && v.Pkg() == c.Pkg && v.Parent() != c.Pkg.Scope()
		return (o == nil || local) && types.Universe.Lookup(id.Name) != nil
	}
	var hiding []*ast.Ident
	for id, o := range c.Info.Defs {
		if hides(id, o) {
			hiding = append(hiding, id)
		}
	}
	if len(hiding) == 0 {
		return nil
	}
	taken := map[string]bool{}
	for id, o := range c.Info.Uses {
		if taken[id.Name] = true; hides(id, o) {
			hiding = append(hiding, id)
		}
	}
	for id := range c.Info.Defs {
		taken[id.Name] = true
	}
	for _, id := range hiding {
		for id.Name += "_"; taken[id.Name]; {
			id.Name += "_"
		}
	}
	return c.Check()
}
