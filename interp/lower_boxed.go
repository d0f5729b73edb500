package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"crossbook/interp/syntax"
	"crossbook/interp/value"
)

// keepers are compiled packages that keep what they get in an interface and give it
// back, without a look at it.
var keepers = map[string]bool{
	"container/heap": true, "container/list": true, "container/ring": true, "context": true, "sync": true, "sync/atomic": true,
}

// erased tells whether yaegi does not tell a type from another: one that has a name
// and is not a struct, or is made of such.
func (c *cell) erased(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return structOf(t) == nil && !isInterface(t) && c.entity(t.Obj()) != nil
	case *types.Map:
		return c.erased(t.Key()) || c.erased(t.Elem())
	case *types.Signature:
		return c.erased(t.Params()) || c.erased(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			if c.erased(v.Type()) {
				return true
			}
		}
	case *types.Struct:
		for f := range t.Fields() {
			if c.erased(f.Type()) {
				return true
			}
		}
	case *types.Pointer, *types.Slice, *types.Array, *types.Chan:
		return c.erased(elemOf(t))
	}
	return false
}

// erases tells whether a value loses its type when it is stored in an interface.
func (l *lowerer) erases(from, to types.Type) bool {
	return from != nil && to != nil && isInterface(to) && !hasMethods(to) && !isInterface(from) && l.c.erased(from)
}

// box writes a value as one in a box.
func (l *lowerer) box(x ast.Expr, t types.Type) ast.Expr {
	list := &ast.ArrayType{Elt: ident("any")}
	boxed := call(l.runtime("Box"), stringLit(l.shape(t)), x)
	return &ast.IndexExpr{X: &ast.CompositeLit{Type: list, Elts: []ast.Expr{boxed}}, Index: intLit(0)}
}

// shape describes an erased type to the session and returns the key of the
// description.
func (l *lowerer) shape(t types.Type) string {
	key := syntax.Text(l.typ(t))
	l.describe(key, t)
	return key
}

func (l *lowerer) describe(key string, t types.Type) *value.Shape {
	texts := l.s.machine.Texts()
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
		return l.c.entity(n.Obj()).emit
	}
	return ""
}

func (l *lowerer) describeParts(s *value.Shape, t types.Type) {
	part := func(t types.Type) *value.Shape {
		if t == nil || !l.c.erased(t) {
			return nil
		}
		return l.describe(syntax.Text(l.typ(t)), t)
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
		if l.c.erased(f.Type()) {
			s := &value.Shape{}
			l.describeParts(s, st)
			l.s.machine.Texts().DescribeFields(tag, s)
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
	converted := call(&ast.ParenExpr{X: l.typ(to)}, bare)
	if must {
		get := call(l.runtime("MustUnbox"), key, ident("v__"), stringLit(l.interfaceName(from)))
		return &ast.ParenExpr{X: &ast.FuncLit{Type: f, Body: block(declareVar("u__", ident("any"), get), giveBack(converted))}}
	}
	f.Results.List = append(f.Results.List, &ast.Field{Type: ident("bool")})
	get := &ast.AssignStmt{
		Lhs: []ast.Expr{ident("u__"), ident("ok__")}, Tok: token.DEFINE,
		Rhs: []ast.Expr{call(l.runtime("Unbox"), key, ident("v__"))},
	}
	zero := declareVar("z__", l.typ(to), nil)
	body := block(get, when(ident("ok__"), giveBack(converted, ident("true"))), zero, giveBack(ident("z__"), ident("false")))
	return &ast.ParenExpr{X: &ast.FuncLit{Type: f, Body: body}}
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
		case isTuple(t) || !isInterface(p) || hasMethods(p):
		case looks && isInterface(t) && !hasMethods(t):
			out[i] = call(l.runtime("Bare"), out[i])
		case !looks && l.erases(t, p):
			out[i] = l.box(out[i], t)
		}
	}
	return out
}

// boxedIf boxes a lowered argument where its parameter would lose its type.
func (l *lowerer) boxedIf(x ast.Expr, from, to types.Type) ast.Expr {
	if l.erases(from, to) {
		return l.box(x, from)
	}
	return x
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
		found = found || l.erases(l.typeOf(a), slice.Elem())
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
		if l.erases(given.At(i).Type(), sig.Results().At(i).Type()) {
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
		name := l.s.temporary("r")
		values.Lhs = append(values.Lhs, ident(name))
		out.Results = append(out.Results, l.boxed(ident(name), given.At(i).Type(), sig.Results().At(i).Type()))
	}
	return []ast.Stmt{values, out}
}

// scans tells whether a function of package fmt reads into its arguments.
func scans(name string) bool { return strings.Contains(strings.ToLower(name), "scan") }
