package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"crossbook/interp/check"
	"crossbook/interp/syntax"
	"crossbook/interp/value"
)

// keepers are compiled packages that keep what they get in an interface and give it
// back, without a look at it, and those that the session replaces where they look.
var keepers = map[string]bool{
	"encoding/gob": true, "encoding/json": true, "encoding/xml": true, "html/template": true, "text/template": true,
	"container/heap": true, "container/list": true, "container/ring": true, "context": true, "sync": true, "sync/atomic": true,
}

// erased tells whether yaegi does not tell a type from another: one that has a name
// and is not a struct, or is made of such.
func (l *lowerer) erased(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return !l.wrapped(t) && structOf(t) == nil && !isInterface(t) && l.c.Entity(t.Obj()) != nil
	case *types.Map:
		return l.erased(t.Key()) || l.erased(t.Elem()) || bareKey(t.Key(), l.c.Pkg) || l.ownFace(t.Elem())
	case *types.Signature:
		return l.erased(t.Params()) || l.erased(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			if l.erased(v.Type()) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if l.erased(f.Type()) {
				return true
			}
		}
	case *types.Pointer, *types.Slice, *types.Array, *types.Chan:
		return l.erased(elemOf(t)) || l.ownFace(elemOf(t))
	}
	return false
}

// ownFace tells whether a type is an interface of the session with methods, one like
// the other for yaegi.
func (l *lowerer) ownFace(t types.Type) bool { return bareKey(t, l.c.Pkg) && !isErrorType(t) }

// erases tells whether a value loses its type when it is stored in an interface.
func (l *lowerer) erases(from, to types.Type) bool {
	return from != nil && to != nil && isInterface(to) && !hasMethods(to) && !isInterface(from) && l.erased(from)
}

// box writes a value as one in a box.
func (l *lowerer) box(x ast.Expr, t types.Type) ast.Expr {
	return single(ident("any"), call(l.runtime("Box"), stringLit(l.shape(t)), x))
}

// shape describes an erased type to the session and returns the key of the
// description.
func (l *lowerer) shape(t types.Type) string {
	key := l.shapeKey(t)
	l.describe(key, t)
	return key
}

// shapeKey names a type for good, with the keys of maps that it has in Go.
func (l *lowerer) shapeKey(t types.Type) string {
	return syntax.Text(l.c.EmittedSpeller(func(string) {}).Expr(t))
}

func (l *lowerer) describe(key string, t types.Type) *value.Shape {
	texts := l.session.Texts
	if s := texts.ShapeOf(key); s != nil {
		return s
	}
	s := &value.Shape{Tag: l.shapeTag(t)}
	texts.Describe(key, l.faceName(t), s)
	l.describeParts(s, t)
	return s
}

// shapeTag is the tag under which the methods of a named type are registered.
func (l *lowerer) shapeTag(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return l.c.Entity(n.Obj()).Emit
	}
	return ""
}

func (l *lowerer) describeParts(s *value.Shape, t types.Type) {
	part := func(t types.Type) *value.Shape {
		if t == nil || !l.erased(t) {
			return nil
		}
		return l.describe(l.shapeKey(t), t)
	}
	switch t := t.Underlying().(type) {
	case *types.Map:
		s.Key, s.Elem = part(t.Key()), part(t.Elem())
	case *types.Pointer, *types.Slice, *types.Array, *types.Chan:
		s.Elem = part(elemOf(t))
	case *types.Struct:
		s.Fields = map[int]*value.Shape{}
		for i := range t.NumFields() {
			if f := part(t.Field(i).Type()); f != nil {
				s.Fields[i] = f
			}
		}
	}
}

// describeFields describes the fields of a struct of the session, for printing.
func (l *lowerer) describeFields(tag string, t types.Type) {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for f := range st.Fields() {
		if l.erased(f.Type()) {
			s := &value.Shape{}
			l.describeParts(s, st)
			l.session.Texts.DescribeFields(tag, s)
			return
		}
	}
}

