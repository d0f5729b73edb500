package interp

import "reflect"

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
