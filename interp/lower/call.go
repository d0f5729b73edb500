package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"runtime"
	"slices"
)

// call lowers a call or a conversion.
func (l *lowerer) call(n *ast.CallExpr) ast.Node {
	if b := l.builtin(n.Fun); b != "" {
		return l.builtinCall(b, n)
	}
	if l.info.Types[n.Fun].IsType() {
		return l.conversion(n)
	}
	if out := l.substitute(n); out != nil {
		return out
	}
	if out := l.errorsAs(n); out != nil {
		return out
	}
	if out := l.staticCall(n); out != nil {
		return out
	}
	l.logged(n)
	sig, _ := l.typeOf(n.Fun).Underlying().(*types.Signature)
	l.atOnce[ast.Unparen(n.Fun)] = true
	r := l.riskOf(n)
	args := l.arguments(n, sig)
	if l.callsBack(n.Fun) && len(args) == len(n.Args) {
		for i, a := range n.Args {
			args[i] = l.guarded(a, args[i])
		}
	}
	wrapped := l.wrapped(l.typeOf(n.Fun))
	n.Fun = l.expr(n.Fun)
	if wrapped {
		n.Fun = l.unwrap(n.Fun)
	}
	n.Args = args
	return l.keepSigns(n, r)
}

// builtin returns the name of the built-in function that an expression is.
func (l *lowerer) builtin(f ast.Expr) string {
	id, ok := ast.Unparen(f).(*ast.Ident)
	if sel, qualified := ast.Unparen(f).(*ast.SelectorExpr); qualified { // of package unsafe
		id, ok = sel.Sel, true
	}
	if !ok {
		return ""
	}
	b, ok := l.info.Uses[id].(*types.Builtin)
	if !ok {
		return ""
	}
	return b.Name()
}

// builtinCall lowers those that yaegi lacks or that behave otherwise there.
func (l *lowerer) builtinCall(name string, n *ast.CallExpr) ast.Node {
	if len(n.Args) == 1 {
		if given, ok := l.typeOf(n.Args[0]).(*types.Tuple); ok {
			return l.unpacked(n, given)
		}
	}
	switch name {
	case "min", "max":
		return l.extreme(name, n)
	case "clear":
		return call(l.runtime("Clear"), l.expr(n.Args[0]))
	case "recover":
		return call(l.runtime("Recovered"), n)
	case "print", "println":
		return call(l.runtime(name), l.printedArgs(n.Args)...)
	case "append":
		if out := l.appended(n); out != nil {
			return out
		}
		if out := l.appendedBoxes(n); out != nil {
			return out
		}
	case "panic":
		if t := l.typeOf(n.Args[0]); l.erases(t, types.NewInterfaceType(nil, nil)) {
			n.Args[0] = l.box(l.expr(n.Args[0]), t)
			return n
		}
	case "delete":
		m, _ := l.typeOf(n.Args[0]).Underlying().(*types.Map)
		if m != nil && len(n.Args) == 2 {
			n.Args = []ast.Expr{l.expr(n.Args[0]), l.converted(n.Args[1], l.keyType(m.Key()))}
			return n
		}
	case "len", "cap":
		if out := l.arrayLen(n); out != nil {
			return out
		}
	case "Add", "Slice", "SliceData", "String", "StringData":
		return l.unsafeCall(name, n)
	case "make":
		if len(n.Args) == 3 && l.info.Types[n.Args[2]].Value == nil {
			slice := l.typeOf(n).Underlying().(*types.Slice)
			size := types.SizesFor("gc", runtime.GOARCH).Sizeof(slice.Elem())
			capacity := call(l.runtime("Capacity"), l.expr(n.Args[2]), intLit(int(size)))
			return call(l.expr(n.Fun), l.expr(n.Args[0]), l.expr(n.Args[1]), capacity)
		}
		if t, ok := l.typeOf(n).Underlying().(*types.Chan); ok && t.Dir() != types.SendRecv {
			both := call(ident("make"), append([]ast.Expr{l.typ(types.NewChan(types.SendRecv, t.Elem()))}, l.exprs(n.Args[1:])...)...)
			return call(&ast.ParenExpr{X: l.typ(l.typeOf(n))}, both)
		}
	case "new":
		if !l.info.Types[n.Args[0]].IsType() {
			return l.newValue(n)
		}
	}
	n.Args = l.exprs(n.Args)
	return n
}

