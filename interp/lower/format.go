package lower

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"crossbook/interp/check"
	"crossbook/interp/value"
)

// formats tells whether a compiled function formats its arguments.
func (l *lowerer) formats(f ast.Expr) bool {
	path := l.info.Uses[ast.Unparen(f).(*ast.SelectorExpr).Sel].Pkg().Path()
	return path == "fmt" || path == "log"
}

func fixedParams(sig *types.Signature) int { return sig.Params().Len() - 1 }

// formatted lowers the arguments of a function of package fmt or log. Interpreted
// errors are passed as errors; a String method yaegi finds by itself, and then
// it finds it for %d too: what is formatted as a number or a truth value is
// passed as one.
func (l *lowerer) formatted(path string, args []ast.Expr, fixed int) []ast.Expr {
	verbs := ""
	if fixed > 0 && fixed <= len(args) {
		if v := l.info.Types[args[fixed-1]].Value; v != nil && v.Kind() == constant.String {
			verbs = value.Verbs(constant.StringVal(v))
		}
	}
	errorType := types.Universe.Lookup("error").Type()
	out := make([]ast.Expr, len(args))
	for i, a := range args {
		t := l.typeOf(a)
		out[i] = l.expr(a)
		n, _ := types.Unalias(t).(*types.Named)
		basic, isBasic := t.Underlying().(*types.Basic)
		switch {
		case i < fixed:
		case path == "fmt" && n != nil && structOf(n) == nil && l.c.Entity(n.Obj()) != nil && i-fixed < len(verbs) && verbs[i-fixed] == 'T':
			out[i] = call(l.runtime("Named"), out[i], stringLit(l.faceName(n)))
		case n != nil && isBasic && l.c.Entity(n.Obj()) != nil && i-fixed < len(verbs) && strings.IndexByte("bcdoOUeEfFgGt", verbs[i-fixed]) >= 0:
			out[i] = call(l.typ(basic), out[i])
		case check.NamedOf(t) != nil && l.c.Entity(check.NamedOf(t).Obj()) != nil && isError(t):
			out[i] = l.boxed(out[i], t, errorType)
		}
	}
	return out
}
