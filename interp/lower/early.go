package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A call may need statements before the statement that it is part of: see signed.
// The calls that come before it in the order of the language must then stand there
// too. Operands that are no calls are read later, which is how Go's compiler does it.

// early is the place before the statement being lowered.
type early struct {
	out  *[]ast.Stmt
	left []made // calls of the statement so far, which are still part of it
	held bool   // so is something that cannot be taken out of it

	whole ast.Expr                       // the call that is all of the statement
	use   func(c *ast.CallExpr) ast.Stmt // makes the statement of it
	done  bool                           // it is in out
}

// made is a lowered call and the type of its result.
type made struct {
	call *ast.CallExpr
	typ  types.Type
}

func (e *early) add(list ...ast.Stmt) { *e.out = append(*e.out, list...) }

// early lowers expressions of a statement; what must stand before it goes to out.
func (l *lowerer) early(out *[]ast.Stmt, lower func()) { l.earlyWhole(out, nil, nil, lower) }

// earlyWhole is early for a statement that a call may be all of. It tells whether the
// statement has gone to out too.
func (l *lowerer) earlyWhole(out *[]ast.Stmt, x ast.Expr, use func(*ast.CallExpr) ast.Stmt, lower func()) bool {
	outer := l.ahead
	defer func() { l.ahead = outer }()
	if l.ahead = nil; l.alone {
		lower()
		return false
	}
	e := &early{out: out, whole: ast.Unparen(x), use: use}
	l.ahead = e
	lower()
	return e.done
}

// follow lowers a call as the next of its statement.
func (l *lowerer) follow(n *ast.CallExpr) ast.Node {
	e := l.ahead
	if e == nil || l.harmless(n) {
		return l.call(n)
	}
	t, since := l.typeOf(n), len(e.left)
	switch out := l.call(n).(type) {
	case *ast.CallExpr:
		e.left = append(e.left[:min(since, len(e.left))], made{out, t})
		return out
	case *ast.Ident: // it stands before the statement
		return out
	default:
		e.held = true
		return out
	}
}

// harmless tells whether a call may be made before or after any other.
func (l *lowerer) harmless(n *ast.CallExpr) bool {
	if l.info.Types[n.Fun].IsType() || l.info.Types[n].Value != nil {
		return true
	}
	switch l.builtin(n.Fun) {
	case "", "copy", "delete", "clear", "close", "panic", "recover", "print", "println":
	default:
		return true
	}
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	o := l.info.Uses[sel.Sel]
	return o != nil && o.Pkg() != nil && o.Pkg().Path() == "math"
}

// canTakeOut tells whether the calls of the statement so far can be moved before it.
func (l *lowerer) canTakeOut() bool {
	if l.ahead == nil || l.ahead.held {
		return false
	}
	for _, m := range l.ahead.left {
		if !isBasic(m.typ) {
			return false
		}
	}
	return true
}

// takeOut moves them. In their place there are conversions of what they gave.
func (l *lowerer) takeOut() {
	e := l.ahead
	for _, m := range e.left {
		out, name := *m.call, l.scratch(m.typ)
		e.add(assign(ident(name), &out))
		*m.call = *call(l.typ(m.typ), ident(name))
	}
	e.left = nil
}

// logical lowers x && y and x || y, of which y may need statements before it.
func (l *lowerer) logical(n *ast.BinaryExpr) ast.Node {
	if l.ahead == nil || l.info.Types[n].Value != nil {
		return nil
	}
	t := types.Default(l.typeOf(n))
	x := l.expr(n.X)
	var steps []ast.Stmt
	var y ast.Expr
	before := l.ahead
	movable := l.canTakeOut() && isBasic(t)
	if !movable {
		l.ahead = nil
		y = l.expr(n.Y)
	} else {
		l.early(&steps, func() {
			y = l.expr(n.Y)
			before.held = l.ahead.held || len(l.ahead.left) > 0
		})
	}
	l.ahead = before
	if len(steps) == 0 {
		before.held = before.held || !movable
		return &ast.BinaryExpr{X: x, Op: n.Op, Y: y}
	}
	before.held = false
	l.takeOut()
	found := l.scratch(t)
	var more ast.Expr = ident(found)
	if n.Op == token.LOR {
		more = not(more)
	}
	before.add(assign(ident(found), x), when(more, append(steps, assign(ident(found), y))...))
	return ident(found)
}

// scratches are variables of the function being lowered that hold values within one
// statement each. One serves many statements: every variable costs time in each call.
type scratches struct {
	names [types.UntypedNil][]string // by kind of type
	used  [types.UntypedNil]int      // by the statement
}

// declared declares them.
func (s *scratches) declared() []ast.Stmt {
	var out []ast.Stmt
	for k, names := range s.names {
		if len(names) == 0 {
			continue
		}
		spec := &ast.ValueSpec{Type: ident(types.Typ[k].Name())}
		for _, n := range names {
			spec.Names = append(spec.Names, ident(n))
		}
		out = append(out, &ast.DeclStmt{Decl: &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{spec}}})
	}
	return out
}

func isBasic(t types.Type) bool {
	b, ok := types.Unalias(t).(*types.Basic)
	return ok && b.Info()&types.IsUntyped == 0
}

// scratch returns a variable of a predeclared type that nothing else of the statement
// uses.
func (l *lowerer) scratch(t types.Type) string {
	k, s := types.Unalias(t).(*types.Basic).Kind(), l.scratchpad
	if s.used[k] == len(s.names[k]) {
		s.names[k] = append(s.names[k], l.temporary("s"))
	}
	s.used[k]++
	return s.names[k][s.used[k]-1]
}
