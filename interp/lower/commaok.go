package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// yaegi leaves the first variable of v, ok = m[k] and v, ok = x.(T) as it is when there
// is no such element or x holds something else, and also the one of v, ok := m[k] in the
// second round of a loop. Go sets it to zero.

// commaOk lowers such an assignment; nil for others.
func (l *lowerer) commaOk(s *ast.AssignStmt) []ast.Stmt {
	if len(s.Lhs) != 2 || len(s.Rhs) != 1 || isBlank(s.Lhs[0]) || !l.leavesOld(s.Rhs[0]) {
		return nil
	}
	given, ok := l.typeOf(s.Rhs[0]).(*types.Tuple)
	if !ok {
		return nil
	}
	t := given.At(0).Type()
	index, fromMap := ast.Unparen(s.Rhs[0]).(*ast.IndexExpr)
	to := l.targetType(s.Lhs[0])
	switch {
	case isBlank(s.Lhs[1]) && fromMap: // one value is zero where it is missing
		l.info.Types[index] = types.TypeAndValue{Type: t}
		return l.plainAssignment(&ast.AssignStmt{Lhs: s.Lhs[:1], Tok: s.Tok, TokPos: s.TokPos, Rhs: s.Rhs})
	case !isBlank(s.Lhs[1]) && plainVariable(s.Lhs[0]) && plainVariable(s.Lhs[1]) && types.Identical(to, t) && isBool(l.targetType(s.Lhs[1])):
		out := l.plainAssignment(s)
		if done, ok := out[len(out)-1].(*ast.AssignStmt); ok && len(done.Lhs) == 2 {
			return append(out, l.unlessOk(done.Lhs[0], done.Lhs[1], t))
		}
		return out
	}
	var out []ast.Stmt
	if s.Tok == token.ASSIGN { // places are found before the value
		for i, x := range s.Lhs {
			s.Lhs[i] = l.fixed(x, &out)
		}
	}
	value := l.typed(ident(l.temporary("o")), t)
	found := l.typed(ident(l.temporary("o")), types.Typ[types.Bool])
	first := &ast.AssignStmt{Lhs: []ast.Expr{ident(value.Name), ident(found.Name)}, Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(s.Rhs[0])}}
	second := &ast.AssignStmt{Lhs: s.Lhs, Tok: s.Tok, TokPos: s.TokPos, Rhs: []ast.Expr{value, found}}
	if isBlank(s.Lhs[1]) {
		second.Lhs, second.Rhs = s.Lhs[:1], second.Rhs[:1]
	}
	return append(append(out, first, l.unlessOk(value, found, t)), l.plainAssignment(second)...)
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// leavesOld tells whether an expression is an element of a map or an assertion that
// yaegi makes itself.
func (l *lowerer) leavesOld(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		_, isMap := l.typeOf(x.X).Underlying().(*types.Map)
		return isMap
	case *ast.TypeAssertExpr:
		return !isInterface(l.typeOf(x.Type)) && !l.erased(l.typeOf(x.Type))
	}
	return false
}

// unlessOk sets a variable to zero unless another is true.
func (l *lowerer) unlessOk(v, ok ast.Expr, t types.Type) ast.Stmt {
	v, ok = ident(v.(*ast.Ident).Name), ident(ok.(*ast.Ident).Name)
	if lit := l.zeroLit(t); lit != nil {
		return when(not(ok), assign(v, lit))
	}
	zero := l.temporary("zero")
	return when(not(ok), declareVar(zero, l.typ(t), nil), assign(v, ident(zero)))
}

// onlyWhereOk tells whether an if statement has v, ok := ... and looks at v only where
// ok is true, so that nobody sees an old v.
func (l *lowerer) onlyWhereOk(s *ast.IfStmt) bool {
	init, isAssign := s.Init.(*ast.AssignStmt)
	if !isAssign || init.Tok != token.DEFINE || len(init.Lhs) != 2 || len(init.Rhs) != 1 || !l.leavesOld(init.Rhs[0]) {
		return false
	}
	cond, isName := ast.Unparen(s.Cond).(*ast.Ident)
	ok, _ := init.Lhs[1].(*ast.Ident)
	if !isName || ok == nil || l.info.Uses[cond] == nil || l.info.Uses[cond] != l.info.Defs[ok] {
		return false
	}
	return s.Else == nil || !l.refersTo(l.defined(init.Lhs[0]), s.Else)
}
