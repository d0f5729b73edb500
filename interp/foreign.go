package interp

import (
	"crossbook/interp/naming"
	"go/ast"
	"go/types"
	"maps"
	"slices"
)

// nameEmbedded names the fields that embed a type of a package of the module, of
// which a checked cell has only the type's own name. It says whether there were
// any; then the cell has to be checked again.
func (c *checked) nameEmbedded() bool {
	if len(c.world.flat) == 0 {
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
func (c *checked) nameField(id *ast.Ident, t types.Type) bool {
	for _, path := range slices.Sorted(maps.Keys(c.world.flat)) {
		name := c.world.flat[path].FlatName(id.Name)
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
func (c *checked) foreign(x ast.Expr) error {
	if len(c.world.flat) == 0 {
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

func (c *checked) foreignLiteral(x *ast.CompositeLit, hides func(types.Object, ast.Node) bool) error {
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
