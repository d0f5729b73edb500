package run

import (
	"errors"
	"reflect"
	"unsafe"

	"crossbook/interp/naming"

	yaegi "github.com/traefik/yaegi/interp"
)

// keepsakes are where yaegi keeps, for its debugger alone, every syntax tree and
// every scope that it ever compiled: some 30 KB of a small cell.
type keepsakes struct {
	roots  reflect.Value // a slice
	scopes reflect.Value // a map; the scopes in it have the slice child and the map sym
}

var errYaegi = errors.New("interp: this version of yaegi keeps its state otherwise")

// newKeepsakes looks into the interpreter; the error is for a version of yaegi
// that is made otherwise.
func newKeepsakes(i *yaegi.Interpreter) (keepsakes, error) {
	v := reflect.ValueOf(i).Elem()
	roots, scopes := v.FieldByName("roots"), v.FieldByName("scopes")
	if !roots.IsValid() || roots.Kind() != reflect.Slice || !scopes.IsValid() || scopes.Kind() != reflect.Map {
		return keepsakes{}, errYaegi
	}
	child, ok := scopes.Type().Elem().Elem().FieldByName("child")
	symbols, has := scopes.Type().Elem().Elem().FieldByName("sym")
	if !ok || !has || child.Type.Kind() != reflect.Slice || symbols.Type.Kind() != reflect.Map {
		return keepsakes{}, errYaegi
	}
	return keepsakes{roots: unlocked(roots), scopes: scopes}, nil
}

// unlocked is a field of another package's struct that can be set.
func unlocked(field reflect.Value) reflect.Value {
	return reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
}

// shed drops the keepsakes, so that what no cell can reach any more is free.
func (k keepsakes) shed() {
	k.roots.SetZero()
	for scopes := k.scopes.MapRange(); scopes.Next(); {
		unlocked(scopes.Value().Elem().FieldByName("child")).SetZero()
	}
}

// forget drops a function that no cell can name any more. What was compiled with
// it does not find it by its name.
func (k keepsakes) forget(name string) {
	if main := k.scopes.MapIndex(reflect.ValueOf(naming.Main)); main.IsValid() {
		unlocked(main.Elem().FieldByName("sym")).SetMapIndex(reflect.ValueOf(name), reflect.Value{})
	}
}
