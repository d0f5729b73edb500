package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"

	"golang.org/x/tools/go/ast/astutil"
)

// expr lowers an expression or a type.
func (l *lowerer) expr(e ast.Expr) ast.Expr {
	if e == nil {
		return nil
	}
	if out := l.other(e); out != nil {
		return out.(ast.Expr)
	}
	switch e := e.(type) {
	case *ast.BasicLit, *ast.Ident:
	case *ast.BinaryExpr:
		e.X, e.Y = l.expr(e.X), l.expr(e.Y)
	default:
		astutil.Apply(e, func(c *astutil.Cursor) bool {
			n := c.Node()
			if n == e {
				return true
			}
			out := l.other(n)
			if out != nil {
				c.Replace(out)
			}
			return out == nil
		}, nil)
	}
	return e
}

// other returns what stands for a part of an expression, which is its value if that is
// known; nil leaves it, for its own parts to be visited.
func (l *lowerer) other(n ast.Node) ast.Node {
	if x, ok := n.(ast.Expr); ok {
		if lit := l.folded(x); lit != nil {
			return lit
		}
	}
	return l.rewrite(n)
}

func (l *lowerer) exprs(list []ast.Expr) []ast.Expr {
	out := make([]ast.Expr, len(list))
	for i, e := range list {
		out[i] = l.expr(e)
	}
	return out
}

// rewrite returns what a node becomes; nil leaves it, for its parts to be
// visited.
func (l *lowerer) rewrite(n ast.Node) ast.Node {
	if out := l.onPlain(n); out != nil {
		return out
	}
	switch n := n.(type) {
	case *ast.Ident:
		return l.name(n)
	case *ast.ParenExpr:
		switch x := ast.Unparen(n).(type) {
		case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
			return l.expr(x) // yaegi knows no function by a name in parentheses
		}
	case *ast.FuncLit:
		return l.funcLit(n)
	case *ast.StructType:
		return l.structType(n)
	case *ast.MapType:
		return l.mapType(n)
	case *ast.ArrayType:
		return l.arrayType(n)
	case *ast.SelectorExpr:
		return l.selector(n)
	case *ast.IndexExpr:
		if m, ok := l.typeOf(n.X).Underlying().(*types.Map); ok && l.changes(l.typeOf(n.Index), l.keyType(m.Key())) {
			return &ast.IndexExpr{X: l.expr(n.X), Index: l.converted(n.Index, l.keyType(m.Key()))}
		}
		return l.instance(n)
	case *ast.IndexListExpr:
		return l.instance(n)
	case *ast.CompositeLit:
		l.compositeLit(n)
		return n
	case *ast.CallExpr:
		return l.follow(n)
	case *ast.TypeAssertExpr:
		return l.typeAssert(n)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW && l.ahead != nil {
			l.ahead.held = true
		}
		return l.elementAddress(n)
	case *ast.BinaryExpr:
		if n.Op == token.SHL || n.Op == token.SHR {
			return l.shift(n)
		}
		if n.Op == token.EQL || n.Op == token.NEQ {
			return l.equality(n)
		}
		if n.Op == token.QUO {
			return l.byZero(n)
		}
		if n.Op == token.LAND || n.Op == token.LOR {
			return l.logical(n)
		}
	}
	return nil
}

// arrayType writes the length of an array as a plain number, the only one that yaegi
// has for it everywhere; nil for slices and arrays that count their elements.
func (l *lowerer) arrayType(n *ast.ArrayType) ast.Node {
	length := l.info.Types[n.Len].Value
	if length == nil {
		return nil
	}
	return &ast.ArrayType{Len: syntax.Constant(constant.ToInt(length)), Elt: l.expr(n.Elt)}
}

// elementAddress lowers &p[i] of a pointer p to an array; nil for others.
func (l *lowerer) elementAddress(n *ast.UnaryExpr) ast.Node {
	x, ok := ast.Unparen(n.X).(*ast.IndexExpr)
	if !ok || n.Op != token.AND {
		return nil
	}
	if _, isPointer := l.typeOf(x.X).Underlying().(*types.Pointer); !isPointer {
		return nil
	}
	array := &ast.ParenExpr{X: &ast.StarExpr{X: l.expr(x.X)}}
	return addressOf(&ast.IndexExpr{X: array, Index: l.expr(x.Index)}).(*ast.UnaryExpr)
}

