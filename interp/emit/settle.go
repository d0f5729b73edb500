package emit

import (
	"go/ast"
	"go/token"

	"crossbook/interp/naming"
)

// settle makes a node, before its parts, what the parser would have made of it: with
// parentheses where operators bind otherwise, without those around a condition, and
// without empty lists of results. Names get the one place that the interpreter knows.
func settle(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		n.NamePos = naming.EmittedPlace
	case *ast.IfStmt:
		n.Cond = bare(n.Cond)
	case *ast.ForStmt:
		n.Cond = bare(n.Cond)
	case *ast.SwitchStmt:
		n.Tag = bare(n.Tag)
	case *ast.RangeStmt:
		n.X = bare(n.X)
	case *ast.FuncType:
		if n.Results != nil && len(n.Results.List) == 0 {
			n.Results = nil
		}
	case ast.Expr:
		settleOperands(n)
	}
	return true
}

// settleOperands puts the operands of an expression into parentheses that they need.
func settleOperands(x ast.Expr) {
	switch x := x.(type) {
	case *ast.BinaryExpr:
		x.X = bound(x.X, x.Op.Precedence())
		x.Y = bound(x.Y, x.Op.Precedence()+1)
	case *ast.UnaryExpr:
		x.X = bound(x.X, token.UnaryPrec)
	case *ast.SelectorExpr:
		x.X = bound(x.X, token.HighestPrec)
	case *ast.TypeAssertExpr:
		x.X = bound(x.X, token.HighestPrec)
	case *ast.IndexExpr:
		x.X = bound(x.X, token.HighestPrec)
	case *ast.IndexListExpr:
		x.X = bound(x.X, token.HighestPrec)
	case *ast.SliceExpr:
		x.X = bound(x.X, token.HighestPrec)
	case *ast.CallExpr:
		x.Fun = bound(x.Fun, token.HighestPrec)
	case *ast.ParenExpr:
		for p, double := x.X.(*ast.ParenExpr); double; p, double = x.X.(*ast.ParenExpr) {
			x.X = p.X
		}
	}
}

// bound puts an expression that binds less than a precedence into parentheses, and the
// types that would take what follows them for a part of theirs.
func bound(x ast.Expr, precedence int) ast.Expr {
	binds := token.HighestPrec
	switch x := x.(type) {
	case *ast.BinaryExpr:
		binds = x.Op.Precedence()
	case *ast.UnaryExpr, *ast.StarExpr:
		binds = token.UnaryPrec
	case *ast.FuncType, *ast.ChanType:
		binds = token.LowestPrec
	}
	if binds >= precedence {
		return x
	}
	return &ast.ParenExpr{X: x}
}

// bare takes the parentheses off a condition.
func bare(x ast.Expr) ast.Expr {
	p, ok := x.(*ast.ParenExpr)
	if !ok || startsBlock(p.X) {
		return x
	}
	return bare(p.X)
}

// startsBlock tells whether the parser would take the brace of a composite literal in
// a condition for that of the block.
func startsBlock(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ParenExpr:
			return false
		case *ast.CompositeLit:
			switch n.Type.(type) {
			case *ast.Ident, *ast.SelectorExpr:
				found = true
			}
			return false
		}
		return true
	})
	return found
}
