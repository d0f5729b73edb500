package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/world"
)

// yaegi does not promote methods of embedded compiled types and interfaces, and of the
// methods of embedded types it takes the first that it finds, from the first field down,
// where Go takes the one at the least depth. A struct gets such methods as its own.

// promoted writes those of a struct.
func (l *lowerer) promoted(e *world.Entity, n *types.Named) []ast.Decl {
	if st, ok := n.Underlying().(*types.Struct); !ok || !embeds(st) {
		return nil
	}
	var out []ast.Decl
	byValue := types.NewMethodSet(n)
	all := types.NewMethodSet(types.NewPointer(n))
	for i := range all.Len() {
		m := all.At(i)
		o := m.Obj().(*types.Func)
		if l.c.Declared[naming.Key(e.Name, o.Name())] != nil || !l.promotes(n, m) {
			continue
		}
		var recv types.Type = n
		if byValue.Lookup(o.Pkg(), o.Name()) == nil {
			recv = types.NewPointer(n)
		}
		out = append(out, l.promote(e, m, recv)...)
	}
	return out
}

func embeds(st *types.Struct) bool {
	for f := range st.Fields() {
		if f.Embedded() {
			return true
		}
	}
	return false
}

// promotes tells whether a struct gets one of its methods as its own.
func (l *lowerer) promotes(n *types.Named, m *types.Selection) bool {
	st, ok := n.Underlying().(*types.Struct)
	o, path := m.Obj().(*types.Func), m.Index()[:len(m.Index())-1]
	if !ok || len(path) == 0 {
		return false
	}
	if len(path) == 1 && o.Exported() && (o.Pkg() != l.c.Pkg || isInterface(st.Field(path[0]).Type())) {
		return true
	}
	return l.misled(st, o, path)
}

// misled tells whether yaegi finds another method of a name than the one at a path.
func (l *lowerer) misled(st *types.Struct, o *types.Func, path []int) bool {
	found, ok := l.firstMethod(st, o, map[types.Type]bool{})
	return ok && !(len(found) <= len(path) && slices.Equal(found, path[:len(found)]))
}

// firstMethod returns the path to the method that yaegi finds.
func (l *lowerer) firstMethod(t types.Type, o *types.Func, seen map[types.Type]bool) ([]int, bool) {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if seen[t] || isInterface(t) {
		return nil, false
	}
	seen[t] = true
	if n, ok := t.(*types.Named); ok {
		if n.Obj().Pkg() != l.c.Pkg {
			return nil, false
		}
		m := types.NewMethodSet(types.NewPointer(n)).Lookup(o.Pkg(), o.Name())
		if m != nil && (len(m.Index()) == 1 || l.promotes(n, m)) {
			return nil, true
		}
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil, false
	}
	for i := range st.NumFields() {
		if f := st.Field(i); f.Embedded() {
			if path, ok := l.firstMethod(f.Type(), o, seen); ok {
				return append([]int{i}, path...), true
			}
		}
	}
	return nil, false
}

// promote writes one promoted method.
func (l *lowerer) promote(e *world.Entity, m *types.Selection, recv types.Type) []ast.Decl {
	o := m.Obj().(*types.Func)
	sig := o.Signature()
	f := l.sp.Signature(sig)
	args := nameParams(f)
	x, t := ast.Expr(ident("r__")), m.Recv()
	for _, i := range m.Index()[:len(m.Index())-1] {
		field := structOf(t).Field(i)
		x, t = selector(x, l.fieldName(field)), field.Type()
	}
	body := forward(f, call(selector(x, o.Name()), args...))
	r := &ast.Field{Names: []*ast.Ident{ident("r__")}, Type: l.typ(recv)}
	f.Params = &ast.FieldList{List: append([]*ast.Field{r}, f.Params.List...)}
	name := fmt.Sprintf("%s_%s__promoted", e.Emit, o.Name())
	own := types.NewFunc(o.Pos(), l.c.Pkg, o.Name(), types.NewSignatureType(types.NewVar(o.Pos(), l.c.Pkg, "r__", recv), nil, nil, sig.Params(), sig.Results(), sig.Variadic()))
	return append([]ast.Decl{&ast.FuncDecl{Name: ident(name), Type: f, Body: body}}, l.slot(e, own, name)...)
}

// surelyFound refuses to store a struct without a declaration of its own in an interface
// of which yaegi would find other methods.
func (l *lowerer) surelyFound(from, to types.Type) {
	t := types.Unalias(from)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	st, ok := t.Underlying().(*types.Struct)
	if n, named := t.(*types.Named); !ok || !embeds(st) || named && n.Obj().Parent() == n.Obj().Pkg().Scope() {
		return
	}
	set := types.NewMethodSet(types.NewPointer(t))
	for face := range to.Underlying().(*types.Interface).Methods() {
		m := set.Lookup(face.Pkg(), face.Name())
		if m == nil {
			continue
		}
		if o := m.Obj().(*types.Func); l.misled(st, o, m.Index()[:len(m.Index())-1]) {
			l.fail(st.Field(0).Pos(), "the interpreter takes another method %s for that of a struct without a name at package level: declare its type there", o.Name())
		}
	}
}
