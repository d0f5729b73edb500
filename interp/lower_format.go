package interp

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
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
			verbs = formatVerbs(constant.StringVal(v))
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
		case path == "fmt" && n != nil && structOf(n) == nil && l.c.entity(n.Obj()) != nil && i-fixed < len(verbs) && verbs[i-fixed] == 'T':
			out[i] = call(l.runtime("Named"), out[i], stringLit(l.faceName(n)))
		case n != nil && isBasic && l.c.entity(n.Obj()) != nil && i-fixed < len(verbs) && strings.IndexByte("bcdoOUeEfFgGt", verbs[i-fixed]) >= 0:
			out[i] = call(l.typ(basic), out[i])
		case namedOf(t) != nil && l.c.entity(namedOf(t).Obj()) != nil && isError(t):
			out[i] = l.boxed(out[i], t, errorType)
		}
	}
	return out
}

// formatVerbs returns the verb of each argument of a format, * for one that is a
// width; "" where the format numbers its arguments.
func formatVerbs(format string) string {
	if strings.Contains(format, "[") {
		return ""
	}
	var verbs strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.*", format[i]) >= 0; i++ {
			if format[i] == '*' {
				verbs.WriteByte('*')
			}
		}
		if i < len(format) && format[i] != '%' {
			verbs.WriteByte(format[i])
		}
	}
	return verbs.String()
}
