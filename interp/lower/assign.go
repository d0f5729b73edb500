package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"crossbook/interp/world"
)

func (l *lowerer) assignment(s *ast.AssignStmt) []ast.Stmt {
	if out := l.commaOk(s); out != nil {
		return out
	}
	return l.plainAssignment(s)
}

func (l *lowerer) plainAssignment(s *ast.AssignStmt) []ast.Stmt {
	if out := l.assertPair(s); out != nil {
		return out
	}
	if (s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN) && (plainVariable(s.Lhs[0]) || !l.anyCalls(s.Rhs)) {
		s.Rhs[0] = l.shiftCount(s.Rhs[0])
		return l.assigned1(s)
	}
	for _, lower := range []func(*ast.AssignStmt) []ast.Stmt{l.updatedLate, l.discarded, l.spread} {
		if out := lower(s); out != nil {
			return out
		}
	}
	if l.ordered(s) {
		return l.inOrder(s)
	}
	before := l.severalEarly(s)
	paired := s.Tok == token.ASSIGN && len(s.Lhs) == len(s.Rhs)
	apart := len(s.Lhs) == len(s.Rhs) && (s.Tok == token.ASSIGN || len(s.Lhs) > 1)
	done := l.earlyWhole(&before, l.direct(s), func(c *ast.CallExpr) ast.Stmt { return assign(l.expr(s.Lhs[0]), c) }, func() {
		for i, r := range s.Rhs {
			t := l.typeOf(r)
			aliases := apart && (l.aliases(r) || len(s.Lhs) > 1 && built(r)) && !l.anyCalls(s.Lhs)
			s.Rhs[i] = l.expr(r)
			switch {
			case l.isFunc(r): // yaegi would take the variable for another name of the function
				name := l.temporary("r")
				before = append(before, declareVar(name, l.typ(t), s.Rhs[i]))
				s.Rhs[i] = ident(name)
			case aliases || received(r) && len(s.Lhs) == len(s.Rhs) || s.Tok == token.ASSIGN && l.misplaced(r):
				s.Rhs[i] = l.kept(s.Rhs[i], &before)
			}
			if paired {
				to := l.targetType(s.Lhs[i])
				s.Rhs[i] = l.boxed(l.operated(s.Rhs[i], r, l.holder(s.Lhs[i])), t, to)
			}
		}
	})
	if done {
		return before
	}
	for i := range s.Lhs {
		s.Lhs[i] = l.target(s.Lhs[i], &before)
	}
	return append(before, s)
}

// kept gives a value a variable of its own before a statement.
func (l *lowerer) kept(x ast.Expr, before *[]ast.Stmt) ast.Expr {
	name := l.temporary("r")
	*before = append(*before, define(name, x))
	return ident(name)
}

// direct returns the call that an assignment is all of, if its result can go to the
// variable as it is.
func (l *lowerer) direct(s *ast.AssignStmt) ast.Expr {
	if s.Tok != token.ASSIGN || len(s.Lhs) != 1 || len(s.Rhs) != 1 || l.aliases(s.Rhs[0]) {
		return nil
	}
	id, ok := s.Lhs[0].(*ast.Ident)
	if !ok || l.info.Uses[id] == nil || !types.Identical(l.typeOf(id), l.typeOf(s.Rhs[0])) {
		return nil
	}
	if e := l.c.Entity(l.info.Uses[id]); e != nil && e == l.c.World.Context {
		return nil
	}
	return s.Rhs[0]
}