// unpacked lowers a built-in function of the results of a call, which yaegi takes
// for one argument.
func (l *lowerer) unpacked(n *ast.CallExpr, given *types.Tuple) ast.Node {
	values := &ast.AssignStmt{Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(n.Args[0])}}
	var args []ast.Expr
	for i := range given.Len() {
		name := l.temporary("u")
		values.Lhs = append(values.Lhs, ident(name))
		args = append(args, l.typed(ident(name), given.At(i).Type()))
	}
	inner := &ast.CallExpr{Fun: n.Fun, Args: args}
	l.like(n, inner)
	f := &ast.FuncType{Params: params()}
	result := l.builtinCall(l.builtin(n.Fun), inner).(ast.Expr)
	if l.info.Types[n].IsVoid() {
		return call(&ast.FuncLit{Type: f, Body: block(values, do(result))})
	}
	f.Results = params(l.typ(l.typeOf(n)))
	return call(&ast.FuncLit{Type: f, Body: block(values, giveBack(result))})
}

// printedArgs lowers what the built-in print writes.
func (l *lowerer) printedArgs(list []ast.Expr) []ast.Expr {
	var out []ast.Expr
	for _, a := range list {
		x := l.expr(a)
		if isInterface(l.typeOf(a)) {
			x = call(l.runtime("Printed"), x)
		}
		out = append(out, x)
	}
	return out
}

// appended lowers an append of several values that may read the slice, as yaegi writes each
// before it reads the next, and of one that yaegi takes for the slice of append(s, x...). nil
// for others.
func (l *lowerer) appended(n *ast.CallExpr) ast.Node {
	const slice, first = 0, 1
	typ, ok := l.typeOf(n).Underlying().(*types.Slice)
	if !ok || n.Ellipsis.IsValid() || len(n.Args) <= first {
		return nil
	}
	added := n.Args[first:]
	if several := len(added) > 1 && slices.ContainsFunc(added, mayIndex); !several && !l.likeSlice(added, typ) {
		return nil
	}
	list := &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(typ.Elem())}}
	for _, a := range added {
		list.Elts = append(list.Elts, l.converted(a, typ.Elem()))
	}
	return &ast.CallExpr{Fun: ident("append"), Args: []ast.Expr{l.expr(n.Args[slice]), list}, Ellipsis: 1}
}

// arrayLen lowers the length of an array that a pointer points to, which may be
// nil; nil for any other argument.
func (l *lowerer) arrayLen(n *ast.CallExpr) ast.Expr {
	p, ok := l.typeOf(n.Args[0]).Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	a, ok := p.Elem().Underlying().(*types.Array)
	if !ok {
		return nil
	}
	f := &ast.FuncLit{
		Type: &ast.FuncType{Params: params(l.typ(p)), Results: params(ident("int"))},
		Body: block(giveBack(intLit(int(a.Len())))),
	}
	f.Type.Params.List[0].Names = []*ast.Ident{ident("_")}
	return call(f, l.expr(n.Args[0]))
}

// panicStmt lowers a panic. The session is told the error that it is about: what makes
// a value of an interpreted type an error is invisible at run time. A panic with nothing
// is one with an error that says so.
func (l *lowerer) panicStmt(x ast.Expr) []ast.Stmt {
	n, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || l.builtin(n.Fun) != "panic" || len(n.Args) != 1 {
		return nil
	}
	t := l.typeOf(n.Args[0])
	nothing := do(call(ident("panic"), call(l.runtime("PanicNil"))))
	if l.info.Types[n.Args[0]].IsNil() {
		return []ast.Stmt{nothing}
	}
	if !isError(t) && !isInterface(t) {
		return nil
	}
	name := l.temporary("p")
	out := []ast.Stmt{declareVar(name, l.typ(t), l.expr(n.Args[0]))}
	if isInterface(t) {
		out = append(out, when(call(l.runtime("IsNil"), ident(name)), nothing))
	}
	if isError(t) {
		out = append(out, do(call(l.runtime("Panicking"), l.boxed(ident(name), t, types.Universe.Lookup("error").Type()))))
	}
	return append(out, do(call(ident("panic"), l.boxed(ident(name), t, types.NewInterfaceType(nil, nil)))))
}

