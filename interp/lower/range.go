package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"

	"crossbook/interp/syntax"
)

func (l *lowerer) rangeStmt(s *ast.RangeStmt, label string) []ast.Stmt {
	s.X = l.plain(s.X)
	if out := l.rangeChannels(s, label); out != nil {
		return out
	}
	switch t := l.typeOf(s.X).Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsInteger != 0:
			return l.rangeInt(s, label)
		case t.Info()&types.IsString != 0:
			return l.rangeString(s)
		}
	case *types.Signature:
		return l.rangeFunc(s, t, label)
	case *types.Pointer: // to an array, of which only the length is wanted
		if s.Value == nil || isBlank(s.Value) {
			return l.rangeLength(s, t.Elem().Underlying().(*types.Array), label)
		}
	case *types.Array:
		if (s.Value == nil || isBlank(s.Value)) && !l.anyCalls([]ast.Expr{s.X}) {
			return l.rangeLength(s, t, label)
		}
	}
	keys := l.rangeKeys(s)
	first := append(l.rangeVars(s), keys...)
	_, pointed := l.typeOf(s.X).Underlying().(*types.Pointer)
	s.X = l.expr(s.X)
	if pointed { // yaegi does not find the array of a pointer that the body uses
		s.X = &ast.SliceExpr{X: &ast.ParenExpr{X: &ast.StarExpr{X: s.X}}}
	}
	s.Body.List = append(first, l.stmts(s.Body.List)...)
	return []ast.Stmt{s}
}

// rangeVars gives each iteration its own variables where something may keep
// them, and assigns to existing ones through temporaries. It returns what the
// body must begin with.
func (l *lowerer) rangeVars(s *ast.RangeStmt) []ast.Stmt {
	var first []ast.Stmt
	if s.Tok == token.ASSIGN && s.Value != nil && !isBlank(s.Key) && !isBlank(s.Value) {
		return l.rangePair(s)
	}
	copied := s.Tok == token.DEFINE && l.captured(l.defined(s.Key, s.Value), s.Body)
	for _, v := range []*ast.Expr{&s.Key, &s.Value} {
		if *v == nil || isBlank(*v) || s.Tok == token.DEFINE && !copied {
			continue
		}
		name := l.temporary("k")
		if s.Tok == token.DEFINE {
			first = append(first, define((*v).(*ast.Ident).Name, ident(name)))
		} else {
			first = append(first, assign(l.target(*v, &first), ident(name)))
		}
		*v = ident(name)
	}
	if s.Tok == token.ASSIGN && len(first) > 0 {
		s.Tok = token.DEFINE
	}
	return first
}

// rangeLength lowers a range over an array of which only the length is wanted.
func (l *lowerer) rangeLength(s *ast.RangeStmt, a *types.Array, label string) []ast.Stmt {
	var before []ast.Stmt
	if l.anyCalls([]ast.Expr{s.X}) {
		before = append(before, assign(ident("_"), l.expr(s.X)))
	}
	n := &ast.BasicLit{Kind: token.INT, Value: strconv.FormatInt(a.Len(), 10)}
	l.info.Types[n] = types.TypeAndValue{Type: types.Typ[types.Int], Value: constant.MakeFromLiteral(n.Value, n.Kind, 0)}
	s.X, s.Value = n, nil
	return append(before, l.rangeInt(s, label)...)
}

// rangePair assigns to two existing variables at once, for the place of one may
// depend on the other.
func (l *lowerer) rangePair(s *ast.RangeStmt) []ast.Stmt {
	pair := &ast.AssignStmt{Lhs: []ast.Expr{s.Key, s.Value}, Tok: token.ASSIGN}
	key, value := l.temporary("k"), l.temporary("k")
	keyType, valueType := rangeTypes(l.typeOf(s.X))
	pair.Rhs = []ast.Expr{l.typed(ident(key), keyType), l.typed(ident(value), valueType)}
	s.Key, s.Value, s.Tok = ident(key), ident(value), token.DEFINE
	return l.assignment(pair)
}

// rangeTypes returns the types that a range over a slice, array, map or pointer
// to an array yields.
func rangeTypes(t types.Type) (key, value types.Type) {
	switch t := t.Underlying().(type) {
	case *types.Basic: // a string
		return types.Typ[types.Int], types.Typ[types.Rune]
	case *types.Map:
		return t.Key(), t.Elem()
	case *types.Pointer:
		return types.Typ[types.Int], elemOf(t.Elem())
	}
	return types.Typ[types.Int], elemOf(t)
}

func isBlank(e ast.Expr) bool {
	name, ok := syntax.IdentName(e)
	return ok && name == "_"
}

// defined returns the objects that identifiers declare.
func (l *lowerer) defined(list ...ast.Expr) map[types.Object]bool {
	objects := map[types.Object]bool{}
	for _, e := range list {
		if id, ok := e.(*ast.Ident); ok && l.info.Defs[id] != nil && id.Name != "_" {
			objects[l.info.Defs[id]] = true
		}
	}
	return objects
}

