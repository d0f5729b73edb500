package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"crossbook/interp/naming"
)

// yaegi passes no argument to a declared function that reflect calls zero, for the
// parameter is zero already; but it is +0 where the argument may be -0. Called as a
// value, a function gets all its arguments, at several times the cost. So a call with
// an argument that may be a negative zero, or be made of nothing but zeros, looks at
// that argument, and calls the function as a value where it must:
//
//	if 1/x < -1e308 {
//		g := f
//		r = g(x)
//	} else {
//		r = f(x)
//	}
//
// Where that cannot stand before a statement the function is always called as a value.

// risk is what a call puts at risk: operands, by their number, that may be -0.
type risk struct {
	call     *ast.CallExpr // before it is lowered
	function *types.Func
	sig      *types.Signature
	operands []types.Type // their types; nil for one without risk
	any      bool
}

// riskOf looks at a call, not lowered yet; nil for one without risk.
func (l *lowerer) riskOf(n *ast.CallExpr) *risk {
	switch f := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		if o, ok := l.info.Uses[f].(*types.Func); ok && o.Pkg() == l.c.Pkg {
			return l.risky(n, o, n.Args)
		}
	case *ast.SelectorExpr:
		if o := l.staticMethod(f); o != nil {
			return l.risky(n, o, append([]ast.Expr{f.X}, n.Args...))
		}
	}
	return nil
}

// risky looks at the operands of a call of a declared function or of a method, whose
// first is the receiver. Without operands nothing is known of them.
func (l *lowerer) risky(n *ast.CallExpr, o *types.Func, operands []ast.Expr) *risk {
	r := &risk{call: n, function: o, sig: o.Signature()}
	var vars []*types.Var
	if recv := r.sig.Recv(); recv != nil {
		vars = append(vars, recv)
	}
	for i := range r.sig.Params().Len() {
		if i < r.sig.Params().Len()-1 || !r.sig.Variadic() {
			vars = append(vars, r.sig.Params().At(i))
		}
	}
	for i, v := range vars {
		var t types.Type
		sure := len(operands) >= len(vars) && (l.info.Types[operands[i]].Value != nil || types.Identical(l.typeOf(operands[i]), v.Type()) && l.unsigned(operands[i]))
		if v.Name() != "_" && signed(v.Type()) && !sure {
			t, r.any = v.Type(), true
		}
		r.operands = append(r.operands, t)
	}
	if !r.any {
		return nil
	}
	return r
}

// signed tells whether a value of a type may be, but for its sign, the zero value.
func signed(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsFloat|types.IsComplex) != 0
	case *types.Array:
		return signed(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if signed(f.Type()) {
				return true
			}
		}
	}
	return false
}

// positive are compiled functions that never return a negative zero.
var positive = map[string]bool{
	"math.Abs": true, "math.Exp": true, "math.Hypot": true, "math.Cosh": true, "math/rand.Float64": true, "math/rand/v2.Float64": true,
}

// unsigned tells whether an expression is never -0, nor made of such.
func (l *lowerer) unsigned(x ast.Expr) bool {
	x = ast.Unparen(x)
	if l.info.Types[x].Value != nil || !signed(l.typeOf(x)) {
		return true
	}
	switch x := x.(type) {
	case *ast.CallExpr:
		if l.info.Types[x.Fun].IsType() {
			from, to := l.typeOf(x.Args[0]).Underlying(), l.typeOf(x).Underlying()
			return l.unsigned(x.Args[0]) && (!signed(from) || types.Identical(from, to))
		}
		o, _ := l.callee(x.Fun).(*types.Func)
		return o != nil && positive[o.FullName()]
	case *ast.BinaryExpr:
		y := l.info.Types[x.Y].Value
		switch x.Op {
		case token.ADD: // -0 is the sum of two of them only
			return l.unsigned(x.X) || l.unsigned(x.Y)
		case token.SUB: // and -0 - 0
			return l.unsigned(x.X) || y != nil && constant.Sign(y) != 0
		}
	case *ast.CompositeLit:
		for _, e := range x.Elts {
			if kv, keyed := e.(*ast.KeyValueExpr); keyed {
				e = kv.Value
			}
			if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil || !l.unsigned(e) {
				return false
			}
		}
		return true
	}
	return false
}

// callee returns what a called expression names.
func (l *lowerer) callee(f ast.Expr) types.Object {
	switch f := ast.Unparen(f).(type) {
	case *ast.Ident:
		return l.info.Uses[f]
	case *ast.SelectorExpr:
		return l.info.Uses[f.Sel]
	}
	return nil
}

// keepSigns makes a lowered call one that keeps the signs of its operands.
func (l *lowerer) keepSigns(c *ast.CallExpr, r *risk) ast.Node {
	if r == nil {
		return c
	}
	e := l.ahead
	whole := e != nil && e.use != nil && e.whole == ast.Expr(r.call)
	if !l.canTakeOut() || len(c.Args) < len(r.operands) || !whole && r.sig.Results().Len() != 1 {
		return l.asValue(c, r)
	}
	var negative ast.Expr
	l.takeOut()
	for i, t := range r.operands {
		if t == nil {
			continue
		}
		test := l.negativeZero(l.named(&c.Args[i], t), t)
		switch {
		case test == nil:
			negative = ident("true")
		case negative == nil:
			negative = test
		default:
			negative = binary(negative, token.LOR, test)
		}
	}
	if whole {
		e.add(l.choice(negative, c, e.use))
		e.done = true
		return c
	}
	result := r.sig.Results().At(0).Type()
	var name string
	if isBasic(result) {
		name = l.scratch(result)
	} else {
		name = l.temporary("s")
		e.add(declareVar(name, l.typ(result), nil))
	}
	e.add(l.choice(negative, c, func(c *ast.CallExpr) ast.Stmt { return assign(ident(name), c) }))
	return ident(name)
}

