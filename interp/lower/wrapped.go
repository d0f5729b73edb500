package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"crossbook/interp/naming"
)

// yaegi has no type that is made of itself without a struct between. So a type such as
//
//	type stateFn func(*lexer) stateFn
//	type tree map[string]tree
//
// is a struct with the function or map in it. Where Go takes a function for a stateFn
// the struct is made, and where it uses a stateFn as a function that is taken out.

// wrapped tells whether a type is one in a struct.
func (l *lowerer) wrapped(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	switch n.Underlying().(type) {
	case *types.Basic, *types.Struct, *types.Interface:
		return false
	}
	if n.Obj().Pkg() != l.c.Pkg || n.TypeParams().Len() > n.TypeArgs().Len() {
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
	fields.List[0].Names = []*ast.Ident{ident(naming.Recursive)}
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
	field := &ast.KeyValueExpr{Key: ident(naming.Recursive), Value: x}
	return &ast.ParenExpr{X: &ast.CompositeLit{Type: l.typ(to), Elts: []ast.Expr{field}}}
}

// unwrap takes the function out of its struct.
func (l *lowerer) unwrap(x ast.Expr) ast.Expr { return selector(x, naming.Recursive) }

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

// plain writes an expression as one of the type below, where that is in a struct.
func (l *lowerer) plain(x ast.Expr) ast.Expr {
	if x == nil || l.info.Types[x].IsType() {
		return x
	}
	t := l.typeOf(x)
	if p, ok := t.(*types.Pointer); ok { // to an array, which is used as one
		if _, isArray := p.Elem().Underlying().(*types.Array); isArray {
			t = p.Elem()
		}
	}
	if !l.wrapped(t) {
		return x
	}
	out := &ast.SelectorExpr{X: x, Sel: ident(naming.Recursive)}
	l.info.Types[out] = types.TypeAndValue{Type: t.Underlying()}
	return out
}

// onPlain makes the operands of an expression, and the expression itself, ones of the
// types below. It returns the lowered struct around the expression, nil if that has
// none.
func (l *lowerer) onPlain(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.IndexExpr:
		n.X = l.plain(n.X)
	case *ast.StarExpr:
		if l.wrapped(l.typeOf(n.X)) {
			n.X = l.plain(n.X)
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			n.X = l.plain(n.X)
		}
	case *ast.SliceExpr:
		n.X = l.plain(n.X)
		if t := l.typeOf(n); l.wrapped(t) {
			m := *n
			return l.inStruct(&m, t)
		}
	case *ast.CompositeLit:
		if t := l.typeOf(n); l.wrapped(t) && n.Type != nil {
			m := *n
			m.Type = l.typ(t.Underlying())
			return l.inStruct(&m, t)
		}
	case *ast.CallExpr:
		return l.builtinOnPlain(n)
	}
	return nil
}

// inStruct lowers an expression of the type below another, and puts the value into
// the struct of that.
func (l *lowerer) inStruct(x ast.Expr, t types.Type) ast.Node {
	l.info.Types[x] = types.TypeAndValue{Type: t.Underlying()}
	return l.rewrapped(l.expr(x), t.Underlying(), t)
}

// builtinOnPlain is onPlain for a call of a built-in function.
func (l *lowerer) builtinOnPlain(n *ast.CallExpr) ast.Node {
	name := l.builtin(n.Fun)
	if name == "" || len(n.Args) == 1 && isTuple(l.typeOf(n.Args[0])) { // see unpacked
		return nil
	}
	switch name {
	case "len", "cap", "copy", "delete", "clear", "close":
		n.Args[0] = l.plain(n.Args[0])
		if name == "copy" {
			n.Args[1] = l.plain(n.Args[1])
		}
	case "append", "make":
		m := *n
		m.Args = slices.Clone(n.Args)
		m.Args[0] = l.plain(n.Args[0])
		if n.Ellipsis.IsValid() {
			m.Args[1] = l.plain(n.Args[1])
		}
		t := l.typeOf(n)
		if !l.wrapped(t) {
			n.Args = m.Args
			return nil
		}
		if name == "make" {
			m.Args[0] = l.typ(t.Underlying())
		}
		return l.inStruct(&m, t)
	}
	return nil
}

// endless tells whether a type is made of itself without a struct or interface
// between, as in type T []T.
func endless(t types.Type) bool {
	seen := map[types.Type]bool{}
	var visit func(types.Type) bool
	visit = func(u types.Type) bool {
		u = types.Unalias(u)
		if seen[u] {
			return u == t
		}
		seen[u] = true
		switch u := u.(type) {
		case *types.Named:
			return visit(u.Underlying())
		case *types.Map:
			return visit(u.Key()) || visit(u.Elem())
		case *types.Signature:
			return visit(u.Params()) || visit(u.Results())
		case *types.Tuple:
			for i := range u.Len() {
				if visit(u.At(i).Type()) {
					return true
				}
			}
		case interface{ Elem() types.Type }:
			return visit(u.Elem())
		}
		return false
	}
	return visit(t)
}
