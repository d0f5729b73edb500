package lower

import (
	"go/ast"
	"go/types"

	"crossbook/interp/naming"
	"crossbook/interp/world"
)

// When yaegi hands a struct to compiled code as an interface, it passes the last
// field in its place, beside the methods, which are right. So every struct of the
// session that has methods has one more, which returns the struct itself, and wrappers with a
// field for that are preferred to those without. A value of a named type that is not
// a struct returns itself in a box: see value.Shape.

// self makes that method for a type that does not have it yet.
func (l *lowerer) self(e *world.Entity, t types.Type) []ast.Decl {
	_, isStruct := t.Underlying().(*types.Struct)
	if !isStruct && !l.wrapped(t) && !l.erased(t) {
		return nil
	}
	k := world.SlotKey{Owner: e, Name: naming.SelfMethod}
	if e.Slots[naming.SelfMethod] != "" || l.slots[k] != "" {
		return nil
	}
	l.slots[k] = naming.SelfMethod
	value := l.stored(ident("r__"), t, types.NewInterfaceType(nil, nil))
	return []ast.Decl{&ast.FuncDecl{
		Recv: &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("r__")}, Type: ident(e.Emit)}}},
		Name: ident(naming.SelfMethod), Type: &ast.FuncType{Params: params(), Results: params(ident("any"))},
		Body: block(giveBack(value)),
	}}
}