// severalEarly makes the call of v, w = f(x) before the assignment where its arguments
// are at risk.
func (l *lowerer) severalEarly(s *ast.AssignStmt) []ast.Stmt {
	if len(s.Rhs) != 1 || len(s.Lhs) < 2 || !allPlain(s.Lhs) || l.alone {
		return nil
	}
	n, ok := ast.Unparen(s.Rhs[0]).(*ast.CallExpr)
	given, isTuple := l.typeOf(s.Rhs[0]).(*types.Tuple)
	if !ok || !isTuple || l.riskOf(n) == nil {
		return nil
	}
	var out []ast.Stmt
	to := &ast.AssignStmt{Tok: token.ASSIGN}
	s.Rhs = nil
	for v := range given.Variables() {
		var name string
		if isBasic(v.Type()) {
			name = l.scratch(v.Type())
		} else {
			name = l.temporary("s")
			out = append(out, declareVar(name, l.typ(v.Type()), nil))
		}
		to.Lhs = append(to.Lhs, ident(name))
		s.Rhs = append(s.Rhs, l.typed(ident(name), v.Type()))
	}
	use := func(c *ast.CallExpr) ast.Stmt {
		return &ast.AssignStmt{Lhs: to.Lhs, Tok: to.Tok, Rhs: []ast.Expr{c}}
	}
	var x ast.Expr
	if !l.earlyWhole(&out, n, use, func() { x = l.expr(n) }) {
		out = append(out, use(x.(*ast.CallExpr)))
	}
	return out
}

func allPlain(list []ast.Expr) bool {
	for _, x := range list {
		if !plainVariable(x) {
			return false
		}
	}
	return true
}

// assigned1 lowers the left side of an assignment whose right side is done.
func (l *lowerer) assigned1(s *ast.AssignStmt) []ast.Stmt {
	var before []ast.Stmt
	s.Lhs[0] = l.target(s.Lhs[0], &before)
	return append(before, s)
}

// spread lowers an assignment of several values from one expression where a
// target is an interface that does not hold the value's type yet, or a truth
// value of a type of its own: yaegi stores such values bare.
func (l *lowerer) spread(s *ast.AssignStmt) []ast.Stmt {
	if s.Tok != token.ASSIGN || len(s.Rhs) != 1 || len(s.Lhs) < 2 {
		return nil
	}
	given, ok := l.typeOf(s.Rhs[0]).(*types.Tuple)
	if !ok || given.Len() != len(s.Lhs) {
		return nil
	}
	differs := false
	for i, to := range s.Lhs {
		t := l.targetType(to)
		differs = differs || !isBlank(to) && t != nil && !types.Identical(t, types.Default(given.At(i).Type()))
	}
	if !differs {
		return nil
	}
	first := &ast.AssignStmt{Tok: token.DEFINE, Rhs: s.Rhs}
	second := &ast.AssignStmt{Tok: token.ASSIGN}
	for i, to := range s.Lhs {
		if isBlank(to) {
			first.Lhs = append(first.Lhs, to)
			continue
		}
		t := types.Default(given.At(i).Type())
		value := l.typed(ident(l.temporary("s")), t)
		first.Lhs = append(first.Lhs, ident(value.Name))
		second.Lhs = append(second.Lhs, to)
		if target := l.targetType(to); !isInterface(target) && !types.Identical(target, t) {
			second.Rhs = append(second.Rhs, call(l.typ(target), value))
		} else {
			second.Rhs = append(second.Rhs, value)
		}
	}
	if out := l.assertPair(first); out != nil {
		return append(out, l.assignment(second)...)
	}
	first.Rhs[0] = l.expr(first.Rhs[0])
	return append([]ast.Stmt{first}, l.assignment(second)...)
}

// holder is targetType with an interface for the blank identifier.
func (l *lowerer) holder(x ast.Expr) types.Type {
	if isBlank(x) {
		return types.NewInterfaceType(nil, nil)
	}
	return l.targetType(x)
}

func (l *lowerer) targetType(x ast.Expr) types.Type {
	if t := l.info.TypeOf(x); t != nil {
		return t
	}
	if id, ok := x.(*ast.Ident); ok && l.info.Defs[id] != nil {
		return l.info.Defs[id].Type()
	}
	return nil
}

// assertPair lowers v, ok = x.(I) for an interface I.
func (l *lowerer) assertPair(s *ast.AssignStmt) []ast.Stmt {
	if len(s.Lhs) != 2 || len(s.Rhs) != 1 {
		return nil
	}
	a, ok := ast.Unparen(s.Rhs[0]).(*ast.TypeAssertExpr)
	if !ok || !isInterface(l.typeOf(a.Type)) {
		return nil
	}
	s.Rhs[0] = call(l.asserter(l.typeOf(a.X), l.typeOf(a.Type), false), l.settled(a.X))
	var before []ast.Stmt
	for i := range s.Lhs {
		s.Lhs[i] = l.target(s.Lhs[i], &before)
	}
	return append(before, s)
}