// unboxer makes a function that asserts an interface to an erased type, with a
// second result unless it must be of it.
func (l *lowerer) unboxer(from, to types.Type, must bool) ast.Expr {
	f := &ast.FuncType{Params: params(l.typ(from)), Results: params(l.typ(to))}
	f.Params.List[0].Names = []*ast.Ident{ident("v__")}
	key := stringLit(l.shape(to))
	bare := &ast.TypeAssertExpr{X: ident("u__"), Type: l.typ(to.Underlying())}
	take, converted := ast.Stmt(&ast.EmptyStmt{}), ast.Expr(call(&ast.ParenExpr{X: l.typ(to)}, bare))
	if _, isFunc := to.Underlying().(*types.Signature); isFunc { // which yaegi does not convert
		take, converted = declareVar("b__", l.typ(to), bare), ident("b__")
	}
	if must {
		get := call(l.runtime("MustUnbox"), key, addressOf(ident("v__")), stringLit(l.interfaceName(from)))
		return &ast.FuncLit{Type: f, Body: block(declareVar("u__", ident("any"), get), take, giveBack(converted))}
	}
	f.Results.List = append(f.Results.List, &ast.Field{Type: ident("bool")})
	get := &ast.AssignStmt{
		Lhs: []ast.Expr{ident("u__"), ident("ok__")}, Tok: token.DEFINE,
		Rhs: []ast.Expr{call(l.runtime("Unbox"), key, addressOf(ident("v__")))},
	}
	zero := declareVar("z__", l.typ(to), nil)
	body := block(get, when(ident("ok__"), take, giveBack(converted, ident("true"))), zero, giveBack(ident("z__"), ident("false")))
	return &ast.FuncLit{Type: f, Body: body}
}

// interfaceName is how an error about an assertion names the interface.
func (l *lowerer) interfaceName(t types.Type) string {
	if _, named := types.Unalias(t).(*types.Named); !named {
		return "interface {}"
	}
	return l.faceName(t)
}

// passed lowers the arguments of a call. In a parameter that is an interface without
// methods a value keeps its type, unless the function is compiled and looks into it.
func (l *lowerer) passed(n *ast.CallExpr, sig *types.Signature) []ast.Expr {
	out := l.exprs(n.Args)
	if sig == nil {
		return out
	}
	looks := l.compiled(n.Fun) && !keepers[l.info.Uses[ast.Unparen(n.Fun).(*ast.SelectorExpr).Sel].Pkg().Path()]
	for i, a := range n.Args {
		t, p := l.typeOf(a), paramType(sig, i, n.Ellipsis.IsValid())
		switch {
		case l.rewraps(t, p):
			out[i] = l.rewrapped(out[i], t, p)
		case isTuple(t) || !isInterface(p):
		case l.boxesFunc(a, p):
			out[i] = l.ownPlace(out[i], t)
		case l.wrappedApart(t, p):
			out[i] = l.boxed(out[i], t, p)
		case hasMethods(p):
			out[i] = l.stored(l.namedFunc(out[i], t), t, p)
		case looks && l.wrapped(t) && !hasMethods(p):
			out[i] = l.unwrap(out[i])
		case looks && isInterface(t) && !hasMethods(t):
			out[i] = call(l.runtime("Bare"), out[i])
		case !looks:
			out[i] = l.stored(out[i], t, p)
		}
	}
	return l.variadic(n, sig, out)
}

// variadic lowers what a variadic parameter gets where yaegi mistakes it: a value of the
// type of the parameter's slice for the slice of f(x...), and nil there for no slice.
func (l *lowerer) variadic(n *ast.CallExpr, sig *types.Signature, args []ast.Expr) []ast.Expr {
	fixed := sig.Params().Len() - 1
	if !sig.Variadic() || len(args) <= fixed || isTuple(l.typeOf(n.Args[0])) {
		return args
	}
	slice := sig.Params().At(fixed).Type()
	if n.Ellipsis.IsValid() {
		if isNil(l.typeOf(n.Args[fixed])) {
			args[fixed] = call(&ast.ParenExpr{X: l.typ(slice)}, args[fixed])
		}
		return args
	}
	if !l.likeSlice(n.Args[fixed:], slice) {
		return args
	}
	n.Ellipsis = 1
	return append(args[:fixed:fixed], &ast.CompositeLit{Type: &ast.ArrayType{Elt: l.typ(elemOf(slice))}, Elts: args[fixed:]})
}

// likeSlice tells whether one of the elements that a slice gets could be the slice itself.
func (l *lowerer) likeSlice(elements []ast.Expr, slice types.Type) bool {
	return slices.ContainsFunc(elements, func(x ast.Expr) bool {
		for c, ok := ast.Unparen(x).(*ast.CallExpr); ok && l.info.Types[c.Fun].IsType(); c, ok = ast.Unparen(x).(*ast.CallExpr) {
			x = c.Args[0] // which yaegi sees in any(x)
		}
		t := l.typeOf(x)
		return isNil(t) || types.Identical(t.Underlying(), slice.Underlying())
	})
}

