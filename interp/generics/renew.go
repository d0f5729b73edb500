package generics

import (
	"go/ast"
	"go/types"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// renew gives the methods that the cell declares for a generic type of an earlier one
// to the copies of that type which the session has, and says whether there were any.
func (sp *specialiser) renew() bool {
	c := sp.c
	found := false
	for _, d := range slices.Clone(c.Decls) {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name == "_" || !c.IsGeneric(d) {
			continue
		}
		name, _ := syntax.Receiver(f)
		owner := c.Names[name]
		if owner == nil || c.Declared[name] == owner {
			continue
		}
		for _, e := range c.World.Entities {
			if e.Origin == owner && e.Instance != nil {
				m := sp.add(f, e.Name, "", func(id *ast.Ident) ast.Expr { return sp.sessionArgument(id, e.Instance) })
				m.Origin = sp.origin(f, owner)
				found = true
			}
		}
	}
	return found
}

// origin is what a declaration of a generic function or type, or of a method of the
// type, declares.
func (sp *specialiser) origin(d ast.Decl, of *world.Entity) *world.Entity {
	f, ok := d.(*ast.FuncDecl)
	if !ok || f.Recv == nil {
		return of
	}
	if e := sp.c.Declared[naming.Key(of.Name, f.Name.Name)]; e != nil && sp.c.Names[of.Name] == of {
		return e
	}
	return of.Methods[f.Name.Name]
}

// sessionArgument is argument for a copy that the session has.
func (sp *specialiser) sessionArgument(id *ast.Ident, of *world.Instance) ast.Expr {
	t, ok := sp.c.Info.Uses[id].(*types.TypeName)
	if !ok {
		return nil
	}
	p, ok := t.Type().(*types.TypeParam)
	if !ok || p.Index() >= len(of.Args) {
		return nil
	}
	x, _ := syntax.Copy(of.Args[p.Index()])
	return x
}
