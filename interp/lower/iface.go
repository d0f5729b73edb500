package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// isInterface tells whether values of a type hold values of others.
func isInterface(t types.Type) bool {
	if t == nil {
		return false
	}
	if _, param := types.Unalias(t).(*types.TypeParam); param {
		return false
	}
	return types.IsInterface(t)
}

// hasMethods tells whether a type is an interface with methods.
func hasMethods(t types.Type) bool {
	return isInterface(t) && !t.Underlying().(*types.Interface).Empty()
}

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// elemOf returns the element type of a slice, array, map or channel, or nil.
func elemOf(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if e, ok := t.Underlying().(interface{ Elem() types.Type }); ok {
		return e.Elem()
	}
	return nil
}

// needsBox tells whether storing a value in an interface needs help: yaegi
// stores it bare where the variable exists already.
func needsBox(from, to types.Type) bool {
	return to != nil && hasMethods(to) && !isInterface(from) && !isNil(from) && !isTuple(from)
}

// boxed converts x to an interface by way of a slice literal, which yaegi does
// well: []I{x}[0].
func (l *lowerer) boxed(x ast.Expr, from, to types.Type) ast.Expr {
	if !needsBox(from, to) {
		return l.stored(x, from, to)
	}
	l.surelyFound(from, to)
	x = l.namedFunc(x, from)
	if l.wrappedApart(from, to) {
		return l.wrap(x, from, to, l.keepsNil(x, from, to))
	}
	return single(l.typ(to), l.stored(x, from, to))
}

// converted lowers x where a value of type to is expected.
func (l *lowerer) converted(x ast.Expr, to types.Type) ast.Expr {
	from := l.typeOf(x)
	if to == nil {
		return l.expr(x)
	}
	return l.boxed(l.operated(l.expr(x), x, to), from, to)
}

// operated gives what an operator makes, or a declared function, a place of its own type
// before it is stored in an interface: yaegi would compute right into the interface,
// which it can with few operators and in few places, and store its own form of the
// function.
func (l *lowerer) operated(lowered, x ast.Expr, to types.Type) ast.Expr {
	if !isInterface(to) || isInterface(l.typeOf(x)) || l.info.Types[x].Value != nil {
		return lowered
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.BinaryExpr:
	case *ast.Ident:
		if !l.isFunc(x) {
			return lowered
		}
	case *ast.UnaryExpr:
		if x.Op == token.ARROW || x.Op == token.AND {
			return lowered
		}
	default:
		return lowered
	}
	return l.ownPlace(lowered, types.Default(l.typeOf(x)))
}

// ownPlace gives a value a place of its type.
func (l *lowerer) ownPlace(x ast.Expr, t types.Type) ast.Expr {
	return &ast.IndexExpr{X: &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(t)}, Elts: []ast.Expr{x}}, Index: intLit(0)}
}

// boxesFunc tells whether an expression is a declared function where an interface is
// expected: see operated.
func (l *lowerer) boxesFunc(x ast.Expr, to types.Type) bool { return isInterface(to) && l.isFunc(x) }

