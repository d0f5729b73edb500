package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

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
