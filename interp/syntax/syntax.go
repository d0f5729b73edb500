package syntax

import (
	"go/ast"
	"go/format"
	"go/token"
	"strings"
)

// Receiver returns the name of a method's type and whether that is generic.
func Receiver(d *ast.FuncDecl) (name string, generic bool) {
	if len(d.Recv.List) == 0 { // go/types says so
		return "", false
	}
	t := ast.Unparen(d.Recv.List[0].Type)
	if star, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(star.X)
	}
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name, false
	case *ast.IndexExpr:
		name, _ = IdentName(t.X)
		return name, true
	case *ast.IndexListExpr:
		name, _ = IdentName(t.X)
		return name, true
	}
	return "", false
}

// IdentName returns the name that an expression is, if it is one.
func IdentName(e ast.Expr) (string, bool) {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name, true
	}
	return "", false
}

// Indexed takes x[a, b] apart; what is no index expression has no arguments.
func Indexed(x ast.Expr) (base ast.Expr, args []ast.Expr) {
	switch x := x.(type) {
	case *ast.IndexExpr:
		return x.X, []ast.Expr{x.Index}
	case *ast.IndexListExpr:
		return x.X, x.Indices
	}
	return x, nil
}

// Text writes a piece of syntax as code.
func Text(n any) string {
	if id, ok := n.(*ast.Ident); ok {
		return id.Name
	}
	var b strings.Builder
	if err := format.Node(&b, token.NewFileSet(), n); err != nil {
		return err.Error()
	}
	return b.String()
}

// Instantiate applies a generic name to type arguments.
func Instantiate(x ast.Expr, args []ast.Expr) ast.Expr {
	switch len(args) {
	case 0:
		return x
	case 1:
		return &ast.IndexExpr{X: x, Index: args[0]}
	}
	return &ast.IndexListExpr{X: x, Indices: args}
}