// aliased tells whether yaegi, storing a value in an interface, stores the place where
// it found it, so that the interface would change with the variable.
func (l *lowerer) aliased(from, to types.Type) bool {
	if from == nil || to == nil || !isInterface(to) || isInterface(from) || isNil(from) || isTuple(from) {
		return false
	}
	n := check.NamedOf(from)
	own := n != nil && l.c.Entity(n.Obj()) != nil && types.NewMethodSet(types.NewPointer(n)).Len() > 0
	if face, ok := types.Unalias(to).(*types.Named); hasMethods(to) && (!ok || face.Obj().Pkg() == l.c.Pkg) {
		return true
	}
	return own
}

// stored writes a value as an interface keeps it: with its type, and apart from the
// variable that it comes from.
func (l *lowerer) stored(x ast.Expr, from, to types.Type) ast.Expr {
	switch {
	case l.rewraps(from, to):
		return l.rewrapped(x, from, to)
	case l.settles(from, to):
		return single(ident("any"), call(l.runtime("Settled"), addressOf(single(l.typ(from), x))))
	case l.erases(from, to):
		return l.box(x, from)
	case !l.aliased(from, to):
		return x
	case !hasMethods(to):
		return single(ident("any"), call(l.runtime("Bare"), x))
	}
	if _, fresh := x.(*ast.CompositeLit); fresh {
		return x
	}
	return single(l.typ(from), x)
}

// settles tells whether an interface loses its methods, and its value what yaegi and
// the wrappers of compiled interfaces put around it.
func (l *lowerer) settles(from, to types.Type) bool {
	return from != nil && to != nil && hasMethods(from) && isInterface(to) && !hasMethods(to)
}

// changes tells whether storing a value in an interface takes more than that.
func (l *lowerer) changes(from, to types.Type) bool {
	return l.rewraps(from, to) || needsBox(from, to) || l.erases(from, to) || l.aliased(from, to) || l.settles(from, to)
}

// single writes a value as the element of a slice of its own, which is a copy.
func single(t, x ast.Expr) ast.Expr {
	list := &ast.CompositeLit{Type: &ast.ArrayType{Elt: t}, Elts: []ast.Expr{x}}
	return &ast.IndexExpr{X: list, Index: intLit(0)}
}

// appendedBoxes lowers an append to a slice of interfaces in which a value would
// lose its type; nil for others.
func (l *lowerer) appendedBoxes(n *ast.CallExpr) ast.Node {
	slice, ok := l.typeOf(n).Underlying().(*types.Slice)
	if !ok || n.Ellipsis.IsValid() {
		return nil
	}
	found := false
	for _, a := range n.Args[1:] {
		found = found || l.changes(l.typeOf(a), slice.Elem()) || l.boxesFunc(a, slice.Elem())
	}
	if !found {
		return nil
	}
	out := call(ident("append"), l.expr(n.Args[0]))
	for _, a := range n.Args[1:] {
		out.Args = append(out.Args, l.converted(a, slice.Elem()))
	}
	return out
}

// boxesResults tells whether a return of the results of a call stores one of them in
// an interface in which it would lose its type.
func (l *lowerer) boxesResults(s *ast.ReturnStmt, sig *types.Signature) bool {
	if sig == nil || len(s.Results) != 1 {
		return false
	}
	given, ok := l.typeOf(s.Results[0]).(*types.Tuple)
	if !ok || given.Len() != sig.Results().Len() {
		return false
	}
	for i := range given.Len() {
		if from, to := given.At(i).Type(), sig.Results().At(i).Type(); l.changes(from, to) {
			return true
		}
	}
	return false
}

// returnBoxed lowers such a return.
func (l *lowerer) returnBoxed(s *ast.ReturnStmt, sig *types.Signature) []ast.Stmt {
	given := l.typeOf(s.Results[0]).(*types.Tuple)
	values := &ast.AssignStmt{Tok: token.DEFINE, Rhs: []ast.Expr{l.expr(s.Results[0])}}
	out := &ast.ReturnStmt{}
	for i := range given.Len() {
		name := l.temporary("r")
		values.Lhs = append(values.Lhs, ident(name))
		out.Results = append(out.Results, l.boxed(ident(name), given.At(i).Type(), sig.Results().At(i).Type()))
	}
	return []ast.Stmt{values, out}
}

// scans tells whether a function of package fmt reads into its arguments.
func scans(name string) bool { return strings.Contains(strings.ToLower(name), "scan") }