// rangeInt lowers a range over an integer to a loop that counts. The variable of
// an iteration is a copy of the counter only where the body changes or keeps it:
// a copy doubles the time of a small loop.
func (l *lowerer) rangeInt(s *ast.RangeStmt, label string) []ast.Stmt {
	t := types.Default(l.typeOf(s.X))
	if s.Key != nil && !isBlank(s.Key) {
		t = l.targetType(s.Key)
	}
	counter := l.temporary("i")
	var first []ast.Stmt
	if s.Key != nil && !isBlank(s.Key) {
		objects := l.defined(s.Key)
		switch {
		case s.Tok != token.DEFINE:
			first = append(first, assign(l.target(s.Key, &first), ident(counter)))
		case l.captured(objects, s.Body) || l.assigned(objects, s.Body):
			first = append(first, define(s.Key.(*ast.Ident).Name, ident(counter)))
		default:
			counter = s.Key.(*ast.Ident).Name
		}
	}
	before, limit := l.limit(s.X, t)
	loop := &ast.ForStmt{
		Init: define(counter, l.zero(t)),
		Cond: binary(ident(counter), token.LSS, limit),
		Post: &ast.IncDecStmt{X: ident(counter), Tok: token.INC},
	}
	loop.Body = block(append(first, l.stmts(s.Body.List)...)...)
	if label != "" { // a label stays at its loop: see labeled
		return scoped(before, loop)
	}
	return append(before, loop)
}

// limit keeps an integer of a type while a loop counts up to it: a constant needs no
// variable.
func (l *lowerer) limit(x ast.Expr, t types.Type) (before []ast.Stmt, limit ast.Expr) {
	tv := l.info.Types[x]
	if tv.Value != nil {
		return nil, syntax.Constant(constant.ToInt(tv.Value))
	}
	name := l.temporary("n")
	if types.Identical(tv.Type, t) {
		return []ast.Stmt{l.hold(name, l.expr(x), x)}, ident(name)
	}
	return []ast.Stmt{declareVar(name, l.typ(t), l.expr(x))}, ident(name)
}

// zero is the zero of an integer type.
func (l *lowerer) zero(t types.Type) ast.Expr {
	if t == types.Typ[types.Int] {
		return intLit(0)
	}
	return call(l.typ(t), intLit(0))
}

// rangeString lowers a range over a string to one over the runes that compiled
// code has found in it: yaegi counts their offsets as if every rune were valid
// UTF-8.
func (l *lowerer) rangeString(s *ast.RangeStmt) []ast.Stmt {
	offsets, runes, n := l.temporary("o"), l.temporary("r"), l.temporary("k")
	split := &ast.AssignStmt{
		Lhs: []ast.Expr{ident(offsets), ident(runes)}, Tok: token.DEFINE,
		Rhs: []ast.Expr{call(l.runtime("Runes"), call(ident("string"), l.expr(s.X)))},
	}
	var first []ast.Stmt
	if s.Tok == token.ASSIGN && s.Value != nil && !isBlank(s.Key) && !isBlank(s.Value) {
		pair := &ast.RangeStmt{Key: s.Key, Value: s.Value, X: s.X, Tok: s.Tok}
		stores := l.rangePair(pair)
		first = append(first, define(pair.Key.(*ast.Ident).Name, &ast.IndexExpr{X: ident(offsets), Index: ident(n)}),
			define(pair.Value.(*ast.Ident).Name, &ast.IndexExpr{X: ident(runes), Index: ident(n)}))
		first = append(first, stores...)
		s.Key, s.Value = nil, nil
	}
	for _, v := range []struct {
		to   ast.Expr
		from string
	}{{s.Key, offsets}, {s.Value, runes}} {
		if v.to == nil || isBlank(v.to) {
			continue
		}
		x := &ast.IndexExpr{X: ident(v.from), Index: ident(n)}
		if s.Tok == token.DEFINE {
			first = append(first, define(v.to.(*ast.Ident).Name, x))
		} else {
			first = append(first, assign(l.target(v.to, &first), x))
		}
	}
	loop := &ast.RangeStmt{Key: ident(n), Tok: token.DEFINE, X: ident(offsets)}
	loop.Body = block(append(first, l.stmts(s.Body.List)...)...)
	return []ast.Stmt{block(split, loop)}
}

// assigned tells whether one of the objects is assigned to in a node.
func (l *lowerer) assigned(objects map[types.Object]bool, n ast.Node) bool {
	found := false
	hit := func(list ...ast.Expr) {
		for _, e := range list {
			if id, ok := ast.Unparen(e).(*ast.Ident); ok && objects[l.info.Uses[id]] {
				found = true
			}
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			hit(n.Lhs...)
		case *ast.IncDecStmt:
			hit(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN && n.Key != nil {
				hit(n.Key)
			}
			if n.Tok == token.ASSIGN && n.Value != nil {
				hit(n.Value)
			}
		}
		return !found
	})
	return found
}

// captured tells whether something in the nodes may keep one of the objects
// beyond an iteration: a function literal, an address, a deferred or concurrent
// call, a method bound to it.
func (l *lowerer) captured(objects map[types.Object]bool, nodes ...ast.Node) bool {
	found := false
	for _, n := range nodes {
		if len(objects) == 0 {
			return false
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				found = found || l.refersTo(objects, n.Body)
			case *ast.UnaryExpr:
				found = found || n.Op == token.AND && l.refersTo(objects, n.X)
			case *ast.DeferStmt:
				found = found || l.refersTo(objects, n.Call)
			case *ast.GoStmt:
				found = found || l.refersTo(objects, n.Call)
			case *ast.SliceExpr: // of an array variable
				found = found || l.refersTo(objects, n.X)
			case *ast.SelectorExpr:
				sel := l.info.Selections[n]
				found = found || sel != nil && sel.Kind() == types.MethodVal && l.refersTo(objects, n.X)
			}
			return !found
		})
	}
	return found
}

func (l *lowerer) refersTo(objects map[types.Object]bool, n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && objects[l.info.Uses[id]] {
			found = true
		}
		return !found
	})
	return found
}
