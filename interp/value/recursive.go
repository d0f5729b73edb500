package value

import (
	"reflect"

	"crossbook/interp/naming"
)

// Inner takes a value of a type made of itself out of the struct that stands for it.
func Inner(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Struct && isRecursive(v.Type()) {
		return v.Field(0)
	}
	return v
}

func isRecursive(t reflect.Type) bool {
	return t.NumField() == 1 && t.Field(0).Name == naming.Recursive
}

// recursive is Inner with a shape that has the name of the type; false for a value of
// another type.
func (p *Printer) recursive(v reflect.Value) (reflect.Value, *Shape, bool) {
	if v.Kind() != reflect.Struct || !isRecursive(v.Type()) {
		return v, nil, false
	}
	return v.Field(0), &Shape{texts: p, title: plainTypes(v.Type().String())}, true
}