func isError(t types.Type) bool {
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// extreme lowers min and max to a function of the widest type of their family.
func (l *lowerer) extreme(name string, n *ast.CallExpr) ast.Node {
	t := l.typeOf(n)
	b, ok := t.Underlying().(*types.Basic)
	if !ok { // a type parameter
		n.Args = l.exprs(n.Args)
		return n
	}
	family, wide := "Int", types.Typ[types.Int64]
	switch {
	case b.Info()&types.IsUnsigned != 0:
		family, wide = "Uint", types.Typ[types.Uint64]
	case b.Info()&types.IsFloat != 0:
		family, wide = "Float", types.Typ[types.Float64]
	case b.Info()&types.IsString != 0:
		family, wide = "String", types.Typ[types.String]
	}
	var args []ast.Expr
	for _, a := range n.Args {
		args = append(args, call(l.typ(wide), l.expr(a)))
	}
	return call(l.typ(t), call(l.runtime(name+family), args...))
}

// newValue lowers new(x) of a value x.
func (l *lowerer) newValue(n *ast.CallExpr) ast.Node {
	p := l.typeOf(n).(*types.Pointer)
	value := l.temporary("v")
	arg := l.expr(n.Args[0])
	if tv := l.info.Types[n.Args[0]]; tv.Value != nil && tv.Value.Kind() != constant.Unknown {
		arg = l.constant(tv.Value, tv.Type)
	}
	return call(&ast.FuncLit{
		Type: &ast.FuncType{Params: params(), Results: params(l.typ(p))},
		Body: block(declareVar(value, l.typ(p.Elem()), arg), giveBack(addressOf(ident(value)))),
	})
}

// conversion lowers T(x).
func (l *lowerer) conversion(n *ast.CallExpr) ast.Node {
	to := l.info.Types[n.Fun].Type
	from := l.typeOf(n.Args[0])
	if l.changes(from, to) {
		return l.boxed(l.expr(n.Args[0]), from, to)
	}
	f := ast.Unparen(l.expr(n.Fun)) // yaegi dislikes types in parentheses
	switch f.(type) {
	case *ast.StarExpr, *ast.FuncType, *ast.ChanType:
		f = &ast.ParenExpr{X: f}
	}
	return call(f, l.operated(l.expr(n.Args[0]), n.Args[0], to))
}

// arguments lowers the arguments of a call; values of interpreted types among
// the variadic interface arguments of a compiled function travel in a slice.
func (l *lowerer) arguments(n *ast.CallExpr, sig *types.Signature) []ast.Expr {
	if _, literal := ast.Unparen(n.Fun).(*ast.FuncLit); literal {
		var args []ast.Expr
		for i, a := range n.Args {
			p := paramType(sig, i, n.Ellipsis.IsValid())
			args = append(args, l.stored(l.operated(l.settled(a), a, p), l.typeOf(a), p))
		}
		return l.variadic(n, sig, args)
	}
	if sig == nil || !sig.Variadic() || n.Ellipsis.IsValid() || !l.compiled(n.Fun) {
		return l.passed(n, sig)
	}
	if l.formats(n.Fun) && !scans(ast.Unparen(n.Fun).(*ast.SelectorExpr).Sel.Name) {
		path := l.info.Uses[ast.Unparen(n.Fun).(*ast.SelectorExpr).Sel].Pkg().Path()
		return l.formatted(path, n.Args, fixedParams(sig))
	}
	fixed := sig.Params().Len() - 1
	elem := elemOf(sig.Params().At(fixed).Type())
	args := l.passed(n, sig)
	if !hasMethods(elem) || len(n.Args) <= fixed || isTuple(l.typeOf(n.Args[0])) || n.Ellipsis.IsValid() {
		return args
	}
	rest := &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(elem)}, Elts: args[fixed:]}
	n.Ellipsis = 1
	return append(args[:fixed:fixed], rest)
}

func isTuple(t types.Type) bool {
	_, ok := t.(*types.Tuple)
	return ok
}

// compiled tells whether a called function is one of a compiled package.
func (l *lowerer) compiled(f ast.Expr) bool {
	sel, ok := ast.Unparen(f).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	o := l.info.Uses[sel.Sel]
	_, isFunc := o.(*types.Func)
	return isFunc && o.Pkg() != nil && o.Pkg() != l.c.Pkg
}
