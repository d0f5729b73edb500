package emit

import (
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"slices"
	"strings"

	"crossbook/interp/lower"
	"crossbook/interp/naming"
)

// File writes a lowered cell as a file: declarations, then the cell's statements as
// a function, which an init function hands to the session.
func File(c lower.Lowered) (text string, err error) {
	start := &ast.SelectorExpr{X: ast.NewIdent(naming.Alias(naming.Support)), Sel: ast.NewIdent("Run")}
	hand := &ast.CallExpr{Fun: start, Args: []ast.Expr{ast.NewIdent(naming.CellFunc)}}
	decls := append(slices.Clone(c.Decls), function(naming.CellFunc, c.Body...), function("init", &ast.ExprStmt{X: hand}))
	var b strings.Builder
	plain := printer.Config{Mode: printer.RawFormat} // nobody reads it: columns are not aligned
	if err := plain.Fprint(&b, token.NewFileSet(), &ast.File{Name: ast.NewIdent(naming.Main), Decls: decls}); err != nil {
		return "", fmt.Errorf("interp: printing a lowered cell: %w", err)
	}
	return b.String(), nil
}

func function(name string, body ...ast.Stmt) *ast.FuncDecl {
	return &ast.FuncDecl{
		Name: ast.NewIdent(name), Type: &ast.FuncType{Params: &ast.FieldList{}},
		Body: &ast.BlockStmt{List: body},
	}
}
