package interp

import (
	"go/ast"
	"go/types"
)

// deferStmt evaluates the arguments of a deferred call where it stands; yaegi
// would do so at the end.
func (l *lowerer) deferStmt(c *ast.CallExpr) []ast.Stmt {
	if lit, ok := ast.Unparen(c.Fun).(*ast.FuncLit); ok {
		l.deferred[lit] = true
		if len(l.loops) > 0 {
			l.passIn(lit, c)
		}
	}
	out, c := l.frozen(c)
	if l.list != "" {
		late := &ast.FuncLit{Type: &ast.FuncType{Params: params()}, Body: block(do(c))}
		return append(out, assign(ident(l.list), call(ident("append"), ident(l.list), late)))
	}
	return append(out, &ast.DeferStmt{Call: c})
}

// passIn makes parameters of the variables of an iteration that a function
// literal deferred in a loop uses: in yaegi all iterations share them.
func (l *lowerer) passIn(lit *ast.FuncLit, c *ast.CallExpr) {
	loop := l.loops[0]
	var fields []*ast.Field
	var args []ast.Expr
	seen := map[types.Object]bool{}
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := l.info.Uses[id].(*types.Var)
		outside := ok && (v.Pos() < lit.Pos() || v.Pos() >= lit.End())
		if !ok || v.IsField() || seen[v] || !outside || v.Pos() < loop.Pos() || v.Pos() >= loop.End() {
			return true
		}
		seen[v] = true
		arg := l.typed(ident(v.Name()), v.Type())
		l.info.Uses[arg] = v
		args = append(args, arg)
		name := ident(v.Name())
		fields = append(fields, &ast.Field{Names: []*ast.Ident{name}, Type: l.typ(v.Type())})
		return true
	})
	if l.assigned(seen, bodyOf(loop)) {
		l.c.fail(lit.Pos(), "a function literal deferred in a loop uses a variable that the loop changes: pass it as an argument")
	}
	old, _ := l.typeOf(lit).(*types.Signature)
	if len(args) == 0 || old == nil {
		return
	}
	lit.Type.Params.List = append(fields, lit.Type.Params.List...)
	c.Args = append(args, c.Args...)
	l.info.Types[lit] = types.TypeAndValue{Type: withParams(old, args, l.info)}
}

// withParams is a signature with further parameters in front.
func withParams(old *types.Signature, args []ast.Expr, info *types.Info) *types.Signature {
	var vars []*types.Var
	for _, a := range args {
		vars = append(vars, types.NewParam(a.Pos(), nil, "", info.TypeOf(a)))
	}
	for v := range old.Params().Variables() {
		vars = append(vars, v)
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(vars...), old.Results(), old.Variadic())
}

func bodyOf(loop ast.Stmt) ast.Node {
	switch s := loop.(type) {
	case *ast.ForStmt:
		return s.Body
	case *ast.RangeStmt:
		return s.Body
	}
	return loop
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
	var out []ast.Stmt
	sig, _ := l.typeOf(c.Fun).Underlying().(*types.Signature)
	isBuiltin := l.builtin(c.Fun) != ""
	for i, a := range c.Args {
		tv := l.info.Types[a]
		if tv.Value != nil || tv.IsType() || tv.IsNil() || isTuple(l.typeOf(a)) {
			continue
		}
		name := l.s.temporary("d")
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
	if f := l.frozenFunc(c.Fun, sig); f != nil {
		name := l.s.temporary("f")
		out = append(out, define(name, f))
		c.Fun = l.typed(ident(name), sig)
	}
	if lowered, ok := l.expr(c).(*ast.CallExpr); ok {
		return out, lowered
	}
	return out, c
}

// frozenFunc returns the value of a called function variable, which may change
// before the call is made; nil for a function that cannot.
func (l *lowerer) frozenFunc(f ast.Expr, sig *types.Signature) ast.Expr {
	if sig == nil || l.builtin(f) != "" || l.info.Types[f].IsType() {
		return nil
	}
	id, ok := ast.Unparen(f).(*ast.Ident)
	if !ok {
		return nil
	}
	if _, isVar := l.info.Uses[id].(*types.Var); !isVar {
		return nil
	}
	return l.expr(f)
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
