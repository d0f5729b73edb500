package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// rangeChannels lowers a range over a slice, array or map of channels that wants its
// elements: yaegi would take it for one over the element. It runs over the keys, and
// finds the element itself. nil for others.
func (l *lowerer) rangeChannels(s *ast.RangeStmt, label string) []ast.Stmt {
	t := l.typeOf(s.X)
	key, elem := rangeTypes(t)
	if s.Value == nil || isBlank(s.Value) || elem == nil {
		return nil
	}
	if _, ok := elem.Underlying().(*types.Chan); !ok {
		return nil
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
	default:
		return nil
	}
	list := l.typed(ident(l.temporary("x")), t)
	before := declareVar(list.Name, l.typ(t), l.expr(s.X))
	set := func(to, x ast.Expr) *ast.AssignStmt {
		return &ast.AssignStmt{Lhs: []ast.Expr{to}, Tok: s.Tok, TokPos: s.TokPos, Rhs: []ast.Expr{x}}
	}
	at := l.typed(ident(l.temporary("k")), key)
	found := &ast.IndexExpr{X: list, Index: at}
	l.info.Types[found] = types.TypeAndValue{Type: elem}
	var first []ast.Stmt
	if s.Key != nil && !isBlank(s.Key) {
		first = append(first, set(s.Key, at))
	}
	first = append(first, set(s.Value, found))
	s.Body.List = append(first, s.Body.List...)
	s.Key, s.Value, s.X, s.Tok = at, nil, list, token.DEFINE
	return []ast.Stmt{block(append([]ast.Stmt{before}, l.rangeStmt(s, label)...)...)}
}
