package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// arranged finishes a switch whose clauses are lowered. Yaegi exchanges the default clause
// with the last one, so that it tries the cases in another order and falls through to another,
// and of the expressions of a case it evaluates the first only; several tells whether a
// case has others than constants.
func (l *lowerer) arranged(before []ast.Stmt, s *ast.SwitchStmt, several bool) []ast.Stmt {
	list := s.Body.List
	i := slices.IndexFunc(list, func(c ast.Stmt) bool { return c.(*ast.CaseClause).List == nil })
	inside := i >= 0 && i < len(list)-1
	switch {
	case several, inside && (fallsThrough(list[i]) || i > 0 && fallsThrough(list[i-1])):
		return l.chosenFirst(before, s, i)
	case inside:
		d := list[i]
		s.Body.List = append(slices.Delete(list, i, i+1), d)
	}
	return scoped(before, s)
}

func fallsThrough(clause ast.Stmt) bool {
	body := clause.(*ast.CaseClause).Body
	if len(body) == 0 {
		return false
	}
	b, ok := body[len(body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// evaluatesSeveral tells whether a clause, before it is lowered, has several expressions
// that are not all constants that yaegi takes as they are.
func (l *lowerer) evaluatesSeveral(clause ast.Stmt) bool {
	list := clause.(*ast.CaseClause).List
	return len(list) > 1 && slices.ContainsFunc(list, func(x ast.Expr) bool {
		tv := l.info.Types[x]
		return tv.Value == nil || tv.Value.Kind() == constant.Complex
	})
}

// chosenFirst makes two switches of one: the first finds the number of a clause, by one
// expression a case, and the second, over the number, has the clauses as they were.
func (l *lowerer) chosenFirst(before []ast.Stmt, s *ast.SwitchStmt, byDefault int) []ast.Stmt {
	number := l.temporary("case")
	choice := &ast.SwitchStmt{Tag: s.Tag, Body: block()}
	for i, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		for _, x := range clause.List {
			choice.Body.List = append(choice.Body.List, &ast.CaseClause{List: []ast.Expr{x}, Body: []ast.Stmt{assign(ident(number), intLit(i+1))}})
		}
		clause.List = []ast.Expr{intLit(i + 1)}
	}
	s.Tag = ident(number)
	return scoped(append(before, define(number, intLit(byDefault+1)), choice), s)
}

// typeSwitch lowers a type switch to a chain of assertions that set a number,
// and a switch over it: in yaegi no case matches a type of the session.
func (l *lowerer) typeSwitch(s *ast.TypeSwitchStmt) []ast.Stmt {
	t := typeSwitch{l: l, value: l.temporary("x"), number: l.temporary("case")}
	var out []ast.Stmt
	if s.Init != nil {
		out = append(out, l.stmt(s.Init)...)
	}
	subject := t.subject(s)
	t.from = l.typeOf(subject)
	out = append(out, declareVar(t.value, l.typ(t.from), l.expr(subject)), define(t.number, intLit(0)))
	sw := &ast.SwitchStmt{Tag: ident(t.number), Body: block()}
	for i, c := range s.Body.List {
		sw.Body.List = append(sw.Body.List, t.clause(c.(*ast.CaseClause), i+1))
	}
	return []ast.Stmt{block(append(append(out, t.tests...), sw)...)}
}

type typeSwitch struct {
	l      *lowerer
	from   types.Type // of the value
	value  string     // variable that holds it
	number string     // variable for the number of the matching clause
	name   string     // variable that the clauses see; ""
	tests  []ast.Stmt
}

func (t *typeSwitch) subject(s *ast.TypeSwitchStmt) ast.Expr {
	switch a := s.Assign.(type) {
	case *ast.AssignStmt:
		t.name = a.Lhs[0].(*ast.Ident).Name
		return a.Rhs[0].(*ast.TypeAssertExpr).X
	case *ast.ExprStmt:
		return a.X.(*ast.TypeAssertExpr).X
	}
	return nil
}

func (t *typeSwitch) clause(c *ast.CaseClause, number int) *ast.CaseClause {
	out := &ast.CaseClause{}
	seen := t.value // what the clause's variable holds
	used := t.name != "" && t.l.refersTo(map[types.Object]bool{t.l.info.Implicits[c]: true}, block(c.Body...))
	if c.List != nil {
		out.List = []ast.Expr{intLit(number)}
	}
	for _, e := range c.List {
		tv := t.l.info.Types[e]
		if tv.IsNil() {
			cond := binary(t.undecided(), token.LAND, call(t.l.runtime("IsNil"), ident(t.value)))
			t.tests = append(t.tests, when(cond, assign(ident(t.number), intLit(number))))
			continue
		}
		holder := ""
		if used && len(c.List) == 1 {
			holder = t.l.temporary("h")
			seen = holder
			t.tests = append(t.tests, declareVar(holder, t.l.typ(tv.Type), nil))
		}
		t.tests = append(t.tests, when(t.undecided(), t.test(tv.Type, holder, number)))
	}
	if used {
		out.Body = append(out.Body, define(t.name, ident(seen)))
	}
	out.Body = append(out.Body, t.l.stmts(c.Body)...)
	return out
}

func (t *typeSwitch) undecided() ast.Expr { return binary(ident(t.number), token.EQL, intLit(0)) }

// test asserts the value to one type; a match stores the clause's number, and
// the value in holder if there is one.
func (t *typeSwitch) test(to types.Type, holder string, number int) ast.Stmt {
	var assertion ast.Expr = &ast.TypeAssertExpr{X: t.l.asserted(ident(t.value), t.from, to), Type: t.l.typ(to)}
	if !isInterface(to) && !types.AssertableTo(t.from.Underlying().(*types.Interface), to) { // in an instance
		assertion = &ast.TypeAssertExpr{X: &ast.ParenExpr{X: call(ident("any"), ident(t.value))}, Type: t.l.typ(to)}
	}
	if !isInterface(to) && t.l.comesWrapped(t.from) {
		assertion = &ast.TypeAssertExpr{X: t.l.unwrapped(ident(t.value)), Type: t.l.typ(to)}
	}
	if t.l.erased(to) {
		assertion = call(t.l.unboxer(t.from, to, false), ident(t.value))
	}
	if isInterface(to) {
		assertion = call(t.l.asserter(t.from, to, false), ident(t.value))
	}
	match := when(ident("ok__"), assign(ident(t.number), intLit(number)))
	target := "_"
	if holder != "" {
		target = "t__"
		match.Body.List = append(match.Body.List, assign(ident(holder), ident("t__")))
	}
	match.Init = &ast.AssignStmt{Lhs: []ast.Expr{ident(target), ident("ok__")}, Tok: token.DEFINE, Rhs: []ast.Expr{assertion}}
	return match
}
