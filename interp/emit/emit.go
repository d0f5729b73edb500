package emit

import (
	"go/ast"
	"slices"

	"crossbook/interp/lower"
	"crossbook/interp/naming"
)

// File makes a lowered cell a file: declarations, then the cell's statements as a
// function, which an init function hands to the session. The interpreter takes trees
// as the parser makes them, so this one becomes what reading its text would give,
// without writing the text.
func File(c lower.Lowered) *ast.File {
	start := &ast.SelectorExpr{X: ast.NewIdent(naming.Alias(naming.Support)), Sel: ast.NewIdent("Run")}
	hand := &ast.CallExpr{Fun: start, Args: []ast.Expr{ast.NewIdent(naming.CellFunc)}}
	decls := append(slices.Clone(c.Decls), function(naming.CellFunc, c.Body...), function("init", &ast.ExprStmt{X: hand}))
	f := &ast.File{Package: naming.EmittedPlace, Name: ast.NewIdent(naming.Main), Decls: decls}
	ast.Inspect(f, settle)
	return f
}

func function(name string, body ...ast.Stmt) *ast.FuncDecl {
	return &ast.FuncDecl{
		Name: ast.NewIdent(name), Type: &ast.FuncType{Params: &ast.FieldList{}},
		Body: &ast.BlockStmt{List: body},
	}
}
