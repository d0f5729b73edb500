package interp

import (
	"fmt"
	"go/ast"
	"go/types"
)

// restrictions returns the first rule that a checked cell breaks and that the
// compiler has beyond the type checker; nil if there is none.
func (c *cell) restrictions() error {
	var first error
	for _, n := range c.trees() {
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

// trees lists the declarations and statements of the cell.
func (c *cell) trees() []ast.Node {
	var out []ast.Node
	for _, d := range c.decls {
		out = append(out, d)
	}
	for _, it := range c.body {
		if it.stmt != nil {
			out = append(out, it.stmt)
		}
	}
	return out
}

func (c *cell) restricted(x ast.Expr) error {
	t := c.info.TypeOf(x)
	switch x := x.(type) {
	case *ast.InterfaceType:
		if t, ok := t.(*types.Interface); ok && refersToItself(t, map[*types.Interface]bool{}) {
			return c.problemAt(x.Pos(), "invalid recursive type: anonymous interface refers to itself")
		}
	case *ast.ArrayType:
		if a, ok := t.(*types.Array); ok && tooLarge(a) {
			return c.problemAt(x.Pos(), "type %s larger than address space", types.ExprString(x))
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

// importName returns why a package cannot be imported under a name; "" if it can.
func (c *cell) importName(name, path string) string {
	switch other, taken := c.imports[name]; {
	case name == "init" || name == "main":
		return fmt.Sprintf("cannot import package as %s", name)
	case taken && other != path:
		return fmt.Sprintf("%s redeclared in this cell: %q and %q", name, other, path)
	}
	return ""
}
