package value

import (
	"reflect"
	"strings"

	"crossbook/interp/naming"
)

// Equal compares two values that were interfaces.
func (p *Printer) Equal(x, y any) bool { return equal(p.Identified(x), p.Identified(y)) }

func equal(x, y any) bool {
	x, y = Dynamic(x), Dynamic(y)
	if x == nil || y == nil {
		return x == y
	}
	a, b := reflect.TypeOf(x), reflect.TypeOf(y)
	if a == b && !a.Comparable() {
		panic(GoError("comparing uncomparable type " + a.String()))
	}
	return x == y
}

// IsNil tells whether an interface holds nothing.
func IsNil(v any) bool { return Dynamic(v) == nil }

// EqualFields compares structs, or arrays of them, without their blank fields, and
// what is in their interfaces as equal does.
func EqualFields(x, y any) bool {
	return sameFields(reflect.ValueOf(Dynamic(x)), reflect.ValueOf(Dynamic(y)))
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

// ErrorChain lists an error and those that it wraps, as errors.As goes through
// them.
func ErrorChain(err error) []any {
	if err == nil {
		return nil
	}
	out := []any{Dynamic(err)}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		out = append(out, ErrorChain(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			out = append(out, ErrorChain(inner)...)
		}
	}
	return out
}
