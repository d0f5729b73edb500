package lower

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"crossbook/interp/check"
	"crossbook/interp/value"
)

// formatters are the packages whose variadic functions format their arguments.
var formatters = map[string]bool{"fmt": true, "log": true}

// formats tells whether a compiled function formats its arguments.
func (l *lowerer) formats(f ast.Expr) bool {
	return formatters[l.info.Uses[ast.Unparen(f).(*ast.SelectorExpr).Sel].Pkg().Path()]
}

func fixedParams(sig *types.Signature) int { return sig.Params().Len() - 1 }

// formatted lowers the arguments of a function of package fmt or log. Interpreted
// errors are passed as errors, and types that yaegi does not tell from others in
// boxes.
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
		verb := byte('v')
		if i >= fixed && i-fixed < len(verbs) {
			verb = verbs[i-fixed]
		}
		wraps := check.NamedOf(t) != nil && l.c.Entity(check.NamedOf(t).Obj()) != nil && isError(t)
		switch {
		case i < fixed:
		case wraps && (verb == 'w' || !l.erased(t)):
			out[i] = l.boxed(out[i], t, errorType)
		case isInterface(t) && hasMethods(t) && (l.ownFace(t) || !strings.ContainsRune("wvsTqp", rune(verb))):
			out[i] = l.boxed(out[i], t, types.NewInterfaceType(nil, nil))
		case verb != 'p' && !isInterface(t) && types.NewMethodSet(t).Lookup(nil, "Format") == nil:
			out[i] = l.boxed(out[i], t, types.NewInterfaceType(nil, nil))
		}
	}
	return out
}
