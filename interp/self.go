package interp

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
)

// When yaegi hands a struct to compiled code as an interface, it passes the last
// field in its place, beside the methods, which are right. So every struct of the
// session that has methods has one more, which returns the struct itself, and wrappers with a
// field for that are preferred to those without. A value of a named type that is not
// a struct returns itself in a box: see boxed.go.

// selfMethod returns the struct that it is called on.
const selfMethod = "Self__"

// selfField is the field of a wrapper that holds it.
const selfField = "W" + selfMethod

// self makes that method for a type that does not have it yet.
func (l *lowerer) self(e *entity, t types.Type) []ast.Decl {
	_, isStruct := t.Underlying().(*types.Struct)
	if !isStruct && !l.c.erased(t) {
		return nil
	}
	k := slotKey{e, selfMethod}
	if e.slots[selfMethod] != "" || l.c.slots[k] != "" {
		return nil
	}
	l.c.slots[k] = selfMethod
	value := l.boxedIf(ident("r__"), t, types.NewInterfaceType(nil, nil))
	return []ast.Decl{&ast.FuncDecl{
		Recv: &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("r__")}, Type: ident(e.emit)}}},
		Name: ident(selfMethod), Type: &ast.FuncType{Params: params(), Results: params(ident("any"))},
		Body: block(giveBack(value)),
	}}
}

// selfOf returns the struct inside a wrapper that has a field for it; a pointer to
// one is passed as it is.
func selfOf(wrapper reflect.Value) (any, bool) {
	f := wrapper.FieldByName(selfField)
	if !f.IsValid() || wrapper.Field(0).Elem().Kind() == reflect.Pointer {
		return nil, false
	}
	self, ok := f.Interface().(func() any)
	if !ok || self == nil {
		return nil, false
	}
	return plainValue(self()), true
}

// selfWrappers lists such wrappers of a package's interfaces, by name.
func selfWrappers(path string) map[string][]reflect.Type {
	if path != "fmt" {
		return nil
	}
	return map[string][]reflect.Type{"Stringer": {reflect.TypeFor[selfStringer]()}}
}

type selfStringer struct {
	IValue  any
	WString func() string
	WSelf__ func() any
}

func (s selfStringer) String() string { return s.WString() }

var _ fmt.Stringer = selfStringer{}
