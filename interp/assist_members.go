package interp

import (
	"go/ast"
	"go/types"
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
	all := v.methods(t)
	if _, isPointer := t.Underlying().(*types.Pointer); !isPointer && !types.IsInterface(t) && (tv.Addressable() || isName(x)) {
		all = v.methods(types.NewPointer(t))
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
