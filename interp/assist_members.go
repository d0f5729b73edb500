package interp

import (
	"go/ast"
	"go/types"
	"slices"

	"crossbook/interp/naming"
)

// members lists what may follow a dot behind x.
func (v *view) members(x ast.Expr) []ranked {
	if id, ok := x.(*ast.Ident); ok {
		if p, ok := v.object(id).(*types.PkgName); ok {
			return packageMembers(p.Imported())
		}
	}
	t := v.typeOf(x)
	if t == nil {
		return nil
	}
	tv := v.info.Types[x]
	if tv.IsType() {
		return v.methods(t)
	}
	if _, isTuple := t.(*types.Tuple); isTuple {
		return nil
	}
	all := append(v.methods(t), v.addedMethods(t)...)
	if _, isPointer := t.Underlying().(*types.Pointer); !isPointer && !types.IsInterface(t) && (tv.Addressable() || isName(x)) {
		all = append(v.methods(types.NewPointer(t)), v.addedMethods(t)...)
	}
	return append(all, v.fields(t)...)
}

func isName(x ast.Expr) bool {
	_, is := x.(*ast.Ident)
	return is
}

func packageMembers(p *types.Package) []ranked {
	var all []ranked
	for _, name := range p.Scope().Names() {
		if o := p.Scope().Lookup(name); o.Exported() {
			all = append(all, ranked{describe(o), rankLocal})
		}
	}
	return all
}

// methods lists the method set of a type; promoted methods come later.
func (v *view) methods(t types.Type) []ranked {
	var all []ranked
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		m := set.At(i)
		if v.sees(m.Obj()) {
			all = append(all, ranked{describe(m.Obj()), len(m.Index())})
		}
	}
	return all
}

// addedMethods lists the methods that the cell adds to a type of the session.
func (v *view) addedMethods(t types.Type) []ranked {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != naming.Main {
		return nil
	}
	var all []ranked
	for _, m := range v.added[n.Obj().Name()] {
		c := completion{Text: m.name, Kind: "function"}
		if f, ok := v.info.Defs[m.blank].(*types.Func); ok && f.Signature().Params().Len() > 0 {
			sig := f.Signature()
			params := slices.Collect(sig.Params().Variables())
			c.Signature = typeText(types.NewSignatureType(nil, nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic()))
		}
		all = append(all, ranked{c, 1})
	}
	return all
}

// fields lists the fields of a struct, or of that behind a pointer, with those
// of embedded ones.
func (v *view) fields(t types.Type) []ranked {
	var all []ranked
	level := []types.Type{t}
	seen := map[types.Type]bool{}
	const deepest = 20 // a generic type may embed larger and larger ones of itself
	for depth := 1; len(level) > 0 && depth < deepest; depth++ {
		var next []types.Type
		for _, t := range level {
			if p, ok := t.Underlying().(*types.Pointer); ok {
				t = p.Elem()
			}
			st, ok := t.Underlying().(*types.Struct)
			if !ok || seen[t] {
				continue
			}
			seen[t] = true
			for i := range st.NumFields() {
				f := st.Field(i)
				if v.sees(f) {
					all = append(all, ranked{describe(f), depth})
				}
				if f.Embedded() {
					next = append(next, f.Type())
				}
			}
		}
		level = next
	}
	return all
}
