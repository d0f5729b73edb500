package lower

import (
	"go/ast"
	"go/token"
	"go/types"

	"crossbook/interp/check"
	"crossbook/interp/syntax"
)

// adapter declares a struct that hands the methods of a compiled value to an
// interface of the session, which yaegi cannot make of the value itself. Its fields
// are those by which yaegi and the session know a wrapper. It returns its name; "" for
// an interface that no compiled value has.
func (l *lowerer) adapter(face *types.Interface) string {
	if face.NumMethods() == 0 {
		return ""
	}
	name := l.temporary("Adapter")
	fields := &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("IValue")}, Type: ident("any")}}}
	var methods []ast.Decl
	for m := range face.Methods() {
		if !m.Exported() || l.mentionsSession(m.Signature()) {
			return ""
		}
		fields.List = append(fields.List, &ast.Field{Names: []*ast.Ident{ident("W" + m.Name())}, Type: l.typ(m.Signature())})
		f := l.sp.Signature(m.Signature())
		c := call(selector(ident("r__"), "W"+m.Name()), nameParams(f)...)
		methods = append(methods, method(ident(name), m.Name(), f, forward(f, c)))
	}
	spec := &ast.TypeSpec{Name: ident(name), Type: &ast.StructType{Fields: fields}}
	l.extra = append(append(l.extra, &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{spec}}), methods...)
	return name
}

// method makes a method of a type; the body knows the receiver as r__.
func method(t ast.Expr, name string, f *ast.FuncType, body *ast.BlockStmt) ast.Decl {
	r := &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("r__")}, Type: t}}}
	return &ast.FuncDecl{Recv: r, Name: ident(name), Type: f, Body: body}
}

// mentionsSession tells whether a signature has types of the session, which no
// compiled method has.
func (l *lowerer) mentionsSession(sig *types.Signature) bool {
	found := false
	sp := &syntax.Speller{Uses: func(string) {}, Named: func(*types.TypeName) (ast.Expr, error) {
		found = true
		return ident("any"), nil
	}}
	sp.Expr(sig)
	return found || sp.Err != nil
}

// adapted tries whether v__ is a compiled value with the methods of an interface.
func (l *lowerer) adapted(to types.Type, result func(ast.Expr, string) ast.Stmt) []ast.Stmt {
	face := to.Underlying().(*types.Interface)
	name := l.adapter(face)
	if name == "" {
		return nil
	}
	literal := &ast.CompositeLit{Type: ident(name), Elts: []ast.Expr{&ast.KeyValueExpr{Key: ident("IValue"), Value: ident("v__")}}}
	get := []ast.Expr{ident("v__")}
	i := 0
	for m := range face.Methods() {
		t := l.typ(m.Signature())
		get = append(get, stringLit(m.Name()), call(&ast.ParenExpr{X: t}, ident("nil")))
		value := &ast.TypeAssertExpr{X: &ast.IndexExpr{X: ident("m__"), Index: intLit(i)}, Type: t}
		literal.Elts = append(literal.Elts, &ast.KeyValueExpr{Key: ident("W" + m.Name()), Value: value})
		i++
	}
	list := &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(to)}, Elts: []ast.Expr{literal}}
	w := declareVar("w__", l.typ(to), &ast.IndexExpr{X: list, Index: intLit(0)})
	test := when(binary(ident("m__"), token.NEQ, ident("nil")), w, result(ident("w__"), "true"))
	test.Init = define("m__", call(l.runtime("Methods"), get...))
	return []ast.Stmt{test}
}

// keepsNil tells whether storing a pointer in a compiled interface must keep it apart
// from no value where it is nil, which yaegi does not.
func (l *lowerer) keepsNil(x ast.Expr, from, to types.Type) bool {
	p, ok := types.Unalias(from).(*types.Pointer)
	if !ok || check.NamedOf(p) == nil || l.c.Entity(check.NamedOf(p).Obj()) == nil {
		return false
	}
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok && u.Op == token.AND {
		return false
	}
	n, ok := types.Unalias(to).(*types.Named)
	return ok && n.Obj().Pkg() != l.c.Pkg
}

// wrappedApart tells whether yaegi stores a value in a wrapper that finds it, at each
// call of a method, in the frame where the wrapper was made.
func (l *lowerer) wrappedApart(from, to types.Type) bool {
	n := check.NamedOf(from)
	face, ok := types.Unalias(to).(*types.Named)
	return ok && n != nil && l.c.Entity(n.Obj()) != nil && hasMethods(to) && face.Obj().Pkg() != l.c.Pkg
}

// wrap stores a value of the session in a compiled interface, in a frame of its own:
// another value that takes its place in this one would be that in the wrapper too. A
// nil pointer becomes a struct that has the methods and holds the pointer.
func (l *lowerer) wrap(x ast.Expr, from, to types.Type, keepsNil bool) ast.Expr {
	in := func(v ast.Expr) ast.Stmt {
		list := &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(to)}, Elts: []ast.Expr{v}}
		return giveBack(&ast.IndexExpr{X: list, Index: intLit(0)})
	}
	f := &ast.FuncType{Params: params(l.typ(from)), Results: params(l.typ(to))}
	f.Params.List[0].Names = []*ast.Ident{ident("p__")}
	body := block(in(ident("p__")))
	if keepsNil {
		isNil := when(binary(ident("p__"), token.EQL, ident("nil")), in(&ast.CompositeLit{Type: ident(l.nilHolder(from, to))}))
		body.List = append([]ast.Stmt{isNil}, body.List...)
	}
	return call(&ast.FuncLit{Type: f, Body: body}, x)
}

// nilHolder declares that struct, once in a cell.
func (l *lowerer) nilHolder(from, to types.Type) string {
	key := syntax.Text(l.typ(from)) + " in " + syntax.Text(l.typ(to))
	if name := l.holders[key]; name != "" {
		return name
	}
	name := l.temporary("Nil")
	l.holders[key] = name
	field := &ast.Field{Names: []*ast.Ident{ident("Pointer")}, Type: l.typ(from)}
	spec := &ast.TypeSpec{Name: ident(name), Type: &ast.StructType{Fields: &ast.FieldList{List: []*ast.Field{field}}}}
	l.extra = append(l.extra, &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{spec}})
	for m := range to.Underlying().(*types.Interface).Methods() {
		f := l.sp.Signature(m.Signature())
		c := call(selector(selector(ident("r__"), "Pointer"), m.Name()), nameParams(f)...)
		l.extra = append(l.extra, method(ident(name), m.Name(), f, forward(f, c)))
	}
	return name
}