// compositeLit lowers a literal; what its fields and elements hold in interfaces
// is converted.
func (l *lowerer) compositeLit(n *ast.CompositeLit) {
	t := l.typeOf(n)
	if p, ok := t.Underlying().(*types.Pointer); ok { // &T elided in a literal
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	m, _ := t.Underlying().(*types.Map)
	if n.Type != nil {
		n.Type = l.expr(n.Type)
	}
	if m != nil {
		n.Elts = l.distinct(n.Elts)
	}
	for i, e := range n.Elts {
		kv, keyed := e.(*ast.KeyValueExpr)
		switch {
		case st != nil && keyed:
			field := l.info.Uses[kv.Key.(*ast.Ident)].(*types.Var)
			kv.Key = ident(l.fieldName(field))
			kv.Value = l.converted(kv.Value, field.Type())
		case st != nil && st.Field(i).Name() == "_":
			n.Elts[i] = l.blankValue(e, st.Field(i).Type())
		case st != nil:
			n.Elts[i] = l.converted(e, st.Field(i).Type())
		case keyed:
			if m != nil {
				kv.Key = l.converted(kv.Key, l.keyType(m.Key()))
			} else { // a plain number: yaegi counts the elements of [...]T by no others
				kv.Key = syntax.Constant(constant.ToInt(l.info.Types[kv.Key].Value))
			}
			kv.Value = l.elementOf(kv.Value, elemOf(t))
		default:
			n.Elts[i] = l.elementOf(e, elemOf(t))
		}
	}
}

// blankValue writes what a blank field holds: nothing, whatever a literal gives it.
func (l *lowerer) blankValue(x ast.Expr, t types.Type) ast.Expr {
	if l.anyCalls([]ast.Expr{x}) {
		l.fail(x.Pos(), "a call for a blank field is beyond the interpreter: make it before")
	}
	if lit := l.zeroLit(t); lit != nil {
		return lit
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array:
		return &ast.CompositeLit{Type: l.typ(t)}
	}
	return ident("nil")
}

// distinct drops the elements of a map literal that later ones replace; only an
// instance can have them.
func (l *lowerer) distinct(list []ast.Expr) []ast.Expr {
	last := map[string]int{}
	name := func(e ast.Expr) string {
		tv := l.info.Types[e.(*ast.KeyValueExpr).Key]
		if tv.Value == nil {
			return ""
		}
		return tv.Value.ExactString() + " " + types.Default(tv.Type).String()
	}
	for i, e := range list {
		last[name(e)] = i
	}
	var out []ast.Expr
	for i, e := range list {
		if k := name(e); k == "" || last[k] == i {
			out = append(out, e)
		}
	}
	return out
}

// elementOf lowers an element of a slice, array or map literal.
func (l *lowerer) elementOf(e ast.Expr, elem types.Type) ast.Expr {
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		if l.wrapped(elem) {
			lit.Type = l.typ(elem.Underlying())
			return l.inStruct(lit, elem).(ast.Expr)
		}
		l.compositeLit(lit)
		if p, ok := elem.Underlying().(*types.Pointer); ok { // yaegi takes some for the element itself
			lit.Type = l.typ(p.Elem())
			return addressOf(lit)
		}
		return lit
	}
	x := l.operated(l.expr(e), e, elem)
	if from := l.typeOf(e); l.changes(from, elem) {
		if l.wrappedApart(from, elem) {
			return l.boxed(x, from, elem)
		}
		return l.stored(l.namedFunc(x, from), from, elem)
	}
	return x
}

// namedFunc gives a function the named type that yaegi forgets of fields and elements,
// with its methods.
func (l *lowerer) namedFunc(x ast.Expr, t types.Type) ast.Expr {
	n, ok := types.Unalias(t).(*types.Named)
	if _, isFunc := t.Underlying().(*types.Signature); !ok || !isFunc || l.c.Entity(n.Obj()) == nil || l.wrapped(t) {
		return x
	}
	return call(l.typ(t), x)
}

// typeAssert lowers x.(I) for an interface I; x.(T) works.
func (l *lowerer) typeAssert(n *ast.TypeAssertExpr) ast.Node {
	if n.Type == nil {
		return nil
	}
	to := l.typeOf(n.Type)
	if !isInterface(to) && !types.AssertableTo(l.typeOf(n.X).Underlying().(*types.Interface), to) {
		return &ast.TypeAssertExpr{X: &ast.ParenExpr{X: call(ident("any"), l.expr(n.X))}, Type: l.typ(to)}
	}
	_, pair := l.info.Types[n].Type.(*types.Tuple)
	if l.erased(to) {
		return call(l.unboxer(l.typeOf(n.X), to, !pair), l.settled(n.X))
	}
	if !isInterface(to) && l.comesWrapped(l.typeOf(n.X)) {
		return &ast.TypeAssertExpr{X: l.unwrapped(l.expr(n.X)), Type: l.typ(to)}
	}
	if !isInterface(to) {
		return &ast.TypeAssertExpr{X: l.asserted(l.settled(n.X), l.typeOf(n.X), to), Type: l.typ(to)}
	}
	if pair {
		return nil
	}
	return call(l.asserter(l.typeOf(n.X), to, true), l.settled(n.X))
}

// asserted writes an interface value that is asserted to hold a t, which yaegi believes
// to lack the methods that it has by an embedded pointer.
func (l *lowerer) asserted(x ast.Expr, from, t types.Type) ast.Expr {
	if _, isPointer := t.Underlying().(*types.Pointer); isPointer {
		return x
	}
	for m := range from.Underlying().(*types.Interface).Methods() {
		o, _, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name())
		if f, ok := o.(*types.Func); ok {
			if _, byPointer := f.Signature().Recv().Type().(*types.Pointer); byPointer {
				return &ast.ParenExpr{X: call(ident("any"), x)}
			}
		}
	}
	return x
}

// comesWrapped tells whether values of the session may come back from compiled code
// in an interface in a wrapper: in one with methods that is compiled itself.
func (l *lowerer) comesWrapped(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && hasMethods(t) && n.Obj().Pkg() != l.c.Pkg
}

// unwrapped writes what is in an interface whose values may come in wrappers.
func (l *lowerer) unwrapped(x ast.Expr) ast.Expr {
	list := &ast.CompositeLit{Type: &ast.ArrayType{Elt: ident("any")}, Elts: []ast.Expr{call(l.runtime("Dynamic"), x)}}
	return &ast.IndexExpr{X: list, Index: intLit(0)}
}

