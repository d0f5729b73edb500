package lower

import (
	"go/ast"
	"go/types"
)

// unsafeCall lowers the functions of package unsafe that are not constant. They
// are functions of the session over addresses.
func (l *lowerer) unsafeCall(name string, n *ast.CallExpr) ast.Node {
	args := l.exprs(n.Args)
	if len(args) > 1 && !isPointerLike(l.typeOf(n.Args[1])) {
		args[1] = call(ident("int"), args[1])
	}
	out := call(l.runtime("Unsafe"+name), args...)
	switch name {
	case "Slice", "SliceData":
		return &ast.TypeAssertExpr{X: out, Type: l.typ(l.typeOf(n))}
	}
	return out
}

func isPointerLike(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
