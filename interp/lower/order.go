package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// ordered tells whether an assignment must be taken apart to happen in Go's
// order: first the operands of indexing and of pointers on the left and what is
// on the right, then the assignments from left to right. yaegi mixes the two.
func (l *lowerer) ordered(s *ast.AssignStmt) bool {
	if s.Tok != token.ASSIGN {
		return false
	}
	places := false
	changed := map[types.Object]bool{}
	for i, x := range s.Lhs {
		if len(s.Rhs) == len(s.Lhs) && len(s.Lhs) > 1 && isBlank(x) {
			if _, deref := ast.Unparen(s.Rhs[i]).(*ast.StarExpr); deref {
				return true
			}
		}
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			if o := l.info.Uses[id]; o != nil {
				changed[o] = true
			}
			continue
		}
		places = true
	}
	for i, x := range s.Lhs {
		if len(s.Rhs) < 2 || len(s.Rhs) != len(s.Lhs) {
			break
		}
		if from := l.typeOf(s.Rhs[i]); l.changes(from, l.targetType(x)) || untold(from) {
			return true // what is stored in interfaces is built, and would get lost
		}
	}
	if len(s.Rhs) > 1 && l.callCount(s.Rhs) > 1 && shortCircuits(s.Rhs) {
		return true
	}
	if !places {
		return false
	}
	calls := l.anyCalls(s.Lhs) || len(s.Lhs) > 1 && l.anyCalls(s.Rhs)
	if len(s.Lhs) == 1 {
		return calls && (l.anyCalls(s.Rhs) || mayFail(s.Rhs[0])) || mapStore(l, s)
	}
	for _, x := range s.Lhs {
		if _, ok := ast.Unparen(x).(*ast.Ident); !ok && (l.refersTo(changed, x) || l.throughPointer(x)) {
			return true
		}
	}
	return calls
}

// untold tells whether yaegi has no place for a value of a type among several that are
// assigned at once: nil, and what is in an interface without methods.
func untold(t types.Type) bool {
	return isNil(t) || isInterface(t) && !hasMethods(t)
}

// callCount counts the expressions that call something.
func (l *lowerer) callCount(list []ast.Expr) int {
	n := 0
	for _, x := range list {
		if l.anyCalls([]ast.Expr{x}) {
			n++
		}
	}
	return n
}

// shortCircuits tells whether expressions have && or ||.
func shortCircuits(list []ast.Expr) bool {
	found := false
	for _, x := range list {
		ast.Inspect(x, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
				found = true
			}
			return !found
		})
	}
	return found
}

// throughPointer tells whether a place is reached through a pointer that another
// assignment of the same statement might change.
func (l *lowerer) throughPointer(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.StarExpr:
		return true
	case *ast.SelectorExpr:
		if l.info.Selections[x] == nil {
			return false
		}
		_, isPointer := l.typeOf(x.X).Underlying().(*types.Pointer)
		return isPointer && !plainVariable(x.X) || l.throughPointer(x.X)
	case *ast.IndexExpr:
		_, isMap := l.typeOf(x.X).Underlying().(*types.Map)
		return isMap || !plainVariable(x.X) || !plainVariable(x.Index) && l.info.Types[x.Index].Value == nil && mayIndex(x.Index)
	}
	return false
}

// mayIndex tells whether an index is itself an element.
func mayIndex(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.IndexExpr, *ast.StarExpr, *ast.SelectorExpr:
			found = true
		}
		return !found
	})
	return found
}

func plainVariable(x ast.Expr) bool {
	_, ok := ast.Unparen(x).(*ast.Ident)
	return ok
}

// mayFail tells whether evaluating an expression may panic without a call.
func mayFail(x ast.Expr) bool { return mayIndex(x) }

// mapStore tells whether an assignment stores what may panic in a map, which then
// must not get the key.
func mapStore(l *lowerer, s *ast.AssignStmt) bool {
	x, ok := ast.Unparen(s.Lhs[0]).(*ast.IndexExpr)
	if !ok {
		return false
	}
	_, isMap := l.typeOf(x.X).Underlying().(*types.Map)
	return isMap && (l.anyCalls(s.Rhs) || mayIndex(s.Rhs[0]))
}

// updatedLate lowers x op= f(), whose place is found before the call; nil for
// other assignments.
func (l *lowerer) updatedLate(s *ast.AssignStmt) []ast.Stmt {
	if s.Tok == token.ASSIGN || s.Tok == token.DEFINE || plainVariable(s.Lhs[0]) || !l.anyCalls(s.Rhs) {
		return nil
	}
	var out []ast.Stmt
	place := l.fixed(s.Lhs[0], &out)
	name := l.temporary("o")
	t := types.Default(l.typeOf(s.Rhs[0]))
	l.early(&out, func() { s.Rhs[0] = l.expr(s.Rhs[0]) })
	out = append(out, declareVar(name, l.typ(t), s.Rhs[0]))
	return append(out, &ast.AssignStmt{Lhs: []ast.Expr{l.target(place, &out)}, Tok: s.Tok, Rhs: []ast.Expr{ident(name)}})
}

