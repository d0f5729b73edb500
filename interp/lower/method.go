package lower

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// A method of the session is a function whose first parameter is the receiver.
// Calls that know the type call this function, several times faster than yaegi
// calls a method. For interfaces the type has a method too, which calls the
// function through a variable, its slot: declaring the method again in a later
// cell sets the slot, for yaegi never replaces a method.

// methodDecl lowers a method.
func (l *lowerer) methodDecl(d *ast.FuncDecl, o *types.Func) []ast.Decl {
	owner := l.c.MethodOwner(o)
	if owner == nil || l.c.Generic[naming.Key(owner.Name, o.Name())] {
		d.Recv.List[0].Type = l.expr(d.Recv.List[0].Type)
		d.Type = l.expr(d.Type).(*ast.FuncType)
		d.Body = l.body(o.Signature(), d.Body)
		return []ast.Decl{d}
	}
	e := l.c.Declared[naming.Key(owner.Name, o.Name())]
	e.Emit = fmt.Sprintf("%s_%s__%d", owner.Emit, e.Name, e.Version)
	f := l.expr(d.Type).(*ast.FuncType)
	recv := &ast.Field{Names: d.Recv.List[0].Names, Type: l.expr(d.Recv.List[0].Type)}
	f.Params = &ast.FieldList{List: append([]*ast.Field{recv}, f.Params.List...)}
	withNames(f)
	body := l.body(o.Signature(), d.Body)
	l.lowered[e] = true
	out := []ast.Decl{&ast.FuncDecl{Name: ident(e.Emit), Type: f, Body: body}}
	out = append(out, l.self(owner, check.NamedOf(o.Signature().Recv().Type()))...)
	slots := l.slot(owner, o, e.Emit)
	if len(slots) > 0 && unwrapsAll(o) {
		again := *slots[len(slots)-1].(*ast.FuncDecl)
		again.Name = ident(naming.UnwrapMethod)
		slots = append(slots, &again)
	}
	return append(out, slots...)
}

// unwrapsAll tells whether a method is that of an error which wraps several others.
func unwrapsAll(o *types.Func) bool {
	sig := o.Signature()
	if o.Name() != "Unwrap" || sig.Params().Len() != 0 || sig.Results().Len() != 1 {
		return false
	}
	list, ok := sig.Results().At(0).Type().Underlying().(*types.Slice)
	return ok && isErrorType(list.Elem())
}

// slot makes the method behind a lowered one, where the type does not have it
// yet, and notes that the cell sets its variable.
func (l *lowerer) slot(owner *world.Entity, o *types.Func, to string) []ast.Decl {
	sig := o.Signature()
	recv := l.typ(sig.Recv().Type())
	plain := l.sp.Signature(sig)
	full := l.sp.Signature(sig)
	full.Params.List = append([]*ast.Field{{Type: recv}}, full.Params.List...)
	name := owner.Emit + "_" + o.Name() + "__slot"
	l.prologue = append(l.prologue, assign(ident(name), ident(to)))
	text := syntax.Text(full)
	if have, found := owner.Slots[o.Name()]; found || l.slots[world.SlotKey{Owner: owner, Name: o.Name()}] != "" {
		if have != text && found {
			l.failure = signatureError{l.c.Problem(o.Pos(), "method %s.%s had another signature: declare %s again too", owner.Name, o.Name(), owner.Name)}
		}
		return nil
	}
	l.slots[world.SlotKey{Owner: owner, Name: o.Name()}] = text
	args := nameParams(plain)
	c := call(ident(name), append([]ast.Expr{ident("r__")}, args...)...)
	return []ast.Decl{
		&ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ident(name)}, Type: full}}},
		&ast.FuncDecl{
			Recv: &ast.FieldList{List: []*ast.Field{{Names: []*ast.Ident{ident("r__")}, Type: recv}}},
			Name: ident(o.Name()), Type: plain, Body: forward(plain, c),
		},
	}
}

// ErrSignature is in the chain of the error about a method declared again with
// another signature, which only a new version of its type can have.
var ErrSignature = errors.New("another signature")

