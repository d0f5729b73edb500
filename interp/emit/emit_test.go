package emit

import (
	"go/ast"
	"go/printer"
	"go/token"
	"strings"
	"testing"

	"crossbook/interp/lower"
)

func name(s string) ast.Expr { return ast.NewIdent(s) }

func minus(x, y ast.Expr) ast.Expr { return &ast.BinaryExpr{X: x, Op: token.SUB, Y: y} }

func paren(x ast.Expr) ast.Expr { return &ast.ParenExpr{X: x} }

func text(t *testing.T, n any) string {
	t.Helper()
	var b strings.Builder
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFile(t *testing.T) {
	got := text(t, File(lower.Lowered{
		Decls: []ast.Decl{&ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent("x")}, Type: name("int")}}}},
		Body:  []ast.Stmt{&ast.AssignStmt{Lhs: []ast.Expr{name("x")}, Tok: token.ASSIGN, Rhs: []ast.Expr{minus(name("x"), name("y"))}}},
	}))
	const want = `package main

var x int

func cell__() {
	x = x - y
}
func init() {
	p_crossbook_session.Run(cell__)
}
`
	if got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// TestSettle: parentheses are where the text needs them, and are nodes.
func TestSettle(t *testing.T) {
	a, b := name("a"), name("b")
	literal := &ast.CompositeLit{Type: name("T")}
	for _, c := range []struct {
		from ast.Node
		want ast.Node // in it, the parentheses are written out
	}{
		{minus(a, minus(a, b)), minus(a, paren(minus(a, b)))},
		{minus(minus(a, b), a), minus(minus(a, b), a)},
		{&ast.UnaryExpr{Op: token.SUB, X: minus(a, b)}, &ast.UnaryExpr{Op: token.SUB, X: paren(minus(a, b))}},
		{&ast.SelectorExpr{X: &ast.StarExpr{X: a}, Sel: ast.NewIdent("f")}, &ast.SelectorExpr{X: paren(&ast.StarExpr{X: a}), Sel: ast.NewIdent("f")}},
		{&ast.CallExpr{Fun: &ast.ChanType{Dir: ast.RECV, Value: a}, Args: []ast.Expr{b}}, &ast.CallExpr{Fun: paren(&ast.ChanType{Dir: ast.RECV, Value: a}), Args: []ast.Expr{b}}},
		{&ast.IndexExpr{X: paren(paren(minus(a, b))), Index: a}, &ast.IndexExpr{X: paren(minus(a, b)), Index: a}},
		{&ast.IfStmt{Cond: paren(minus(a, b)), Body: &ast.BlockStmt{}}, &ast.IfStmt{Cond: minus(a, b), Body: &ast.BlockStmt{}}},
		{&ast.RangeStmt{X: paren(literal), Body: &ast.BlockStmt{}}, &ast.RangeStmt{X: paren(literal), Body: &ast.BlockStmt{}}},
		{&ast.FuncType{Params: &ast.FieldList{}, Results: &ast.FieldList{}}, &ast.FuncType{Params: &ast.FieldList{}}},
	} {
		ast.Inspect(c.from, settle)
		ast.Inspect(c.want, place)
		if got, want := written(t, c.from), written(t, c.want); got != want {
			t.Errorf("got:\n%swant:\n%s", got, want)
		}
	}
}

// place puts names where settle puts them.
func place(n ast.Node) bool {
	if id, ok := n.(*ast.Ident); ok {
		id.NamePos = 1
	}
	return true
}

// written is a tree with its parentheses.
func written(t *testing.T, n ast.Node) string {
	t.Helper()
	var b strings.Builder
	if err := ast.Fprint(&b, nil, n, ast.NotNilFilter); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