// discarded lowers _ = *p and _, _ = m[k], which must panic for a nil pointer and for
// a key without a hash; nil for others.
func (l *lowerer) discarded(s *ast.AssignStmt) []ast.Stmt {
	if len(s.Rhs) != 1 || slices.ContainsFunc(s.Lhs, func(x ast.Expr) bool { return !isBlank(x) }) {
		return nil
	}
	switch x := ast.Unparen(s.Rhs[0]).(type) {
	case *ast.IndexExpr:
		if len(s.Lhs) == 1 {
			return nil
		}
		elem := elemOf(l.typeOf(x.X))
		l.info.Types[x] = types.TypeAndValue{Type: elem}
		return []ast.Stmt{declareVar(l.temporary("o"), l.typ(elem), l.expr(x))}
	case *ast.StarExpr:
		name := l.temporary("o")
		return []ast.Stmt{declareVar(name, l.typ(l.typeOf(x)), l.expr(x)), assign(ident("_"), ident(name))}
	}
	return nil
}

// inOrder takes an assignment apart.
func (l *lowerer) inOrder(s *ast.AssignStmt) []ast.Stmt {
	var out []ast.Stmt
	for i, x := range s.Lhs {
		s.Lhs[i] = l.fixed(x, &out)
	}
	if len(s.Rhs) != len(s.Lhs) {
		return l.inOrderTuple(s, out)
	}
	var values []ast.Expr
	for i, r := range s.Rhs {
		t := l.targetType(s.Lhs[i])
		if t == nil {
			t = types.Default(l.typeOf(r))
		}
		if tv := l.info.Types[r]; tv.Value != nil || tv.IsNil() && !l.wrapped(t) {
			values = append(values, l.expr(r))
			continue
		}
		name := l.temporary("o")
		l.early(&out, func() { r = l.converted(r, t) })
		out = append(out, declareVar(name, l.typ(t), r))
		values = append(values, ident(name))
	}
	for i, x := range s.Lhs {
		target := l.target(x, &out)
		out = append(out, assign(target, values[i]))
	}
	return out
}

// inOrderTuple is inOrder for several values from one expression.
func (l *lowerer) inOrderTuple(s *ast.AssignStmt, out []ast.Stmt) []ast.Stmt {
	values := &ast.AssignStmt{Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(s.Rhs[0])}}
	stores := []ast.Stmt{}
	fresh := false
	for _, x := range s.Lhs {
		if isBlank(x) {
			values.Lhs = append(values.Lhs, ident("_"))
			continue
		}
		fresh = true
		name := l.temporary("o")
		values.Lhs = append(values.Lhs, ident(name))
		target := l.target(x, &stores)
		stores = append(stores, assign(target, ident(name)))
	}
	if !fresh {
		values.Tok = token.ASSIGN
	}
	return append(append(out, values), stores...)
}

// fixed evaluates the operands of a place into variables and returns the place in
// terms of these.
func (l *lowerer) fixed(x ast.Expr, out *[]ast.Stmt) ast.Expr {
	keep := func(e ast.Expr) ast.Expr {
		if tv := l.info.Types[e]; tv.Value != nil || tv.IsType() {
			return e
		}
		name := l.temporary("o")
		t := types.Default(l.typeOf(e))
		*out = append(*out, declareVar(name, l.typ(t), l.expr(e)))
		return l.typed(ident(name), t)
	}
	switch p := ast.Unparen(x).(type) {
	case *ast.StarExpr:
		return l.like(x, &ast.StarExpr{X: keep(p.X)})
	case *ast.IndexExpr:
		place := &ast.IndexExpr{X: l.fixed(p.X, out)}
		if _, isArray := l.typeOf(p.X).Underlying().(*types.Array); !isArray {
			place.X = keep(p.X)
		}
		place.Index = keep(p.Index)
		return l.like(x, place)
	case *ast.SelectorExpr:
		if sel := l.info.Selections[p]; sel == nil || sel.Kind() != types.FieldVal {
			return x
		}
		place := &ast.SelectorExpr{Sel: p.Sel, X: l.fixed(p.X, out)}
		if _, isPointer := l.typeOf(p.X).Underlying().(*types.Pointer); isPointer {
			place.X = keep(p.X)
		}
		l.info.Selections[place] = l.info.Selections[p]
		return l.like(x, place)
	}
	return x
}

// like gives a made-up expression the type of another.
func (l *lowerer) like(x, made ast.Expr) ast.Expr {
	l.info.Types[made] = l.info.Types[x]
	return made
}
