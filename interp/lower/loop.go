package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"crossbook/interp/syntax"
)

// forStmt lowers a three-clause loop. Its variables are new in each iteration
// (Go 1.22) only where something may keep them; yaegi has one set for all.
func (l *lowerer) forStmt(s *ast.ForStmt, label string) []ast.Stmt {
	objects := l.loopVars(s)
	if len(objects) > 0 && l.loopCaptures(s, objects) {
		return l.freshVars(s, objects, label)
	}
	var before []ast.Stmt
	s.Init = l.one(s.Init, &before)
	var steps []ast.Stmt
	l.early(&steps, func() { s.Cond = l.expr(s.Cond) })
	if len(steps) > 0 {
		steps = append(steps, when(not(s.Cond), &ast.BranchStmt{Tok: token.BREAK}))
		s.Cond = nil
	}
	if s.Post != nil {
		l.alone = true
		out := l.stmt(s.Post)
		l.alone = false
		s.Post = out[0]
		if len(out) > 1 { // a target that needs a statement of its own: see target
			s.Post = &ast.ExprStmt{X: call(&ast.FuncLit{Type: &ast.FuncType{Params: params()}, Body: block(out...)})}
		}
	}
	l.block(s.Body)
	s.Body.List = append(steps, s.Body.List...)
	return scoped(before, s)
}

func (l *lowerer) loopVars(s *ast.ForStmt) map[types.Object]bool {
	a, ok := s.Init.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE {
		return nil
	}
	return l.defined(a.Lhs...)
}

func (l *lowerer) loopCaptures(s *ast.ForStmt, objects map[types.Object]bool) bool {
	nodes := []ast.Node{s.Body}
	if s.Cond != nil {
		nodes = append(nodes, s.Cond)
	}
	if s.Post != nil {
		nodes = append(nodes, s.Post)
	}
	return l.captured(objects, nodes...)
}

// freshVars makes the loop's variables new in each iteration, as the language
// specification describes it: a copy before the post statement. They get names of their
// own, as the body may hide the names that they had from the copy.
func (l *lowerer) freshVars(s *ast.ForStmt, objects map[types.Object]bool, label string) []ast.Stmt {
	var inner, outer []string
	hidden := map[types.Object]string{}
	for _, e := range s.Init.(*ast.AssignStmt).Lhs {
		if o := l.info.Defs[e.(*ast.Ident)]; objects[o] {
			hidden[o] = l.temporary(o.Name())
			inner, outer = append(inner, hidden[o]), append(outer, l.temporary(o.Name()))
		}
	}
	l.rename(s, hidden)
	copyBack := func() []ast.Stmt {
		var out []ast.Stmt
		for i, n := range inner {
			out = append(out, assign(ident(outer[i]), ident(n)))
		}
		return out
	}
	s.Body.List = beforeContinue(s.Body.List, label, copyBack, true)
	out := l.stmt(s.Init)
	last := len(out) - 1
	before, init := out[:last:last], out[last].(*ast.AssignStmt)
	for i, e := range init.Lhs {
		if name, ok := syntax.IdentName(e); ok && slices.Contains(inner, name) {
			init.Lhs[i] = ident(outer[slices.Index(inner, name)])
		}
	}
	started := l.temporary("first")
	before = append(before, init, define(started, ident("false")))
	var body []ast.Stmt
	for i, n := range inner {
		body = append(body, define(n, ident(outer[i])))
	}
	next := when(ident(started))
	if s.Post != nil {
		next.Body.List = l.stmt(s.Post)
	}
	body = append(body, next, assign(ident(started), ident("true")))
	if s.Cond != nil {
		l.early(&body, func() { s.Cond = l.expr(s.Cond) })
		body = append(body, when(not(s.Cond), &ast.BranchStmt{Tok: token.BREAK}))
	}
	body = append(body, l.stmts(s.Body.List)...)
	body = append(body, copyBack()...)
	return []ast.Stmt{block(append(before, &ast.ForStmt{Body: block(body...)})...)}
}

// rename gives variables other names wherever a tree has them.
func (l *lowerer) rename(tree ast.Node, names map[types.Object]string) {
	ast.Inspect(tree, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if name := names[l.info.ObjectOf(id)]; name != "" {
				id.Name = name
			}
		}
		return true
	})
}

// beforeContinue puts code before every continue of a loop. direct is false
// inside an inner loop, where only a labelled one is meant.
func beforeContinue(list []ast.Stmt, label string, code func() []ast.Stmt, direct bool) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		if b, ok := s.(*ast.BranchStmt); ok && b.Tok == token.CONTINUE {
			if b.Label == nil && direct || b.Label != nil && b.Label.Name == label {
				out = append(out, code()...)
			}
		}
		inner := direct
		switch s.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			inner = false
		}
		eachBody(s, func(list []ast.Stmt) []ast.Stmt { return beforeContinue(list, label, code, inner) })
		out = append(out, s)
	}
	return out
}

// eachBody replaces the statement lists directly inside a statement.
func eachBody(s ast.Stmt, f func([]ast.Stmt) []ast.Stmt) {
	switch s := s.(type) {
	case *ast.BlockStmt:
		s.List = f(s.List)
	case *ast.IfStmt:
		s.Body.List = f(s.Body.List)
		if s.Else != nil {
			eachBody(s.Else, f)
		}
	case *ast.LabeledStmt:
		if out := f([]ast.Stmt{s.Stmt}); len(out) == 1 {
			s.Stmt = out[0]
		} else {
			s.Stmt = block(out...)
		}
	case *ast.ForStmt:
		s.Body.List = f(s.Body.List)
	case *ast.RangeStmt:
		s.Body.List = f(s.Body.List)
	case *ast.SwitchStmt:
		eachClause(s.Body, f)
	case *ast.TypeSwitchStmt:
		eachClause(s.Body, f)
	case *ast.SelectStmt:
		eachClause(s.Body, f)
	}
}

func eachClause(b *ast.BlockStmt, f func([]ast.Stmt) []ast.Stmt) {
	for _, c := range b.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			c.Body = f(c.Body)
		case *ast.CommClause:
			c.Body = f(c.Body)
		}
	}
}
