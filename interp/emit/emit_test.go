package emit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"crossbook/interp/lower"
)

func TestFile(t *testing.T) {
	x, err := parser.ParseExpr("x + 1")
	if err != nil {
		t.Fatal(err)
	}
	got, err := File(lower.Lowered{
		Decls: []ast.Decl{&ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent("x")}, Type: ast.NewIdent("int")}}}},
		Body:  []ast.Stmt{&ast.AssignStmt{Lhs: []ast.Expr{ast.NewIdent("x")}, Tok: token.ASSIGN, Rhs: []ast.Expr{x}}},
	})
	const want = `package main

var x int

func cell__() {
	x = x + 1
}
func init() {
	p_crossbook_session.Run(cell__)
}
`
	if err != nil || got != want {
		t.Errorf("%v\ngot:\n%swant:\n%s", err, got, want)
	}
}
