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
// field for that are preferred to those without.

// self makes that method for a struct type that does not have it yet; none for others.
func (l *lowerer) self(e *world.Entity, t types.Type) []ast.Decl {
	if _, isStruct := t.Underlying().(*types.Struct); !isStruct {
		return nil
	}
	k := world.SlotKey{Owner: e, Name: naming.SelfMethod}
	if e.Slots[naming.SelfMethod] != "" || l.slots[k] != "" {
		return nil
	}
	l.slots[k] = naming.SelfMethod
	return []ast.Decl{&ast.FuncDecl{
		Recv: &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("r__")}, Type: ident(e.Emit)}}},
		Name: ident(naming.SelfMethod), Type: &ast.FuncType{Params: params(), Results: params(ident("any"))},
		Body: block(giveBack(ident("r__"))),
	}}
}
