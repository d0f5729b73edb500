package lower

import (
	"go/ast"
	"go/token"
	"strconv"
)

// Makers of syntax.

func ident(name string) *ast.Ident { return ast.NewIdent(name) }

func call(f ast.Expr, args ...ast.Expr) *ast.CallExpr { return &ast.CallExpr{Fun: f, Args: args} }

func do(x ast.Expr) ast.Stmt { return &ast.ExprStmt{X: x} }

func define(name string, x ast.Expr) ast.Stmt {
	return &ast.AssignStmt{Lhs: []ast.Expr{ident(name)}, Tok: token.DEFINE, Rhs: []ast.Expr{x}}
}

func assign(to, x ast.Expr) ast.Stmt {
	return &ast.AssignStmt{Lhs: []ast.Expr{to}, Tok: token.ASSIGN, Rhs: []ast.Expr{x}}
}

// declareVar makes var name typ = value; value may be nil.
func declareVar(name string, typ, value ast.Expr) ast.Stmt {
	spec := &ast.ValueSpec{Names: []*ast.Ident{ident(name)}, Type: typ}
	if value != nil {
		spec.Values = []ast.Expr{value}
	}
	return &ast.DeclStmt{Decl: &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{spec}}}
}

func block(list ...ast.Stmt) *ast.BlockStmt { return &ast.BlockStmt{List: list} }

func binary(x ast.Expr, op token.Token, y ast.Expr) ast.Expr {
	return &ast.BinaryExpr{X: x, Op: op, Y: y}
}

func not(x ast.Expr) ast.Expr { return &ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: x}} }

func when(cond ast.Expr, list ...ast.Stmt) *ast.IfStmt {
	return &ast.IfStmt{Cond: cond, Body: block(list...)}
}

func giveBack(results ...ast.Expr) ast.Stmt { return &ast.ReturnStmt{Results: results} }

func addressOf(x ast.Expr) ast.Expr { return &ast.UnaryExpr{Op: token.AND, X: x} }

func selector(x ast.Expr, name string) ast.Expr { return &ast.SelectorExpr{X: x, Sel: ident(name)} }

func intLit(n int) ast.Expr { return &ast.BasicLit{Kind: token.INT, Value: strconv.Itoa(n)} }

func stringLit(s string) ast.Expr {
	return &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(s)}
}

func params(types ...ast.Expr) *ast.FieldList {
	list := &ast.FieldList{}
	for _, t := range types {
		list.List = append(list.List, &ast.Field{Type: t})
	}
	return list
}

// nameParams names the parameters of a function type and returns the names as
// arguments for passing them on.
func nameParams(f *ast.FuncType) []ast.Expr {
	var args []ast.Expr
	for i, p := range f.Params.List {
		name := "a" + strconv.Itoa(i)
		p.Names = []*ast.Ident{ident(name)}
		args = append(args, ident(name))
	}
	return args
}

// withNames names the parameters of a function that have no names, for which yaegi has
// no place in the frame.
func withNames(f *ast.FuncType) *ast.FuncType {
	for _, p := range f.Params.List {
		if len(p.Names) == 0 {
			p.Names = []*ast.Ident{ident("_")}
		}
	}
	return f
}

// forward makes the body of a function that only calls another.
func forward(f *ast.FuncType, c *ast.CallExpr) *ast.BlockStmt {
	if n := len(f.Params.List); n > 0 {
		if _, variadic := f.Params.List[n-1].Type.(*ast.Ellipsis); variadic {
			c.Ellipsis = 1
		}
	}
	if f.Results == nil {
		return block(do(c))
	}
	return block(giveBack(c))
}