type signatureError struct{ error }

func (e signatureError) Is(target error) bool { return target == ErrSignature }

func (e signatureError) Unwrap() error { return e.error }

// staticCall lowers x.M(...) of a type of the session to a call of the function
// that M is; nil if it is none.
func (l *lowerer) staticCall(n *ast.CallExpr) ast.Node {
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	o := l.staticMethod(sel)
	if o == nil || len(n.Args) == 1 && isTuple(l.typeOf(n.Args[0])) {
		return nil
	}
	r := l.riskOf(n)
	f := ident(l.methodFunc(l.c.MethodOwner(o), l.c.MethodEntity(o)))
	out := call(f, append([]ast.Expr{l.receiverValue(sel, o)}, l.passed(n, o.Signature())...)...)
	out.Ellipsis = n.Ellipsis
	return l.keepSigns(out, r)
}

// staticMethod returns the method that x.M names, if that is a function: one of a type
// of the session; nil for others.
func (l *lowerer) staticMethod(sel *ast.SelectorExpr) *types.Func {
	s := l.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return nil
	}
	o := s.Obj().(*types.Func)
	owner := l.c.MethodOwner(o)
	if owner == nil || isInterface(o.Signature().Recv().Type()) {
		return nil
	}
	if e := l.c.MethodEntity(o); e == nil || l.c.IsGenericMethod(owner, e) {
		return nil
	}
	return o
}

// methodFunc names the function of a method, which may not be lowered yet.
func (l *lowerer) methodFunc(owner, e *world.Entity) string {
	return fmt.Sprintf("%s_%s__%d", owner.Emit, e.Name, e.Version)
}

// methodValue lowers x.M that is not called, of a type of the session: it has the
// receiver of the moment, where yaegi takes the one at the call. nil for others.
func (l *lowerer) methodValue(sel *ast.SelectorExpr, o *types.Func) ast.Expr {
	sig := o.Signature()
	literal := l.sp.Signature(sig)
	args := nameParams(literal)
	var x ast.Expr
	var c *ast.CallExpr
	var r *risk
	recv := sig.Recv().Type()
	switch e := l.c.MethodEntity(o); {
	case isInterface(recv) && o.Pkg() == l.c.Pkg:
		x, recv = l.embedding(sel)
		c = call(selector(ident("r__"), o.Name()), args...)
	case e == nil || l.c.MethodOwner(o) == nil || l.c.IsGenericMethod(l.c.MethodOwner(o), e):
		return nil
	default:
		x = l.receiverValue(sel, o)
		c = call(ident(l.methodFunc(l.c.MethodOwner(o), e)), append([]ast.Expr{ident("r__")}, args...)...)
		r = l.risky(c, o, nil)
	}
	bind := &ast.FuncType{Params: params(l.typ(recv)), Results: params(l.sp.Signature(sig))}
	bind.Params.List[0].Names = []*ast.Ident{ident("r__")}
	return call(&ast.FuncLit{Type: bind, Body: block(giveBack(&ast.FuncLit{Type: literal, Body: l.forwardSigned(literal, c, r)}))}, x)
}

// receiverValue writes the receiver as the method's first argument.
func (l *lowerer) receiverValue(sel *ast.SelectorExpr, o *types.Func) ast.Expr {
	x, t := l.embedding(sel)
	_, have := t.Underlying().(*types.Pointer)
	_, want := o.Signature().Recv().Type().Underlying().(*types.Pointer)
	switch {
	case want && !have:
		return addressOf(x)
	case have && !want:
		return &ast.StarExpr{X: x}
	}
	return x
}

// embedding writes the operand of a selector with the embedded fields between it
// and what is selected, and returns the type of the last.
func (l *lowerer) embedding(sel *ast.SelectorExpr) (ast.Expr, types.Type) {
	s := l.info.Selections[sel]
	x, t := l.expr(sel.X), l.typeOf(sel.X)
	for _, i := range s.Index()[:len(s.Index())-1] {
		f := structOf(t).Field(i)
		x, t = selector(x, l.fieldName(f)), f.Type()
	}
	return x, t
}
