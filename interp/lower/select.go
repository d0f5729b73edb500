package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// selectStmt lowers a select to a call of the session that chooses a case, and a
// switch over its number: yaegi keeps the channels of a select in one place for
// all goroutines that run it.
func (l *lowerer) selectStmt(s *ast.SelectStmt) []ast.Stmt {
	chosen, ok := l.temporary("case"), l.temporary("ok")
	sel := selection{l: l, ok: ok, hasDefault: "false"}
	sw := &ast.SwitchStmt{Tag: ident(chosen), Body: block()}
	for _, c := range s.Body.List {
		sw.Body.List = append(sw.Body.List, sel.clause(c.(*ast.CommClause)))
	}
	args := append([]ast.Expr{ident(sel.hasDefault)}, sel.args...)
	choose := &ast.AssignStmt{
		Lhs: []ast.Expr{ident(chosen), ident(ok)}, Tok: token.DEFINE,
		Rhs: []ast.Expr{call(l.runtime("Select"), args...)},
	}
	return []ast.Stmt{block(append(sel.before, choose, assign(ident("_"), ident(ok)), sw)...)}
}

// selection collects what a select evaluates before it chooses.
type selection struct {
	l          *lowerer
	before     []ast.Stmt
	args       []ast.Expr // channel, whether it sends, address of the value; for each case
	cases      int
	ok         string // variable that says whether a value was received
	hasDefault string
}

func (s *selection) clause(c *ast.CommClause) *ast.CaseClause {
	out := &ast.CaseClause{}
	if c.Comm == nil {
		s.hasDefault = "true"
	} else {
		out.List = []ast.Expr{intLit(s.cases)}
		s.cases++
	}
	switch comm := c.Comm.(type) {
	case *ast.SendStmt:
		s.send(comm)
	case *ast.ExprStmt:
		s.receive(comm.X)
	case *ast.AssignStmt:
		value := s.receive(comm.Rhs[0])
		out.Body = s.store(comm, value)
	}
	out.Body = append(out.Body, s.l.stmts(c.Body)...)
	return out
}

func (s *selection) channel(x ast.Expr) (name string, elem types.Type) {
	name = s.l.temporary("c")
	elem = elemOf(s.l.typeOf(x))
	s.before = append(s.before, define(name, s.l.expr(s.l.plain(x))))
	return name, elem
}

func (s *selection) add(channel, value, sends string) {
	s.args = append(s.args, ident(channel), ident(sends), addressOf(ident(value)))
}

func (s *selection) send(comm *ast.SendStmt) {
	l := s.l
	channel, elem := s.channel(comm.Chan)
	value := l.temporary("v")
	x := l.converted(comm.Value, elem)
	if received(comm.Value) {
		x = l.kept(x, &s.before)
	}
	s.before = append(s.before, declareVar(value, l.typ(elem), x))
	s.add(channel, value, "true")
}

// receive adds a case and returns the variable that gets its value.
func (s *selection) receive(x ast.Expr) string {
	channel, elem := s.channel(ast.Unparen(x).(*ast.UnaryExpr).X)
	value := s.l.temporary("r")
	s.before = append(s.before, declareVar(value, s.l.typ(elem), nil))
	s.l.typed(ident(value), elem)
	s.add(channel, value, "false")
	return value
}

// store hands a received value to the variables of the clause.
func (s *selection) store(comm *ast.AssignStmt, value string) []ast.Stmt {
	l := s.l
	elem := elemOf(l.typeOf(ast.Unparen(comm.Rhs[0]).(*ast.UnaryExpr).X))
	var out []ast.Stmt
	for i, to := range comm.Lhs {
		from, t := value, elem
		if i == 1 {
			from, t = s.ok, types.Typ[types.Bool]
		}
		switch {
		case isBlank(to):
		case comm.Tok == token.DEFINE:
			name := to.(*ast.Ident).Name
			out = append(out, define(name, ident(from)), assign(ident("_"), ident(name)))
		default:
			x := l.boxed(ident(from), t, l.targetType(to))
			target := l.target(to, &out)
			out = append(out, assign(target, x))
		}
	}
	return out
}
