package lower

import (
	"go/ast"
	"go/token"
	"go/types"

	"crossbook/interp/naming"
)

// equality lowers x == y and x != y where one is an interface, nil for others:
// yaegi converts one to the type of the other, and takes a nil pointer in an
// interface for no value.
func (l *lowerer) equality(n *ast.BinaryExpr) ast.Node {
	x, y := l.typeOf(n.X), l.typeOf(n.Y)
	if out := l.nothingWrapped(n); out != nil {
		return out
	}
	if !isInterface(x) && !isInterface(y) {
		return l.sameType(n, x, y)
	}
	if isNil(x) || isNil(y) || l.info.Types[n.X].IsNil() || l.info.Types[n.Y].IsNil() {
		return l.nilness(n)
	}
	args := []ast.Expr{l.compared(n.X), l.compared(n.Y)}
	return l.asType(l.negated(n.Op, call(l.runtime("Equal"), args...)), l.typeOf(n))
}

// sameType lowers a comparison of values of which one has a named type and the
// other the type below it, or channels of different directions; nil for others.
func (l *lowerer) sameType(n *ast.BinaryExpr, x, y types.Type) ast.Node {
	if hasBlank(x) && hasBlank(y) || compiledWithInterface(x) && compiledWithInterface(y) {
		return l.asType(l.negated(n.Op, call(l.runtime("EqualFields"), l.expr(n.X), l.expr(n.Y))), l.typeOf(n))
	}
	if types.Identical(x, y) || isNil(x) || isNil(y) || !types.Identical(x, x.Underlying()) && !types.Identical(y, y.Underlying()) {
		return nil
	}
	if _, isBasic := x.Underlying().(*types.Basic); isBasic || l.info.Types[n.X].IsNil() || l.info.Types[n.Y].IsNil() {
		return nil
	}
	to := x
	if types.ConvertibleTo(x, y) && (!types.Identical(y, y.Underlying()) || !types.ConvertibleTo(y, x)) {
		to = y
	}
	convert := func(e ast.Expr) ast.Expr {
		lowered := l.expr(e)
		if types.Identical(l.typeOf(e), to) {
			return lowered
		}
		return call(&ast.ParenExpr{X: l.typ(to)}, lowered)
	}
	return binary(convert(n.X), n.Op, convert(n.Y)).(*ast.BinaryExpr)
}

// compiledWithInterface tells whether a type is a compiled struct in which a value of
// the session may stand as an interface, in a wrapper that cannot be compared.
func compiledWithInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() == naming.Main {
		return false
	}
	st, ok := n.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if isInterface(f.Type()) || compiledWithInterface(f.Type()) {
			return true
		}
	}
	return false
}

// asType converts a truth value where it has a type of its own.
func (l *lowerer) asType(x ast.Expr, t types.Type) ast.Expr {
	if _, isBasic := types.Unalias(t).(*types.Basic); isBasic {
		return x
	}
	return call(l.typ(t), x)
}

// compared lowers one side of a comparison to an interface without methods.
func (l *lowerer) compared(x ast.Expr) ast.Expr {
	return l.stored(l.operand(x), l.typeOf(x), types.NewInterfaceType(nil, nil))
}

func (l *lowerer) operand(x ast.Expr) ast.Expr {
	lowered := l.expr(x)
	t := l.typeOf(x)
	empty := types.NewInterfaceType(nil, nil)
	if l.info.Types[x].Value != nil {
		return l.constantOf(x, t)
	}
	return l.operated(lowered, x, empty)
}

// constantOf writes a constant operand in its type.
func (l *lowerer) constantOf(x ast.Expr, t types.Type) ast.Expr {
	if isInterface(t) {
		t = types.Default(l.info.Types[x].Type)
	}
	return l.constant(l.info.Types[x].Value, types.Default(t))
}

func (l *lowerer) negated(op token.Token, x ast.Expr) ast.Expr {
	if op == token.NEQ {
		return &ast.UnaryExpr{Op: token.NOT, X: x}
	}
	return x
}

// nilness compares an interface with nil. What yaegi says is true unless it says
// nil, for then there may be a nil pointer in the interface.
func (l *lowerer) nilness(n *ast.BinaryExpr) ast.Node {
	subject := n.X
	if isNil(l.typeOf(subject)) || l.info.Types[subject].IsNil() {
		subject = n.Y
	}
	x := l.expr(subject)
	slow := call(l.runtime("IsNil"), x)
	if !plainOperand(subject) {
		return l.asType(l.negated(n.Op, slow), l.typeOf(n))
	}
	quick := binary(x, token.EQL, ident("nil"))
	both := &ast.ParenExpr{X: binary(quick, token.LAND, slow)}
	return l.asType(l.negated(n.Op, both), l.typeOf(n))
}

// plainOperand tells whether an expression can be evaluated twice.
func plainOperand(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return plainOperand(x.X)
	}
	return false
}
