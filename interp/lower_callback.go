package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// concurrent lists packages of the standard library that call back on goroutines
// of their own.
var concurrent = map[string]bool{"context": true, "net/http": true, "time": true}

// callsBack tells whether a compiled function may call what it gets on a
// goroutine of its own, where a panic would end the process.
func (l *lowerer) callsBack(f ast.Expr) bool {
	sel, ok := ast.Unparen(f).(*ast.SelectorExpr)
	if !ok || !l.compiled(f) {
		return false
	}
	path := l.info.Uses[sel.Sel].Pkg().Path()
	first, _, _ := strings.Cut(path, "/")
	return concurrent[path] || first == "crossbook" || strings.Contains(first, ".")
}

// guarded wraps a function for a compiled one: what panics on a foreign goroutine
// is reported. Others it leaves as they are.
func (l *lowerer) guarded(x ast.Expr, lowered ast.Expr) ast.Expr {
	sig, ok := l.typeOf(x).Underlying().(*types.Signature)
	if !ok || l.info.Types[x].IsNil() || l.compiled(x) {
		return lowered
	}
	t := l.typ(l.typeOf(x))
	inner := l.sp.Signature(sig)
	args := nameParams(inner)
	report := do(call(l.runtime("CallbackEnds"), call(ident("recover"))))
	guard := &ast.DeferStmt{Call: call(&ast.FuncLit{Type: &ast.FuncType{Params: params()}, Body: block(report)})}
	body := forward(inner, call(ident("f__"), args...))
	body.List = append([]ast.Stmt{guard}, body.List...)
	maker := &ast.FuncType{Params: params(t), Results: params(t)}
	maker.Params.List[0].Names = []*ast.Ident{ident("f__")}
	unchanged := when(binary(ident("f__"), token.EQL, ident("nil")), giveBack(ident("f__")))
	return call(&ast.FuncLit{Type: maker, Body: block(unchanged, giveBack(&ast.FuncLit{Type: inner, Body: body}))}, lowered)
}
