package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// An assertion to an interface tries the types that the session has when it is
// compiled. Those that later cells declare tell the session themselves that they
// implement the interface.

// face is an interface to which cells assert, in a form that later cells can find.
type face struct {
	entity     *entity          // of a cell
	path, name string           // of a compiled package; no path: predeclared
	literal    *types.Interface // without a name, and without types of the session
}

// noteFace remembers an interface under a key.
func (l *lowerer) noteFace(key string, t types.Type) {
	if l.s.faces[key] != nil {
		return
	}
	f := &face{}
	switch n, named := types.Unalias(t).(*types.Named); {
	case !named && !l.mentionsSession(types.NewSignatureType(nil, nil, nil, types.NewTuple(types.NewParam(token.NoPos, nil, "", t)), nil, false)):
		f.literal = withoutPackage(t.Underlying().(*types.Interface))
	case !named:
		return
	case n.Obj().Pkg() == l.c.pkg:
		f.entity = l.c.entity(n.Obj())
	case n.Obj().Pkg() != nil:
		f.path, f.name = n.Obj().Pkg().Path(), n.Obj().Name()
	default:
		f.name = n.Obj().Name()
	}
	l.c.faces[key] = f
}

// withoutPackage copies an interface, so that it does not hold the world of its cell.
func withoutPackage(t *types.Interface) *types.Interface {
	var methods []*types.Func
	for m := range t.Methods() {
		sig := m.Signature()
		methods = append(methods, types.NewFunc(token.NoPos, nil, m.Name(),
			types.NewSignatureType(nil, nil, nil, plainTuple(sig.Params()), plainTuple(sig.Results()), sig.Variadic())))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

func plainTuple(t *types.Tuple) *types.Tuple {
	var out []*types.Var
	for v := range t.Variables() {
		out = append(out, types.NewParam(token.NoPos, nil, "", v.Type()))
	}
	return types.NewTuple(out...)
}

// find returns the interface in the world of a cell, nil if that has it no more.
func (f *face) find(c *cell) types.Type {
	var o types.Object
	switch {
	case f.literal != nil:
		return f.literal
	case f.entity != nil:
		o = c.pkg.Scope().Lookup(c.nameOf(f.entity))
	case f.path == "":
		o = types.Universe.Lookup(f.name)
	default:
		if p, err := c.session.importer.Import(f.path); err == nil {
			o = p.Scope().Lookup(f.name)
		}
	}
	if o == nil || !types.IsInterface(o.Type()) {
		return nil
	}
	return o.Type()
}

// lateTypes tells the session which types of the cell implement the interfaces to
// which earlier cells assert.
func (l *lowerer) lateTypes() {
	if len(l.s.faces) == 0 {
		return
	}
	var keys []string
	for key := range l.s.faces {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	seen := map[*entity]bool{}
	for _, e := range l.c.order {
		if e.kind == methodEntity {
			e = e.owner
		}
		if e == nil || e.kind != typeEntity || seen[e] {
			continue
		}
		seen[e] = true
		o, ok := l.c.pkg.Scope().Lookup(l.c.nameOf(e)).(*types.TypeName)
		if !ok || o.IsAlias() || isInterface(o.Type()) {
			continue
		}
		if n, ok := o.Type().(*types.Named); !ok || n.TypeParams().Len() > 0 {
			continue
		}
		for _, key := range keys {
			if t := l.s.faces[key].find(l.c); t != nil {
				l.late(key, t, o.Type())
				l.late(key, t, types.NewPointer(o.Type()))
			}
		}
	}
}

// late tells the session of one type, if that implements the interface.
func (l *lowerer) late(key string, to, t types.Type) {
	if !types.Implements(t, to.Underlying().(*types.Interface)) {
		return
	}
	var assertion ast.Expr = &ast.TypeAssertExpr{X: ident("v__"), Type: l.typ(t)}
	if l.c.erased(t) {
		assertion = call(l.unboxer(types.NewInterfaceType(nil, nil), t, false), ident("v__"))
	}
	place := &ast.StarExpr{X: &ast.ParenExpr{X: &ast.TypeAssertExpr{X: ident("p__"), Type: &ast.StarExpr{X: l.typ(to)}}}}
	match := when(ident("ok__"), assign(place, l.boxed(ident("t__"), t, to)), giveBack(ident("true")))
	match.Init = &ast.AssignStmt{Lhs: []ast.Expr{ident("t__"), ident("ok__")}, Tok: token.DEFINE, Rhs: []ast.Expr{assertion}}
	f := &ast.FuncType{Params: params(ident("any"), ident("any")), Results: params(ident("bool"))}
	f.Params.List[0].Names = []*ast.Ident{ident("v__")}
	f.Params.List[1].Names = []*ast.Ident{ident("p__")}
	literal := &ast.FuncLit{Type: f, Body: block(match, giveBack(ident("false")))}
	l.c.prologue = append(l.c.prologue, do(call(l.runtime("Implementer"), stringLit(key), stringLit(syntax.Text(l.typ(t))), literal)))
}

// later tries the types of later cells.
func (l *lowerer) later(to types.Type, result func(ast.Expr, string) ast.Stmt) []ast.Stmt {
	key := syntax.Text(l.typ(to))
	if strings.Contains(key, naming.TemporaryMark) {
		return nil
	}
	l.noteFace(key, to)
	found := call(l.runtime("Later"), stringLit(key), ident("v__"), addressOf(ident("n__")))
	return []ast.Stmt{declareVar("n__", l.typ(to), nil), when(found, result(ident("n__"), "true"))}
}
