package lower

import "go/types"

// yaegi builds the type of a struct that refers to itself with a mark in the place of
// the struct, and then rebuilds the fields whose types end in the mark, such as map[K]*T.
// The rebuilding never ends, and takes the process along, if another part of such a
// field is a type that is complete and refers to itself.

// entangled returns a type that makes a field of a struct such a one; nil if none does.
func (l *lowerer) entangled(t types.Type) types.Type {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		ends, others := ending(f.Type(), t)
		if !ends {
			continue
		}
		_, isMap := f.Type().Underlying().(*types.Map)
		for _, o := range others {
			if c := cyclic(o, t, map[types.Type]bool{}); c != nil && (isMap || l.before(c, t)) {
				return c
			}
		}
	}
	return nil
}

// ending tells whether a type, as text, ends in the name of another, and returns what
// else it is made of.
func ending(t, in types.Type) (ends bool, others []types.Type) {
	switch u := types.Unalias(t).(type) {
	case *types.Named:
		return u == in, nil
	case *types.Map:
		ends, others = ending(u.Elem(), in)
		return ends, append(others, u.Key())
	case *types.Signature:
		if u.Results().Len() != 1 {
			return false, nil
		}
		ends, others = ending(u.Results().At(0).Type(), in)
		for v := range u.Params().Variables() {
			others = append(others, v.Type())
		}
		return ends, others
	case interface{ Elem() types.Type }:
		return ending(u.Elem(), in)
	}
	return false, nil
}

// cyclic returns a struct type, other than one, that a type is made of and that is
// made of itself; nil if there is none. Interfaces hide what is in them.
func cyclic(t, not types.Type, path map[types.Type]bool) types.Type {
	t = types.Unalias(t)
	if t == not {
		return nil
	}
	if path[t] {
		return t
	}
	parts := []types.Type{}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if _, named := t.(*types.Named); named {
			path[t] = true
			defer delete(path, t)
		}
		for f := range u.Fields() {
			parts = append(parts, f.Type())
		}
	case *types.Map:
		parts = append(parts, u.Key(), u.Elem())
	case *types.Signature:
		for v := range u.Params().Variables() {
			parts = append(parts, v.Type())
		}
		for v := range u.Results().Variables() {
			parts = append(parts, v.Type())
		}
	case interface{ Elem() types.Type }:
		parts = append(parts, u.Elem())
	}
	for _, p := range parts {
		if c := cyclic(p, not, path); c != nil {
			return c
		}
	}
	return nil
}

// before tells whether a type is complete when another is declared: of a package, an
// earlier cell, or declared further up.
func (l *lowerer) before(t, other types.Type) bool {
	a, b := t.(*types.Named).Obj(), other.(*types.Named).Obj()
	return a.Pkg() != l.c.Pkg || l.c.Declared[a.Name()] == nil || a.Pos() < b.Pos()
}
