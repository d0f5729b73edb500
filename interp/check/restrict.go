package check

import (
	"cmp"
	"go/ast"
	"go/types"
)

// Restrictions returns the first rule that a checked cell breaks and that the
// compiler has beyond the type checker; nil if there is none.
func (c *Checked) Restrictions() error {
	var first error
	if c.strict() {
		first = cmp.Or(c.unusedImport(), c.largeFrame())
	}
	for _, n := range c.Trees() {
		ast.Inspect(n, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok && first == nil {
				if first = c.restricted(x); first == nil {
					first = c.foreign(x)
				}
			}
			return first == nil
		})
	}
	return first
}

func (c *Checked) restricted(x ast.Expr) error {
	switch x := x.(type) {
	case *ast.InterfaceType:
		if t, ok := c.Info.TypeOf(x).(*types.Interface); ok && refersToItself(t, map[*types.Interface]bool{}) {
			return c.Problem(x.Pos(), "invalid recursive type: anonymous interface refers to itself")
		}
	case *ast.ArrayType:
		if a, ok := c.Info.TypeOf(x).(*types.Array); ok && tooLarge(a) {
			return c.Problem(x.Pos(), "type %s larger than address space", types.ExprString(x))
		}
	}
	return nil
}

// refersToItself tells whether an anonymous interface has itself in the results
// or parameters of its methods, through no named type.
func refersToItself(t *types.Interface, path map[*types.Interface]bool) bool {
	if path[t] {
		return true
	}
	path[t] = true
	defer delete(path, t)
	for i := range t.NumMethods() {
		if mentionsItself(t.Method(i).Type(), path) {
			return true
		}
	}
	return false
}

func mentionsItself(t types.Type, path map[*types.Interface]bool) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Interface:
		return refersToItself(t, path)
	case *types.Signature:
		return mentionsItself(t.Params(), path) || mentionsItself(t.Results(), path)
	case *types.Tuple:
		for v := range t.Variables() {
			if mentionsItself(v.Type(), path) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if mentionsItself(f.Type(), path) {
				return true
			}
		}
	case *types.Map:
		return mentionsItself(t.Key(), path) || mentionsItself(t.Elem(), path)
	case *types.Named, *types.TypeParam:
		return false
	case interface{ Elem() types.Type }:
		return mentionsItself(t.Elem(), path)
	}
	return false
}

// tooLarge tells whether no address space has room for an array.
func tooLarge(a *types.Array) bool {
	const addressable = 1 << 47
	switch elem := a.Elem().Underlying().(type) {
	case *types.Array:
		return tooLarge(elem)
	case *types.Basic:
		size := types.SizesFor("gc", "amd64").Sizeof(elem)
		return size > 0 && a.Len() > addressable/size
	}
	return a.Len() > addressable
}
