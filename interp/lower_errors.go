package interp

import (
	"go/ast"
	"go/token"
	"go/types"
)

// errorsAs lowers errors.As for a target of a type of the session, whose methods
// package errors does not see; nil for others.
func (l *lowerer) errorsAs(n *ast.CallExpr) ast.Node {
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok || len(n.Args) != 2 {
		return nil
	}
	if f, ok := l.info.Uses[sel.Sel].(*types.Func); !ok || f.FullName() != "errors.As" {
		return nil
	}
	p, ok := l.typeOf(n.Args[1]).Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	target := namedOf(p.Elem())
	if target == nil || l.c.entity(target.Obj()) == nil {
		return nil
	}
	var match ast.Expr = &ast.TypeAssertExpr{X: ident("v__"), Type: l.typ(p.Elem())}
	if l.c.erased(p.Elem()) {
		match = call(l.unboxer(types.NewInterfaceType(nil, nil), p.Elem(), false), ident("v__"))
	}
	if isInterface(p.Elem()) {
		match = call(l.asserter(types.NewInterfaceType(nil, nil), p.Elem(), false), ident("v__"))
	}
	found := when(ident("ok__"), assign(&ast.StarExpr{X: ident("p__")}, ident("t__")), giveBack(ident("true")))
	found.Init = &ast.AssignStmt{Lhs: []ast.Expr{ident("t__"), ident("ok__")}, Tok: token.DEFINE, Rhs: []ast.Expr{match}}
	errorType := types.Universe.Lookup("error").Type()
	loop := &ast.RangeStmt{Key: ident("_"), Value: ident("v__"), Tok: token.DEFINE, X: call(l.runtime("ErrorChain"), ident("e__")), Body: block(found)}
	f := &ast.FuncType{Params: params(l.typ(errorType), l.typ(p)), Results: params(ident("bool"))}
	f.Params.List[0].Names = []*ast.Ident{ident("e__")}
	f.Params.List[1].Names = []*ast.Ident{ident("p__")}
	literal := &ast.FuncLit{Type: f, Body: block(loop, giveBack(ident("false")))}
	return call(literal, l.converted(n.Args[0], errorType), l.expr(n.Args[1]))
}
