package lower

import (
	"go/ast"
	"go/types"
)

// yaegi's own defer runs a function's deferred calls from its end, but stops at the
// first that panics, and recover sees a panic only in a literal or a declared
// function that is deferred itself. So the calls go on a list of the session, which
// runs them as Go does (run.unwinding), but for a function with one deferred call
// that yaegi runs right.

// Most calls that are on their way when a deferred one asks for a panic: see
// deferral.
const (
	literalDepth  = 1 // the literal itself
	declaredDepth = 2 // a literal that calls it, and the function
	dynamicDepth  = 3 // the same by way of an interface or a method value
	noDepth       = 0 // recover deferred by itself sees nothing
)

// deferStmt lowers a deferred call, whose function, receiver and arguments are
// evaluated where it stands.
func (l *lowerer) deferStmt(c *ast.CallExpr) []ast.Stmt {
	lit, _ := ast.Unparen(c.Fun).(*ast.FuncLit)
	if l.unwinding == "" {
		if lit != nil {
			l.deferred[lit] = true
		}
		out, c := l.frozen(c)
		return append(out, &ast.DeferStmt{Call: c})
	}
	depth := l.deferralDepth(c)
	if lit != nil && len(c.Args) == 0 && lit.Type.Results == nil {
		return []ast.Stmt{l.postpone(literalDepth, l.expr(lit))}
	}
	plain, isMethod := l.plainCompiled(c)
	out, c := l.frozen(c)
	if plain {
		return append(out, l.postponeCompiled(c.Fun, isMethod))
	}
	void := &ast.FuncType{Params: params()}
	return append(out, l.postpone(depth, apart(&ast.FuncLit{Type: void, Body: block(do(c))}, void)))
}

// postpone puts a function on the list of deferred calls.
func (l *lowerer) postpone(depth int, f ast.Expr) ast.Stmt {
	return do(call(l.runtime("Defer"), ident(l.unwinding), intLit(depth), f))
}

// postponeCompiled is postpone for a lowered compiled function, or a method, of which
// yaegi forgets the receiver.
func (l *lowerer) postponeCompiled(f ast.Expr, isMethod bool) ast.Stmt {
	if sel, ok := f.(*ast.SelectorExpr); ok && isMethod {
		return do(call(l.runtime("DeferMethod"), ident(l.unwinding), sel.X, stringLit(sel.Sel.Name)))
	}
	return l.postpone(noDepth, f)
}

// deferralDepth counts the interpreted functions between the list and the deferred
// one, with this.
func (l *lowerer) deferralDepth(c *ast.CallExpr) int {
	switch _, literal := ast.Unparen(c.Fun).(*ast.FuncLit); {
	case l.builtin(c.Fun) != "":
		return noDepth
	case literal || l.declaredFunc(c.Fun):
		return declaredDepth
	}
	return dynamicDepth
}

// plainCompiled tells whether a call is one of a compiled function or method without
// arguments and results, and whether it is a method. It is put on the list as it is, and so made even where an
// interrupt has stopped all that is interpreted: a mutex gets unlocked.
func (l *lowerer) plainCompiled(c *ast.CallExpr) (plain, isMethod bool) {
	if !l.compiled(c.Fun) || len(c.Args) > 0 {
		return false, false
	}
	o, _ := l.info.Uses[ast.Unparen(c.Fun).(*ast.SelectorExpr).Sel].(*types.Func)
	sig := o.Signature()
	plain = sig.Params().Len() == 0 && sig.Results().Len() == 0 && substitutes[o.FullName()] == ""
	return plain, sig.Recv() != nil
}

// unwinds tells whether the deferred calls of a function body need a list.
func (l *lowerer) unwinds(b *ast.BlockStmt) bool {
	var only *ast.DeferStmt
	count, repeated := 0, false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt:
			repeated = repeated || hasDefer(n.Body)
		case *ast.RangeStmt:
			repeated = repeated || hasDefer(n.Body)
		case *ast.LabeledStmt:
			repeated = true
		case *ast.DeferStmt:
			only = n
			count++
		}
		return true
	})
	if count != 1 {
		return count > 1
	}
	_, literal := ast.Unparen(only.Call.Fun).(*ast.FuncLit)
	later := l.literals > 0 && !l.compiled(only.Call.Fun) // see comesLater
	return repeated || !literal && (later || !l.declaredFunc(only.Call.Fun))
}

// hasDefer tells whether a function body, not one inside it, defers a call.
func hasDefer(b *ast.BlockStmt) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

// unwind makes the list of a function's deferred calls and has it run at the end.
func (l *lowerer) unwind() []ast.Stmt {
	l.unwinding = l.temporary("unwinding")
	run := do(call(l.runtime("Unwound"), ident(l.unwinding), call(ident("recover"))))
	return []ast.Stmt{
		define(l.unwinding, call(l.runtime("Unwinding"))),
		&ast.DeferStmt{Call: call(l.runtime("Abandoned"), ident(l.unwinding))},
		&ast.DeferStmt{Call: call(&ast.FuncLit{Type: &ast.FuncType{Params: params()}, Body: block(run)})},
	}
}

