package check

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"crossbook/interp/naming"
)

// nameEmbedded names the fields that embed a type of a package of the module or the
// copy of a generic type, of which a checked cell has only the type's own name. It says
// whether there were any; then the cell has to be checked again.
func (c *Checked) nameEmbedded() bool {
	copies := c.copiesByName()
	if len(c.World.Flat)+len(copies) == 0 {
		return false
	}
	found := false
	for _, n := range c.Trees() {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if t := c.Info.TypeOf(n.X); t != nil && c.Info.Selections[n] == nil {
					found = c.nameField(n.Sel, t, copies) || found
				}
			case *ast.CompositeLit:
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok {
						id, isName := kv.Key.(*ast.Ident)
						if t := c.Info.TypeOf(n); isName && t != nil && c.Info.Uses[id] == nil {
							found = c.nameField(id, t, copies) || found
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
func (c *Checked) nameField(id *ast.Ident, t types.Type, copies map[string][]string) bool {
	names := slices.Clone(copies[id.Name])
	for _, path := range slices.Sorted(maps.Keys(c.World.Flat)) {
		names = append(names, c.World.Flat[path].FlatName(id.Name))
	}
	for _, name := range names {
		o, _, _ := types.LookupFieldOrMethod(t, true, c.Pkg, name)
		if f, ok := o.(*types.Var); ok && f.Embedded() {
			id.Name = name
			return true
		}
	}
	return false
}

// foreign returns the error of an expression that reaches into a package: for a
// field or method that only the package itself can name.
func (c *Checked) foreign(x ast.Expr) error {
	if len(c.World.Flat) == 0 {
		return nil
	}
	hides := func(o types.Object, at ast.Node) bool {
		return !o.Exported() && o.Pkg() == c.Pkg && c.Home(o.Pos()) != c.Home(at.Pos())
	}
	switch x := x.(type) {
	case *ast.SelectorExpr:
		sel := c.Info.Selections[x]
		if sel == nil || !hides(sel.Obj(), x.Sel) {
			return nil
		}
		kind := "method"
		if sel.Kind() == types.FieldVal {
			kind = "field"
		}
		return c.Problem(x.Sel.Pos(), "%s.%s undefined (cannot refer to unexported %s %[2]s)", types.ExprString(x.X), naming.Short(x.Sel.Name), kind)
	case *ast.CompositeLit:
		return c.foreignLiteral(x, hides)
	}
	return nil
}

func (c *Checked) foreignLiteral(x *ast.CompositeLit, hides func(types.Object, ast.Node) bool) error {
	t := c.Info.TypeOf(x)
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
			if id, ok := kv.Key.(*ast.Ident); ok && c.Info.Uses[id] != nil && hides(c.Info.Uses[id], id) {
				return c.Problem(id.Pos(), "cannot refer to unexported field %s in struct literal of type %s", naming.Short(id.Name), t)
			}
		} else if !keyed && i < st.NumFields() && hides(st.Field(i), e) {
			return c.Problem(e.Pos(), "implicit assignment to unexported field %s in struct literal of type %s", naming.Short(st.Field(i).Name()), t)
		}
	}
	return nil
}