func (l *lowerer) incDec(s *ast.IncDecStmt) []ast.Stmt {
	var before []ast.Stmt
	s.X = l.target(s.X, &before)
	return append(before, s)
}

// target lowers the left side of an assignment. A variable of a compiled package
// is reached through its address: yaegi does not assign to it.
func (l *lowerer) target(x ast.Expr, before *[]ast.Stmt) ast.Expr {
	if id, ok := x.(*ast.Ident); ok && l.c.World.Context != nil && l.c.Entity(l.info.Uses[id]) == l.c.World.Context {
		l.fail(x.Pos(), "cannot assign to %s, which is the cell's context: declare one of your own with :=", world.ContextVar)
	}
	v, path := l.compiledVar(x)
	if v == nil {
		return l.expr(x)
	}
	p := l.temporary("p")
	pointer := &ast.TypeAssertExpr{
		X:    call(l.runtime("Address"), stringLit(v.Pkg().Path()), stringLit(v.Name())),
		Type: &ast.StarExpr{X: l.typ(v.Type())},
	}
	*before = append(*before, define(p, pointer))
	var out ast.Expr = ident(p)
	if len(path) == 0 {
		return &ast.StarExpr{X: out}
	}
	for _, field := range path {
		out = selector(out, field)
	}
	return out
}

// compiledVar tells whether x is a variable of a compiled package, or a field in
// one, with the names of the fields from the variable on.
func (l *lowerer) compiledVar(x ast.Expr) (*types.Var, []string) {
	sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
	if !ok {
		return nil, nil
	}
	if v, ok := l.info.Uses[sel.Sel].(*types.Var); ok && !v.IsField() && v.Pkg() != l.c.Pkg {
		return v, nil
	}
	if v, path := l.compiledVar(sel.X); v != nil {
		if _, isStruct := l.typeOf(sel.X).Underlying().(*types.Struct); isStruct {
			return v, append(path, sel.Sel.Name)
		}
	}
	return nil, nil
}

// localDecl lowers a declaration inside a function.
func (l *lowerer) localDecl(s *ast.DeclStmt) []ast.Stmt {
	d := s.Decl.(*ast.GenDecl)
	if d.Tok == token.CONST { // every use has its value
		return nil
	}
	var out []ast.Stmt
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			l.typeSpec(spec)
		case *ast.ValueSpec:
			var declared types.Type
			if spec.Type != nil {
				declared = l.typeOf(spec.Type)
				spec.Type = l.expr(spec.Type)
			}
			if declared != nil && len(spec.Values) == 1 && len(spec.Names) > 1 {
				out = append(out, l.declareTuple(spec)...)
				continue
			}
			if declared == nil && len(spec.Values) == 1 && len(spec.Names) == 2 && l.leavesOld(spec.Values[0]) {
				out = append(out, l.assignment(&ast.AssignStmt{Lhs: []ast.Expr{spec.Names[0], spec.Names[1]}, Tok: token.DEFINE, TokPos: spec.Pos(), Rhs: spec.Values})...)
				continue
			}
			l.early(&out, func() {
				for i, v := range spec.Values {
					spec.Values[i] = l.converted(v, declared)
					if received(v) && len(spec.Values) == len(spec.Names) {
						spec.Values[i] = l.kept(spec.Values[i], &out)
					}
				}
			})
		}
		out = append(out, &ast.DeclStmt{Decl: &ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{spec}}})
	}
	return out
}

// declareTuple lowers var a, b T = f().
func (l *lowerer) declareTuple(spec *ast.ValueSpec) []ast.Stmt {
	a := &ast.AssignStmt{Tok: token.ASSIGN, Rhs: spec.Values}
	for _, n := range spec.Names {
		a.Lhs = append(a.Lhs, n)
	}
	spec.Names = slices.DeleteFunc(slices.Clone(spec.Names), func(n *ast.Ident) bool { return n.Name == "_" })
	spec.Values = nil
	return append([]ast.Stmt{&ast.DeclStmt{Decl: &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{spec}}}}, l.assignment(a)...)
}