// settled lowers an interface value that is asserted or handed to a function
// literal: yaegi loses the dynamic type of one that comes right from a call.
func (l *lowerer) settled(x ast.Expr) ast.Expr {
	t := l.typeOf(x)
	if _, isCall := ast.Unparen(x).(*ast.CallExpr); !isCall || !isInterface(t) {
		return l.expr(x)
	}
	return &ast.IndexExpr{X: &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(t)}, Elts: []ast.Expr{l.expr(x)}}, Index: intLit(0)}
}

// asserter makes a function that asserts an interface value to another
// interface: yaegi knows only compiled methods, so it tries the types of the
// session that have the methods one by one.
func (l *lowerer) asserter(from, to types.Type, must bool) ast.Expr {
	f := &ast.FuncType{Params: params(l.typ(from)), Results: params(l.typ(to))}
	f.Params.List[0].Names = []*ast.Ident{ident("v__")}
	result := func(x ast.Expr, ok string) ast.Stmt { return giveBack(x, ident(ok)) }
	if must {
		result = func(x ast.Expr, _ string) ast.Stmt { return giveBack(x) }
	} else {
		f.Results.List = append(f.Results.List, &ast.Field{Type: ident("bool")})
	}
	body := l.attempts(from, to, result)
	if must {
		body = append(body, do(call(l.runtime("NotImplemented"), ident("v__"), stringLit(l.faceName(to)), stringLit(missingMethod(to)))))
	}
	body = append(body, declareVar("z__", l.typ(to), nil), result(ident("z__"), "false"))
	return &ast.FuncLit{Type: f, Body: block(body...)}
}

func (l *lowerer) attempts(from, to types.Type, result func(ast.Expr, string) ast.Stmt) []ast.Stmt {
	if !hasMethods(to) {
		return []ast.Stmt{when(binary(ident("v__"), token.NEQ, ident("nil")), result(ident("v__"), "true"))}
	}
	var body []ast.Stmt
	value := ident("v__")
	if l.comesWrapped(from) {
		value = ident("d__")
		body = append(body, declareVar("d__", ident("any"), l.unwrapped(ident("v__"))))
	}
	for _, t := range l.implementers(to) {
		if !types.AssertableTo(from.Underlying().(*types.Interface), t) {
			continue
		}
		var assertion ast.Expr = &ast.TypeAssertExpr{X: l.asserted(value, from, t), Type: l.typ(t)}
		if l.erased(t) {
			assertion = call(l.unboxer(from, t, false), ident("v__"))
		}
		test := when(ident("ok__"), declareVar("w__", l.typ(to), l.boxed(ident("t__"), t, to)), result(ident("w__"), "true"))
		test.Init = &ast.AssignStmt{Lhs: []ast.Expr{ident("t__"), ident("ok__")}, Tok: token.DEFINE, Rhs: []ast.Expr{assertion}}
		body = append(body, test)
	}
	body = append(body, l.later(to, result)...)
	if n, ok := types.Unalias(to).(*types.Named); ok && n.Obj().Pkg() != l.c.Pkg {
		pointer := call(&ast.ParenExpr{X: &ast.StarExpr{X: l.typ(to)}}, ident("nil"))
		w := declareVar("w__", l.typ(to), &ast.TypeAssertExpr{X: ident("v__"), Type: l.typ(to)})
		return append(body, when(call(l.runtime("Implements"), ident("v__"), pointer), w, result(ident("w__"), "true")))
	}
	return append(body, l.adapted(to, result)...)
}

// implementers lists the session's types that have the methods of an interface.
func (l *lowerer) implementers(to types.Type) []types.Type {
	face := to.Underlying().(*types.Interface)
	var found []types.Type
	for _, name := range l.c.Pkg.Scope().Names() {
		tn, ok := l.c.Pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() || isInterface(tn.Type()) {
			continue
		}
		if n, ok := tn.Type().(*types.Named); !ok || n.TypeParams().Len() > 0 {
			continue
		}
		if types.Implements(tn.Type(), face) {
			found = append(found, tn.Type())
		}
		if p := types.NewPointer(tn.Type()); types.Implements(p, face) {
			found = append(found, p)
		}
	}
	return found
}

// faceName is how Go names a type in a run-time error.
func (l *lowerer) faceName(t types.Type) string {
	return naming.TypeText(t, (*types.Package).Name)
}

// missingMethod returns the method that a value without any lacks first.
func missingMethod(t types.Type) string {
	face := t.Underlying().(*types.Interface)
	if face.NumMethods() == 0 {
		return ""
	}
	return face.Method(0).Name()
}
