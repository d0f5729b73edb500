package main

import (
	"go/types"
	"strings"
)

// generic tells whether a type has parameters that are not yet arguments.
func generic(t types.Type) bool {
	switch t := t.(type) {
	case *types.Named:
		return t.TypeParams().Len() > t.TypeArgs().Len()
	case *types.Alias:
		return t.TypeParams().Len() > t.TypeArgs().Len()
	}
	return false
}

// nameable tells whether any package can spell a type.
func nameable(t types.Type) bool {
	switch t := t.(type) {
	case *types.Alias:
		return nameableObject(t.Obj())
	case *types.Named:
		return nameableObject(t.Obj())
	case *types.Pointer:
		return nameable(t.Elem())
	case *types.Slice:
		return nameable(t.Elem())
	case *types.Array:
		return nameable(t.Elem())
	case *types.Chan:
		return nameable(t.Elem())
	case *types.Map:
		return nameable(t.Key()) && nameable(t.Elem())
	case *types.Signature:
		return nameableTuple(t.Params()) && nameableTuple(t.Results())
	case *types.Struct:
		for i := range t.NumFields() {
			if !nameable(t.Field(i).Type()) {
				return false
			}
		}
	}
	return true
}

func nameableTuple(t *types.Tuple) bool {
	for i := range t.Len() {
		if !nameable(t.At(i).Type()) {
			return false
		}
	}
	return true
}

func nameableObject(o *types.TypeName) bool {
	if o.Pkg() == nil {
		return true
	}
	path := o.Pkg().Path()
	inside := strings.Contains(path, "internal/") || strings.HasSuffix(path, "/internal") || strings.HasPrefix(path, "vendor/")
	return o.Exported() && !inside
}