// goStmt lets the session start a goroutine: a panic in it is reported instead of
// ending the process, and the session counts those that live.
func (l *lowerer) goStmt(c *ast.CallExpr) []ast.Stmt {
	out, c := l.frozen(c)
	void := &ast.FuncType{Params: params()}
	return append(out, do(call(l.runtime("Go"), apart(&ast.FuncLit{Type: void, Body: block(do(c))}, void))))
}

// frozen lowers a call whose function and arguments are evaluated before it is
// made.
func (l *lowerer) frozen(c *ast.CallExpr) ([]ast.Stmt, *ast.CallExpr) {
	sig, _ := l.typeOf(c.Fun).Underlying().(*types.Signature)
	isBuiltin := l.builtin(c.Fun) != ""
	out := l.freezeFunc(c)
	for i, a := range c.Args {
		tv := l.info.Types[a]
		if tv.Value != nil || tv.IsType() || tv.IsNil() || isTuple(l.typeOf(a)) {
			continue
		}
		name := l.temporary("d")
		t := l.typeOf(a)
		if !isBuiltin {
			if p := paramType(sig, i, c.Ellipsis.IsValid()); isInterface(p) {
				t = p
			}
		}
		value := l.converted(a, t)
		if isInterface(t) {
			out = append(out, declareVar(name, l.typ(t), value))
		} else {
			out = append(out, define(name, value))
		}
		c.Args[i] = l.typed(ident(name), t)
	}
	if lowered, ok := l.expr(c).(*ast.CallExpr); ok {
		return out, lowered
	}
	return out, c
}

// freezeFunc evaluates the function of a call, or the receiver of a method, which may
// change before the call is made.
func (l *lowerer) freezeFunc(c *ast.CallExpr) []ast.Stmt {
	f := ast.Unparen(c.Fun)
	if l.builtin(f) != "" || l.info.Types[f].IsType() || l.declaredName(f) {
		return nil
	}
	switch f := f.(type) {
	case *ast.FuncLit:
		return nil
	case *ast.SelectorExpr:
		if s := l.info.Selections[f]; s != nil && s.Kind() == types.MethodVal {
			return l.freezeReceiver(c, f, s.Obj().(*types.Func))
		}
	}
	name := l.temporary("f")
	t := l.typeOf(f)
	value := l.expr(f)
	c.Fun = l.typed(ident(name), t)
	return []ast.Stmt{declareVar(name, l.typ(t), value)}
}

// declaredName tells whether an expression names a declared function or a method
// expression, which never change.
func (l *lowerer) declaredName(f ast.Expr) bool {
	switch f := f.(type) {
	case *ast.Ident:
		_, ok := l.info.Uses[f].(*types.Func)
		return ok
	case *ast.SelectorExpr:
		s := l.info.Selections[f]
		_, isFunc := l.info.Uses[f.Sel].(*types.Func)
		return isFunc && (s == nil || s.Kind() == types.MethodExpr)
	case *ast.IndexExpr:
		return l.declaredName(f.X)
	case *ast.IndexListExpr:
		return l.declaredName(f.X)
	}
	return false
}

// freezeReceiver is freezeFunc for x.M.
func (l *lowerer) freezeReceiver(c *ast.CallExpr, sel *ast.SelectorExpr, o *types.Func) []ast.Stmt {
	recv := o.Signature().Recv().Type()
	var x ast.Expr
	if isInterface(recv) {
		x, recv = l.embedding(sel)
	} else {
		x = l.receiverValue(sel, o)
	}
	name := l.temporary("r")
	out := []ast.Stmt{declareVar(name, l.typ(recv), x)}
	if isInterface(recv) {
		out = append(out, do(call(l.runtime("Present"), ident(name))))
	}
	frozen := &ast.SelectorExpr{X: l.typed(ident(name), recv), Sel: sel.Sel}
	l.info.Selections[frozen] = types.NewMethodSet(recv).Lookup(o.Pkg(), o.Name())
	c.Fun = l.like(sel, frozen)
	return out
}

// typed gives a made-up identifier a type in the type information.
func (l *lowerer) typed(id *ast.Ident, t types.Type) *ast.Ident {
	l.info.Types[id] = types.TypeAndValue{Type: t}
	return id
}

// paramType returns the type of the i-th argument's parameter, nil if unknown.
func paramType(sig *types.Signature, i int, spread bool) types.Type {
	if sig == nil {
		return nil
	}
	last := sig.Params().Len() - 1
	if sig.Variadic() && i >= last {
		if spread {
			return sig.Params().At(last).Type()
		}
		return elemOf(sig.Params().At(last).Type())
	}
	if i > last {
		return nil
	}
	return sig.Params().At(i).Type()
}
