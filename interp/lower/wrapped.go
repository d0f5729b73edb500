package lower

import (
	"go/ast"
	"go/types"
)

// yaegi has no type that is made of itself without a struct between. So a function type
// such as
//
//	type stateFn func(*lexer) stateFn
//
// is a struct with the function in it. Where Go takes a function for a stateFn the
// struct is made, and where it takes a stateFn for a function that is taken out.

// wrappedField is the field of such a struct.
const wrappedField = "Wrapped__"

// wrapped tells whether a type is one in a struct.
func (l *lowerer) wrapped(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	if _, isFunc := n.Underlying().(*types.Signature); !isFunc || n.Obj().Pkg() != l.c.Pkg {
		return false
	}
	is, known := l.endless[n]
	if !known {
		is = endless(n)
		l.endless[n] = is
	}
	return is
}

// wrapping makes the struct of a type.
func (l *lowerer) wrapping(t types.Type) *ast.StructType {
	fields := params(l.typ(t.Underlying()))
	fields.List[0].Names = []*ast.Ident{ident(wrappedField)}
	setTag(fields.List[0], `json:"-" xml:"-"`)
	return &ast.StructType{Fields: fields}
}

// rewraps tells whether a value becomes one in a struct, or one out of it.
func (l *lowerer) rewraps(from, to types.Type) bool {
	if from == nil || to == nil || isInterface(from) || isInterface(to) || isTuple(from) {
		return false
	}
	return l.wrapped(from) != l.wrapped(to)
}

// rewrapped does that to a lowered value.
func (l *lowerer) rewrapped(x ast.Expr, from, to types.Type) ast.Expr {
	switch {
	case !l.wrapped(to):
		return call(&ast.ParenExpr{X: l.typ(to)}, l.unwrap(x))
	case isNil(from) || isNilName(x):
		return &ast.ParenExpr{X: &ast.CompositeLit{Type: l.typ(to)}} // it may stand before a block
	}
	if _, named := types.Unalias(from).(*types.Named); named {
		x = call(&ast.ParenExpr{X: l.typ(from.Underlying())}, x)
	}
	return &ast.ParenExpr{X: &ast.CompositeLit{Type: l.typ(to), Elts: []ast.Expr{x}}}
}

// unwrap takes the function out of its struct.
func (l *lowerer) unwrap(x ast.Expr) ast.Expr { return selector(x, wrappedField) }

func isNilName(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && id.Name == "nil"
}

// nothingWrapped lowers the comparison of a function in a struct with nil; nil for
// others.
func (l *lowerer) nothingWrapped(n *ast.BinaryExpr) ast.Node {
	for _, pair := range [][2]ast.Expr{{n.X, n.Y}, {n.Y, n.X}} {
		if l.info.Types[pair[1]].IsNil() && l.wrapped(l.typeOf(pair[0])) {
			return binary(l.unwrap(l.expr(pair[0])), n.Op, ident("nil")).(*ast.BinaryExpr)
		}
	}
	return nil
}
