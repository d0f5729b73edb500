package lower

import (
	"go/ast"
	"go/types"

	"crossbook/interp/world"
)

// printers tells the session by which method values of the cell's types are
// printed: those that it declares, and those to which it gives methods.
func (l *lowerer) printers() {
	seen := map[*world.Entity]bool{}
	for _, e := range l.c.Order {
		t := e
		if e.Kind == world.Method {
			t = e.Owner
		}
		if t == nil || t.Tag == "" || seen[t] {
			continue
		}
		seen[t] = true
		if o, ok := l.c.Pkg.Scope().Lookup(l.c.NameOf(t)).(*types.TypeName); ok {
			l.printerOf(t, o.Type())
		}
	}
}

func (l *lowerer) printerOf(e *world.Entity, t types.Type) {
	for _, name := range []string{"Error", "String"} { // as fmt prefers
		tag, recv := e.Tag, t
		m := types.NewMethodSet(t).Lookup(nil, name)
		if m == nil {
			tag, recv = "*"+e.Tag, types.NewPointer(t)
			m = types.NewMethodSet(recv).Lookup(nil, name)
		}
		if m == nil || !givesText(m.Type().(*types.Signature)) {
			continue
		}
		literal := &ast.FuncLit{
			Type: &ast.FuncType{Params: params(ident("any")), Results: params(ident("string"))},
			Body: block(define("t__", &ast.TypeAssertExpr{X: ident("v__"), Type: l.typ(recv)}), giveBack(call(selector(ident("t__"), name)))),
		}
		literal.Type.Params.List[0].Names = []*ast.Ident{ident("v__")}
		l.prologue = append(l.prologue, do(call(l.runtime("Printer"), stringLit(tag), literal)))
		return
	}
}

func givesText(sig *types.Signature) bool {
	return sig.Params().Len() == 0 && sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), types.Typ[types.String])
}