// byZero lowers a division of floats by a constant zero, which yaegi refuses; nil for
// others.
func (l *lowerer) byZero(n *ast.BinaryExpr) ast.Node {
	y, t := l.info.Types[n.Y].Value, l.typeOf(n)
	b, ok := t.Underlying().(*types.Basic)
	if !ok || y == nil || b.Info()&types.IsFloat == 0 || constant.Sign(y) != 0 {
		return nil
	}
	zero := call(l.typ(t), call(l.runtime("minFloat"), &ast.BasicLit{Kind: token.FLOAT, Value: "0.0"}))
	return binary(l.expr(n.X), n.Op, zero).(*ast.BinaryExpr)
}

// shift lowers a shift that is not constant. yaegi takes a constant on the left
// for one of any type, and a negative count for a large one.
func (l *lowerer) shift(n *ast.BinaryExpr) ast.Node {
	t := l.typeOf(n)
	x := l.expr(n.X)
	if l.info.Types[n.X].Value != nil {
		x = call(l.typ(types.Default(t)), x)
	}
	return &ast.BinaryExpr{X: x, Op: n.Op, Y: l.shiftCount(n.Y)}
}

func (l *lowerer) shiftCount(y ast.Expr) ast.Expr {
	tv := l.info.Types[y]
	b, ok := tv.Type.Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsUnsigned != 0 && tv.Value == nil {
		return l.expr(y)
	}
	if tv.Value != nil {
		return syntax.Constant(constant.ToInt(tv.Value))
	}
	return call(l.runtime("ShiftCount"), call(ident("int64"), l.expr(y)))
}

// folded returns a constant expression as the value that the type checker
// computed: yaegi divides untyped integer constants as floats.
func (l *lowerer) folded(x ast.Expr) ast.Expr {
	switch x.(type) {
	case *ast.BasicLit, *ast.FuncLit, *ast.CompositeLit:
		return nil
	}
	tv, ok := l.info.Types[x]
	if !ok || tv.Value == nil || tv.Value.Kind() == constant.Unknown {
		return nil
	}
	return l.constant(tv.Value, tv.Type)
}

// constant writes a constant of a type, plain where the literal alone has it.
func (l *lowerer) constant(v constant.Value, t types.Type) ast.Expr {
	b, isBasic := types.Unalias(t).(*types.Basic)
	under, _ := t.Underlying().(*types.Basic)
	if under == nil {
		return syntax.Constant(v)
	}
	switch {
	case under.Info()&types.IsFloat != 0:
		v = constant.ToFloat(v)
	case under.Info()&types.IsInteger != 0:
		v = constant.ToInt(v)
	case under.Info()&types.IsComplex != 0:
		v = constant.ToComplex(v)
		return call(l.typ(types.Default(t)), call(ident("complex"), syntax.Constant(constant.ToFloat(constant.Real(v))), syntax.Constant(constant.ToFloat(constant.Imag(v)))))
	}
	if isBasic {
		switch b.Kind() {
		case types.Int, types.Float64, types.String, types.Bool,
			types.UntypedInt, types.UntypedFloat, types.UntypedString, types.UntypedBool:
			return syntax.Constant(v)
		}
	}
	return call(l.typ(types.Default(t)), syntax.Constant(v))
}

// name gives an identifier the name that it has in the interpreter.
func (l *lowerer) name(n *ast.Ident) ast.Node {
	o := l.info.Uses[n]
	if o == nil {
		o = l.info.Defs[n]
	}
	if o == nil {
		return nil
	}
	if o.Pkg() == nil {
		if first := naming.Predeclared(n.Name, never); first != n.Name {
			return ident(first)
		}
		return nil
	}
	inst := l.typeArgs(n)
	if o.Pkg() != l.c.Pkg {
		if o.Parent() == o.Pkg().Scope() { // imported with a dot
			return syntax.Instantiate(l.sp.Qualified(o.Pkg(), o.Name()), inst)
		}
		return nil
	}
	if v, ok := o.(*types.Var); ok && v.IsField() {
		return ident(l.fieldName(v))
	}
	e := l.c.Entity(o)
	if e != nil && e == l.c.World.Context {
		return call(l.runtime("Context"))
	}
	if e == nil || e.Kind == world.Method {
		return nil
	}
	f := syntax.Instantiate(ident(e.Emit), inst)
	if o, ok := o.(*types.Func); ok && l.literals > 0 && !l.atOnce[n] && l.comesLater(o) {
		return l.forwarded(o, f)
	}
	return f
}

func never(string) bool { return false }

// typeArgs spells the type arguments of an instantiated generic function, which
// yaegi does not always infer.
func (l *lowerer) typeArgs(n *ast.Ident) []ast.Expr {
	inst, ok := l.info.Instances[n]
	if !ok {
		return nil
	}
	return l.sp.List(inst.TypeArgs)
}