// choice makes a statement of a call, or of one of the function as a value.
func (l *lowerer) choice(negative ast.Expr, c *ast.CallExpr, use func(*ast.CallExpr) ast.Stmt) ast.Stmt {
	f := l.temporary("f")
	value := call(ident(f), c.Args...)
	value.Ellipsis = c.Ellipsis
	s := when(negative, define(f, c.Fun), use(value))
	s.Else = block(use(c))
	return s
}

// asValue calls the function as a value.
func (l *lowerer) asValue(c *ast.CallExpr, r *risk) ast.Expr {
	f := l.sp.Signature(r.sig)
	if recv := r.sig.Recv(); recv != nil {
		f.Params.List = append([]*ast.Field{{Type: l.typ(recv.Type())}}, f.Params.List...)
	}
	if !l.comesLater(r.function) {
		c.Fun = single(f, c.Fun)
		return c
	}
	value := l.temporary("f")
	args := nameParams(f)
	body := forward(f, call(ident(value), args...))
	body.List = append([]ast.Stmt{define(value, c.Fun)}, body.List...)
	c.Fun = &ast.FuncLit{Type: f, Body: body}
	return c
}

// comesLater tells whether yaegi compiles a function literal at hand before a function,
// of which it then has no value in a slice, as an argument of compiled code and the like.
func (l *lowerer) comesLater(o *types.Func) bool {
	e, key := l.c.Entity(o), o.Name()
	if o.Signature().Recv() != nil {
		e = l.c.MethodEntity(o)
		key = naming.Key(l.c.MethodOwner(o).Name, o.Name())
	}
	return l.c.Declared[key] == e && !l.lowered[e]
}

// forwarded makes a literal that calls a function.
func (l *lowerer) forwarded(o *types.Func, f ast.Expr) ast.Expr {
	t := l.sp.Signature(o.Signature())
	c := call(f, nameParams(t)...)
	literal := &ast.FuncLit{Type: t, Body: l.forwardSigned(t, c, l.risky(c, o, nil))}
	return apart(literal, l.typ(o.Type()))
}

// funcValue makes a value of a declared function that can be returned.
func funcValue(t, f ast.Expr) ast.Expr {
	const field = "F"
	one := params(t)
	one.List[0].Names = []*ast.Ident{ident(field)}
	return selector(&ast.CompositeLit{Type: &ast.StructType{Fields: one}, Elts: []ast.Expr{f}}, field)
}

// forwardSigned is forward for the call of a function at risk.
func (l *lowerer) forwardSigned(f *ast.FuncType, c *ast.CallExpr, r *risk) *ast.BlockStmt {
	body := forward(f, c)
	if r == nil {
		return body
	}
	out := block()
	use := func(c *ast.CallExpr) ast.Stmt {
		if f.Results == nil {
			return do(c)
		}
		return giveBack(c)
	}
	l.earlyWhole(&out.List, c, use, func() { l.keepSigns(c, r) })
	return out
}

// named puts an operand into a variable, unless it is one.
func (l *lowerer) named(x *ast.Expr, t types.Type) ast.Expr {
	if id, ok := (*x).(*ast.Ident); ok {
		return id
	}
	var name string
	if isBasic(t) {
		name = l.scratch(t)
		l.ahead.add(assign(ident(name), *x))
	} else {
		name = l.temporary("s")
		l.ahead.add(declareVar(name, l.typ(t), *x))
	}
	*x = ident(name)
	return *x
}

// negativeZero writes whether a variable may be the zero value but for its sign; nil
// if that takes too long to find out.
func (l *lowerer) negativeZero(x ast.Expr, t types.Type) ast.Expr {
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsFloat != 0 {
		low := "1e308" // 1/x of no other number but the least ones is lower
		if b.Kind() == types.Float32 {
			low = "1e38"
		}
		inverse := binary(&ast.BasicLit{Kind: token.FLOAT, Value: "1.0"}, token.QUO, x)
		return binary(inverse, token.LSS, &ast.UnaryExpr{Op: token.SUB, X: &ast.BasicLit{Kind: token.FLOAT, Value: low}})
	}
	const enough = 4
	var all ast.Expr
	for i, part := range l.parts(nil, x, t, enough) {
		if i == 0 {
			all = part
		} else {
			all = binary(all, token.LAND, part)
		}
	}
	if all == nil {
		return nil
	}
	return &ast.ParenExpr{X: all}
}

// parts adds to a list, up to a number, what is true of the parts of a zero value.
func (l *lowerer) parts(list []ast.Expr, x ast.Expr, t types.Type, most int) []ast.Expr {
	if len(list) == most {
		return list
	}
	switch u := t.Underlying().(type) {
	case *types.Basic, *types.Pointer, *types.Slice, *types.Map:
		if b, ok := u.(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
			return append(list, not(x))
		}
		if zero := l.zeroLit(t); zero != nil {
			return append(list, binary(x, token.EQL, zero))
		}
	case *types.Array:
		for i := range int(min(u.Len(), int64(most))) {
			list = l.parts(list, &ast.IndexExpr{X: x, Index: intLit(i)}, u.Elem(), most)
		}
	case *types.Struct:
		for f := range u.Fields() {
			if f.Name() != "_" && (f.Exported() || f.Pkg() == l.c.Pkg) {
				list = l.parts(list, selector(x, l.fieldName(f)), f.Type(), most)
			}
		}
	}
	return list
}
