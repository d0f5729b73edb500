package syntax

import (
	"go/ast"
	"reflect"
)

// Copy copies a piece of syntax without its comments, and returns the copy of each
// identifier. Its names must not have been resolved by the parser, which makes the
// tree a graph.
func Copy[N ast.Node](n N) (N, map[*ast.Ident]*ast.Ident) {
	copies := map[*ast.Ident]*ast.Ident{}
	return copyTree(reflect.ValueOf(n), copies).Interface().(N), copies
}

// copyTree copies a syntax tree and notes the copy of each identifier.
func copyTree(v reflect.Value, copies map[*ast.Ident]*ast.Ident) reflect.Value {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return copyTree(v.Elem(), copies)
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(copyTree(v.Index(i), copies))
		}
		return out
	case reflect.Pointer:
		return copyNode(v, copies)
	}
	return v
}

func copyNode(v reflect.Value, copies map[*ast.Ident]*ast.Ident) reflect.Value {
	if v.IsNil() {
		return v
	}
	switch n := v.Interface().(type) {
	case *ast.CommentGroup:
		return reflect.Zero(v.Type())
	case *ast.Ident:
		id := *n
		copies[n] = &id
		return reflect.ValueOf(&id)
	}
	out := reflect.New(v.Type().Elem())
	out.Elem().Set(v.Elem())
	for i := range v.Elem().NumField() {
		if f := v.Elem().Field(i); f.Kind() != reflect.Int && f.Kind() != reflect.String {
			out.Elem().Field(i).Set(copyTree(f, copies))
		}
	}
	return out
}