// instance replaces an explicit instantiation by a complete one.
func (l *lowerer) instance(x ast.Expr) ast.Node {
	base, _ := syntax.Indexed(x)
	if n, ok := l.typeOf(x).(*types.Named); ok && l.info.Types[x].IsType() && n.TypeArgs().Len() > 0 {
		return l.typ(n)
	}
	id, ok := base.(*ast.Ident)
	if !ok || len(l.info.Instances) == 0 {
		return nil
	}
	if _, ok := l.info.Instances[id]; !ok {
		return nil
	}
	return l.name(id)
}

// fieldName is the name of a field in the interpreter: an embedded type of the
// session has that of the type there.
func (l *lowerer) fieldName(v *types.Var) string {
	if n := check.NamedOf(v.Type()); v.Embedded() && n != nil {
		if e := l.c.Entity(n.Obj()); e != nil {
			return e.Emit
		}
	}
	return v.Name()
}

func (l *lowerer) funcLit(n *ast.FuncLit) ast.Node {
	sig, _ := l.info.TypeOf(n).(*types.Signature)
	n.Type = withNames(l.expr(n.Type).(*ast.FuncType))
	l.literals++
	n.Body = l.body(sig, n.Body)
	l.literals--
	if !l.deferred[n] && !l.atOnce[n] {
		return apart(n, l.typ(l.typeOf(n)))
	}
	return n
}

// apart makes a function literal in a frame of its own. yaegi keeps a literal in a
// slot of the frame in which it was made, and puts the slot back, under the frame's
// lock, whenever the literal returns. In a frame that others share the slot would
// change under the loop that starts goroutines of such literals, which could start
// the literal of the round before; and the lock is held while the deferred calls of
// the frame's function run: a literal called by one of them would wait for ever.
func apart(n *ast.FuncLit, typ ast.Expr) ast.Expr {
	f := &ast.FuncType{Params: params(), Results: params(typ)}
	return call(&ast.FuncLit{Type: f, Body: block(giveBack(n))})
}

// body lowers the body of a function.
func (l *lowerer) body(sig *types.Signature, b *ast.BlockStmt) *ast.BlockStmt {
	if number := l.session.Stubs[b]; number != 0 {
		return l.stub(number, sig)
	}
	label, marked, unwinding, scratchpad := l.label, l.marked, l.unwinding, l.scratchpad
	l.label, l.marked, l.unwinding, l.scratchpad = "", false, "", new(scratches)
	var first []ast.Stmt
	if b != nil && l.unwinds(b) {
		first = l.unwind()
	}
	l.funcs = append(l.funcs, sig)
	b = l.block(b)
	l.funcs = l.funcs[:len(l.funcs)-1]
	if b != nil {
		b.List = append(append(first, l.scratchpad.declared()...), b.List...)
	}
	l.label, l.marked, l.unwinding, l.scratchpad = label, marked, unwinding, scratchpad
	if b != nil && sig != nil {
		b.List = append(l.zeroResults(sig), b.List...)
	}
	return b
}

// selector lowers x.f: names of packages, fields, methods as values.
func (l *lowerer) selector(n *ast.SelectorExpr) ast.Node {
	if x, ok := n.X.(*ast.Ident); ok {
		if p, ok := l.info.Uses[x].(*types.PkgName); ok {
			return syntax.Instantiate(l.sp.Qualified(p.Imported(), n.Sel.Name), l.typeArgs(n.Sel))
		}
	}
	sel := l.info.Selections[n]
	if sel == nil {
		return nil
	}
	if sel.Kind() == types.MethodExpr {
		return l.methodExpr(n, sel)
	}
	if sel.Kind() == types.MethodVal && !l.atOnce[n] {
		if out := l.methodValue(n, sel.Obj().(*types.Func)); out != nil {
			return out
		}
	}
	x, _ := l.embedding(n)
	out := &ast.SelectorExpr{X: x, Sel: ident(n.Sel.Name)}
	if v, ok := sel.Obj().(*types.Var); ok {
		out.Sel.Name = l.fieldName(v)
	}
	return out
}

// methodExpr makes a function of T.M; yaegi miscounts its arguments.
func (l *lowerer) methodExpr(n *ast.SelectorExpr, sel *types.Selection) ast.Expr {
	f := l.sp.Signature(sel.Type().(*types.Signature))
	args := nameParams(f)
	return &ast.FuncLit{Type: f, Body: forward(f, call(selector(args[0], n.Sel.Name), args[1:]...))}
}
