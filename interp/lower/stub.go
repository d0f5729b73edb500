package lower

import (
	"go/ast"
	"go/types"
)

// stub is the body that the interpreter gets for a compiled function: it hands over
// where its parameters and results are, and which function it is.
func (l *lowerer) stub(number int, sig *types.Signature) *ast.BlockStmt {
	pointers := func(names []string) ast.Expr {
		lit := &ast.CompositeLit{Type: &ast.ArrayType{Elt: &ast.InterfaceType{Methods: &ast.FieldList{}}}}
		for _, name := range names {
			lit.Elts = append(lit.Elts, addressOf(ident(name)))
		}
		return lit
	}
	var params, results []string
	if sig.Recv() != nil {
		params = append(params, l.nameOf(sig.Recv()))
	}
	for v := range sig.Params().Variables() {
		params = append(params, l.nameOf(v))
	}
	var list []ast.Stmt
	var back []ast.Expr
	for v := range sig.Results().Variables() {
		name := l.temporary("result")
		results = append(results, name)
		back = append(back, ident(name))
		list = append(list, declareVar(name, l.typ(v.Type()), nil))
	}
	list = append(list, do(call(l.runtime("CallCompiled"), intLit(number), pointers(params), pointers(results))))
	if len(back) > 0 {
		list = append(list, giveBack(back...))
	}
	return block(list...)
}
