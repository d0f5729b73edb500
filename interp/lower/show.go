package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"crossbook/interp/check"
)

// show lowers the expression that ends a cell: it hands its value, or values, to
// the session. A call without results, the results of fmt.Print and its kin, a
// nil and a value before a semicolon are not shown.
func (l *lowerer) show(e ast.Expr) []ast.Stmt {
	tv := l.info.Types[e]
	if tv.IsType() && !l.c.Silent {
		return []ast.Stmt{do(call(l.runtime("Show"), stringLit(l.faceName(tv.Type))))}
	}
	if l.c.Silent || tv.IsVoid() || tv.IsNil() || l.prints(e) {
		return l.unshown(e, tv)
	}
	if tuple, ok := tv.Type.(*types.Tuple); ok {
		return l.showTuple(e, tuple)
	}
	t := types.Default(tv.Type)
	if tv.Value != nil {
		if b, ok := t.Underlying().(*types.Basic); ok && !representable(tv, b) {
			l.fail(e.Pos(), "%s overflows %s", types.ExprString(e), t)
		}
	}
	name := l.temporary("v")
	x := l.expr(e)
	if tv.Value != nil {
		x = l.constant(tv.Value, t)
	}
	return []ast.Stmt{declareVar(name, l.typ(t), x), do(call(l.runtime("Show"), l.shown(name, t)))}
}

func (l *lowerer) unshown(e ast.Expr, tv types.TypeAndValue) []ast.Stmt {
	if out := l.panicStmt(e); out != nil {
		return out
	}
	_, isCall := ast.Unparen(e).(*ast.CallExpr)
	u, isUnary := ast.Unparen(e).(*ast.UnaryExpr)
	switch {
	case tv.IsNil() || tv.Value != nil:
		return nil
	case isCall && !tv.IsType(), isUnary && u.Op == token.ARROW:
		if l.builtinNeedsUse(e) {
			return []ast.Stmt{assign(ident("_"), l.expr(e))}
		}
		return []ast.Stmt{do(l.expr(e))}
	}
	return []ast.Stmt{assign(ident("_"), l.expr(e))}
}

// builtinNeedsUse tells whether e is a call that may not stand alone.
func (l *lowerer) builtinNeedsUse(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch l.builtin(c.Fun) {
	case "append", "cap", "complex", "imag", "len", "make", "new", "real", "min", "max":
		return true
	}
	return l.info.Types[c.Fun].IsType()
}

// showTuple shows all results of a call; an error at the end only if there is
// one.
func (l *lowerer) showTuple(e ast.Expr, tuple *types.Tuple) []ast.Stmt {
	a := &ast.AssignStmt{Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(e)}}
	var args []ast.Expr
	for i := range tuple.Len() {
		name := l.temporary("v")
		a.Lhs = append(a.Lhs, ident(name))
		args = append(args, l.shown(name, tuple.At(i).Type()))
	}
	show := "Show"
	if isErrorType(tuple.At(tuple.Len() - 1).Type()) {
		show = "ShowChecked"
	}
	return []ast.Stmt{a, do(call(l.runtime(show), args...))}
}

func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// prints tells whether e calls one of fmt.Print and its kin.
func (l *lowerer) prints(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	o := l.info.Uses[sel.Sel]
	if o == nil || o.Pkg() == nil || o.Pkg().Path() != "fmt" {
		return false
	}
	return strings.HasPrefix(o.Name(), "Print") || strings.HasPrefix(o.Name(), "Fprint")
}

// shown passes a variable to Show. A value of an interpreted type goes as the
// first of the session's display interfaces that the type checker finds it to
// have: at run time its methods are invisible.
func (l *lowerer) shown(name string, t types.Type) ast.Expr {
	n := check.NamedOf(t)
	if n == nil || l.c.Entity(n.Obj()) == nil || isInterface(t) {
		return ident(name)
	}
	for _, face := range l.session.Displays {
		if types.Implements(t, face.Underlying().(*types.Interface)) {
			return l.boxed(ident(name), t, face)
		}
	}
	return ident(name)
}

// representable tells whether an untyped constant fits the type that it has when
// nothing gives it another.
func representable(tv types.TypeAndValue, b *types.Basic) bool {
	switch b.Kind() {
	case types.Int, types.Int32:
		var i int64
		_, err := fmt.Sscan(tv.Value.ExactString(), &i)
		return err == nil && (b.Kind() == types.Int || int64(int32(i)) == i)
	}
	return true
}
