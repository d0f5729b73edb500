package interp

import (
	"go/ast"
	"go/types"

	"crossbook/interp/naming"
)

// When yaegi hands a struct to compiled code as an interface, it passes the last
// field in its place, beside the methods, which are right. So every struct of the
// session that has methods has one more, which returns the struct itself, and wrappers with a
// field for that are preferred to those without. A value of a named type that is not
// a struct returns itself in a box: see value.Shape.

// self makes that method for a type that does not have it yet.
func (l *lowerer) self(e *entity, t types.Type) []ast.Decl {
	_, isStruct := t.Underlying().(*types.Struct)
	if !isStruct && !l.c.erased(t) {
		return nil
	}
	k := slotKey{e, naming.SelfMethod}
	if e.slots[naming.SelfMethod] != "" || l.c.slots[k] != "" {
		return nil
	}
	l.c.slots[k] = naming.SelfMethod
	value := l.boxedIf(ident("r__"), t, types.NewInterfaceType(nil, nil))
	return []ast.Decl{&ast.FuncDecl{
		Recv: &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("r__")}, Type: ident(e.emit)}}},
		Name: ident(naming.SelfMethod), Type: &ast.FuncType{Params: params(), Results: params(ident("any"))},
		Body: block(giveBack(value)),
	}}
}
