package assist

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/value"
	"crossbook/interp/world"
)

// mostKeys is how many keys of a map are looked at.
const mostKeys = 1000

// liveKeys returns the keys of the map with which a text ends, such as m or
// a.b.m, sorted; nil if its keys are no strings.
func (s *Assistant) liveKeys(before string) []string {
	end := len(strings.TrimRight(before, " \t"))
	start := end
	for start > 0 {
		word, _ := wordAt(before[:start], start)
		if word == start {
			break
		}
		if start = word; start == 0 || before[start-1] != '.' {
			break
		}
		start--
	}
	x, err := parser.ParseExpr(before[start:end])
	if err != nil {
		return nil
	}
	var keys []string
	s.peek(func(globals map[string]reflect.Value) {
		v, ok := s.follow(x, globals)
		if !ok || v.Kind() != reflect.Map || v.Type().Key().Kind() != reflect.String {
			return
		}
		for it := v.MapRange(); it.Next() && len(keys) < mostKeys; {
			keys = append(keys, it.Key().String())
		}
	})
	slices.SortFunc(keys, cmp.Compare[string])
	return keys
}

// follow evaluates a variable or a field of one.
func (s *Assistant) follow(x ast.Expr, globals map[string]reflect.Value) (reflect.Value, bool) {
	switch x := x.(type) {
	case *ast.Ident:
		it := s.known.Load().items[x.Name]
		if it == nil {
			return reflect.Value{}, false
		}
		v, ok := globals[it.emit]
		return value.Inner(v), ok && v.IsValid()
	case *ast.SelectorExpr:
		v, ok := s.follow(x.X, globals)
		if ok && v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem()
		}
		if !ok || v.Kind() != reflect.Struct {
			return v, false
		}
		return fieldNamed(v, x.Sel.Name)
	}
	return reflect.Value{}, false
}

// fieldNamed returns a field of a struct; the interpreter has unexported ones
// under an exported name.
func fieldNamed(v reflect.Value, name string) (reflect.Value, bool) {
	for _, n := range []string{name, "X" + name} {
		if f, ok := v.Type().FieldByName(n); ok && len(f.Index) == 1 {
			return value.Inner(v.Field(f.Index[0])), true
		}
	}
	return reflect.Value{}, false
}

// Variable is a variable of the session.
type Variable struct {
	Name  string
	Type  string // in Go's notation
	Size  int64  // bytes that the value holds, elements of slices and maps included, without what pointers lead to
	Value string // in short; "" while code of a cell runs
}

// Variables lists the variables that the cells have declared, by name. It does
// not wait for a running cell: Size is 0 and Value empty then.
func (s *Assistant) Variables() []Variable {
	k := s.known.Load()
	var list []Variable
	for name, it := range k.items {
		if v, ok := it.object.(*types.Var); ok && name != world.ContextVar && !naming.Hidden(name) {
			list = append(list, Variable{Name: name, Type: naming.Plain(syntax.TypeText(v.Type()))})
		}
	}
	slices.SortFunc(list, func(a, b Variable) int { return cmp.Compare(a.Name, b.Name) })
	s.peek(func(globals map[string]reflect.Value) {
		for i := range list {
			it := k.items[list[i].Name]
			if v, ok := globals[it.emit]; ok && v.IsValid() {
				v = value.Inner(v)
				list[i].Size, list[i].Value = sizeOf(v), brief(v, it.object.Type())
			}
		}
	})
	return list
}

// sizeOf returns how many bytes a value holds.
func sizeOf(v reflect.Value) int64 {
	size := int64(v.Type().Size())
	switch v.Kind() {
	case reflect.Slice:
		size += int64(v.Cap()) * int64(v.Type().Elem().Size())
	case reflect.String:
		size += int64(v.Len())
	case reflect.Map:
		size += int64(v.Len()) * int64(v.Type().Key().Size()+v.Type().Elem().Size())
	}
	return size
}
