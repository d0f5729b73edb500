package interp

import (
	"reflect"
	"strings"

	"crossbook/interp/naming"
)

// equal compares two values that were interfaces.
func equal(x, y any) bool {
	x, y = dynamicValue(x), dynamicValue(y)
	if x == nil || y == nil {
		return x == y
	}
	a, b := reflect.TypeOf(x), reflect.TypeOf(y)
	if a == b && !a.Comparable() {
		panic(goError("comparing uncomparable type " + a.String()))
	}
	return x == y
}

func isNilInterface(v any) bool { return dynamicValue(v) == nil }

// dynamicValue takes a value out of all that the interpreter and the wrappers of
// compiled interfaces put around it.
func dynamicValue(v any) any {
	v = plainValue(v)
	for {
		inner, ok := wrappedValue(v)
		if !ok {
			return v
		}
		v = inner
	}
}

// equalFields compares structs, or arrays of them, without their blank fields, and
// what is in their interfaces as equal does.
func equalFields(x, y any) bool {
	return sameFields(reflect.ValueOf(dynamicValue(x)), reflect.ValueOf(dynamicValue(y)))
}

func sameFields(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if !strings.Contains(a.Type().Field(i).Name, naming.Blank) && !sameFields(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Array:
		for i := range a.Len() {
			if !sameFields(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Interface:
		if a.CanInterface() && b.CanInterface() {
			return equal(a.Interface(), b.Interface())
		}
	}
	return a.Equal(b)
}

// errorChain lists an error and those that it wraps, as errors.As goes through
// them.
func errorChain(err error) []any {
	if err == nil {
		return nil
	}
	out := []any{dynamicValue(err)}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		out = append(out, errorChain(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			out = append(out, errorChain(inner)...)
		}
	}
	return out
}
