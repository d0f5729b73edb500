package interp

import (
	"reflect"
	"unsafe"

	yaegi "github.com/traefik/yaegi/interp"
)

// forget drops what yaegi keeps of each program for its debugger alone: the trees
// of all programs and the scopes inside their functions. What it does not find,
// say in another version, it leaves.
func forget(i *yaegi.Interpreter) {
	v := reflect.ValueOf(i).Elem()
	clearField(v, "roots")
	scopes := v.FieldByName("scopes")
	if scopes.Kind() != reflect.Map {
		return
	}
	for entries := scopes.MapRange(); entries.Next(); {
		if s := entries.Value(); s.Kind() == reflect.Pointer && !s.IsNil() {
			clearField(s.Elem(), "child")
		}
	}
}

// forgetNames drops functions of package main that nothing can name any more; code
// that calls them has them.
func forgetNames(i *yaegi.Interpreter, names []string) {
	scopes := reflect.ValueOf(i).Elem().FieldByName("scopes")
	if scopes.Kind() != reflect.Map || len(names) == 0 {
		return
	}
	scope := scopes.MapIndex(reflect.ValueOf(mainPath))
	if scope.Kind() != reflect.Pointer || scope.IsNil() {
		return
	}
	symbols := scope.Elem().FieldByName("sym")
	if symbols.Kind() != reflect.Map {
		return
	}
	symbols = reflect.NewAt(symbols.Type(), unsafe.Pointer(symbols.UnsafeAddr())).Elem()
	for _, name := range names {
		symbols.SetMapIndex(reflect.ValueOf(name), reflect.Value{})
	}
}

// clearField zeroes an unexported slice of an addressable struct.
func clearField(v reflect.Value, name string) {
	if f := v.FieldByName(name); f.Kind() == reflect.Slice {
		reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem().SetZero()
	}
}
