package value

import (
	"reflect"
	"unsafe"

	"crossbook/interp/naming"
)

// Plain takes a value out of the shells in which the interpreter hands it
// over.
func Plain(v any) any {
	for {
		r, ok := v.(reflect.Value)
		if !ok {
			r = reflect.ValueOf(v)
			if r.Kind() != reflect.Struct || r.Type().String() != "interp.valueInterface" {
				return v
			}
			shell := reflect.New(r.Type()).Elem()
			shell.Set(r)
			field := shell.FieldByName("value")
			r = *(*reflect.Value)(unsafe.Pointer(field.UnsafeAddr()))
		}
		if !r.IsValid() || !r.CanInterface() {
			return nil
		}
		v = r.Interface()
	}
}

// Wrapped returns the interpreted value inside a wrapper of an interface.
func Wrapped(v any) (any, bool) {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Struct || r.NumField() == 0 || r.Type().Field(0).Name != "IValue" {
		return nil, false
	}
	if self, ok := selfOf(r); ok {
		return self, true
	}
	return Plain(r.Field(0).Interface()), true
}

// Dynamic takes a value out of all that the interpreter and the wrappers of
// compiled interfaces put around it.
func Dynamic(v any) any {
	v = Plain(v)
	for {
		inner, ok := Wrapped(v)
		if !ok {
			return v
		}
		v = inner
	}
}

// selfField is the field of a wrapper that holds it.
const selfField = "W" + naming.SelfMethod

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
	return Plain(self()), true
}
