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

// logged refuses values whose methods log/slog would not see, and would print otherwise
// than Go.
func (l *lowerer) logged(n *ast.CallExpr) {
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	f, ok := l.info.Uses[sel.Sel].(*types.Func)
	if !ok || f.Pkg() == nil || f.Pkg().Path() != "log/slog" {
		return
	}
	for _, a := range n.Args {
		t := check.NamedOf(l.typeOf(a))
		if t == nil || l.c.Entity(t.Obj()) == nil {
			continue
		}
		methods := types.NewMethodSet(types.NewPointer(t))
		for _, name := range []string{"Error", "String", "LogValue", "MarshalText", "MarshalJSON", "Format"} {
			if methods.Lookup(nil, name) != nil {
				l.fail(a.Pos(), "log/slog does not see the method %s of %s: give it what the method makes", name, t.Obj().Name())
			}
		}
	}
}
