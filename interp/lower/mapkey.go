package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// yaegi keeps a value in an interface with methods in a shell, and wraps one of the
// session in a compiled interface: neither equals another of the same value, as the
// keys of a map must. So a map with keys in an interface of the session, or in error,
// has keys in an interface without methods, where the bare values are.

// keyType is the type of a map's keys in the interpreter.
func (l *lowerer) keyType(t types.Type) types.Type {
	if bareKey(t, l.c.Pkg) {
		return types.NewInterfaceType(nil, nil)
	}
	return t
}

// bareKey tells whether keys of a type lose the methods of their interface. Those of
// compiled packages keep them: compiled code knows the maps.
func bareKey(t types.Type, session *types.Package) bool {
	if !hasMethods(t) {
		return false
	}
	n, named := types.Unalias(t).(*types.Named)
	return !named || n.Obj().Pkg() == nil || n.Obj().Pkg() == session
}

// mapType lowers the type of a map. Keys with such an interface inside are refused.
func (l *lowerer) mapType(n *ast.MapType) ast.Node {
	t, ok := l.typeOf(n).(*types.Map)
	if !ok {
		return nil
	}
	if !isInterface(t.Key()) && l.holdsShells(t.Key()) {
		l.fail(n.Key.Pos(), "keys of a map with an interface that has methods inside are beyond the interpreter: use any in the place of the interface")
	}
	if !bareKey(t.Key(), l.c.Pkg) {
		return nil
	}
	return &ast.MapType{Key: l.typ(l.keyType(t.Key())), Value: l.expr(n.Value)}
}

// holdsShells tells whether values of a type that the session knows hold an interface
// with methods directly.
func (l *lowerer) holdsShells(t types.Type) bool {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != l.c.Pkg && !isInterface(t) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return hasMethods(t)
	case *types.Array:
		return l.holdsShells(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if l.holdsShells(f.Type()) {
				return true
			}
		}
	}
	return false
}

// rangeKeys gives the keys of a map that a loop runs over their interface again. It
// returns what the body must begin with.
func (l *lowerer) rangeKeys(s *ast.RangeStmt) []ast.Stmt {
	m, ok := l.typeOf(s.X).Underlying().(*types.Map)
	if !ok || s.Key == nil || isBlank(s.Key) || !bareKey(m.Key(), l.c.Pkg) {
		return nil
	}
	key := l.temporary("k")
	whole := call(l.keyMaker(m.Key()), ident(key))
	var first []ast.Stmt
	if s.Tok == token.DEFINE {
		name := s.Key.(*ast.Ident).Name
		first = append(first, define(name, whole), assign(ident("_"), ident(name)))
	} else {
		first = append(first, assign(l.target(s.Key, &first), whole))
		if s.Value != nil && !isBlank(s.Value) {
			value := l.temporary("k")
			first = append(first, assign(l.target(s.Value, &first), ident(value)))
			s.Value = ident(value)
		}
		s.Tok = token.DEFINE
	}
	s.Key = ident(key)
	return first
}

// keyMaker makes a function that puts a bare key into the interface of a map's keys.
func (l *lowerer) keyMaker(t types.Type) ast.Expr {
	bare := types.NewInterfaceType(nil, nil)
	f := &ast.FuncType{Params: params(l.typ(bare)), Results: params(l.typ(t))}
	f.Params.List[0].Names = []*ast.Ident{ident("v__")}
	result := func(x ast.Expr, _ string) ast.Stmt { return giveBack(x) }
	body := append(l.attempts(bare, t, result), declareVar("z__", l.typ(t), nil), giveBack(ident("z__")))
	return &ast.FuncLit{Type: f, Body: block(body...)}
}
