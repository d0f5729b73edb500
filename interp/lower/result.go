package lower

import (
	"go/ast"
	"go/types"
)

// zeroResults sets the named results of a function to zero at its beginning: in
// yaegi they are the place where the caller wants the result, which holds what an
// earlier call left there.
func (l *lowerer) zeroResults(sig *types.Signature) []ast.Stmt {
	var out []ast.Stmt
	for v := range sig.Results().Variables() {
		if v.Name() == "" || v.Name() == "_" {
			continue
		}
		if lit := l.zeroLit(v.Type()); lit != nil {
			out = append(out, assign(ident(l.nameOf(v)), lit))
			continue
		}
		zero := l.temporary("zero")
		out = append(out, declareVar(zero, l.typ(v.Type()), nil), assign(ident(l.nameOf(v)), ident(zero)))
	}
	return out
}

// zeroLit writes the zero value of a type, nil if only a variable has it.
func (l *lowerer) zeroLit(t types.Type) ast.Expr {
	if l.wrapped(t) {
		return nil
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsString != 0:
			return stringLit("")
		case t.Info()&types.IsBoolean != 0:
			return ident("false")
		case t.Info()&types.IsNumeric != 0:
			return intLit(0)
		}
	case *types.Slice, *types.Map, *types.Pointer:
		return ident("nil")
	}
	return nil
}

// aliases tells whether an expression is a call whose result yaegi would build
// in the place that it is assigned to, though the function may still read that
// place: x = f() where f uses x. The result then goes through a temporary. A
// function with one unnamed result builds it in one step; only && and || do not.
func (l *lowerer) aliases(x ast.Expr) bool {
	c, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || l.builtin(c.Fun) != "" || l.info.Types[c.Fun].IsType() || l.info.Types[x].Value != nil {
		return false
	}
	sig, ok := l.typeOf(c.Fun).Underlying().(*types.Signature)
	if !ok || sig.Results().Len() != 1 || l.compiled(c.Fun) {
		return false
	}
	result := sig.Results().At(0)
	b, isBasic := result.Type().Underlying().(*types.Basic)
	return !l.declaredFunc(c.Fun) || result.Name() != "" || isBasic && b.Info()&types.IsBoolean != 0
}

// built tells whether an expression builds its value, which in a parallel
// assignment of yaegi gets lost.
func built(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr, *ast.CompositeLit, *ast.FuncLit:
		return true
	case *ast.UnaryExpr:
		return built(x.X)
	}
	return false
}

// misplaced tells whether an expression is a literal of a struct inside a function
// literal: yaegi builds it in the frame of the innermost function, even for a variable
// of an outer one.
func (l *lowerer) misplaced(x ast.Expr) bool {
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	if !ok || l.literals == 0 {
		return false
	}
	_, isStruct := l.typeOf(lit).Underlying().(*types.Struct)
	return isStruct
}

// declaredFunc tells whether a called function is a declared one, whose results
// have the names that its signature says.
func (l *lowerer) declaredFunc(f ast.Expr) bool {
	switch f := ast.Unparen(f).(type) {
	case *ast.Ident:
		_, ok := l.info.Uses[f].(*types.Func)
		return ok
	case *ast.SelectorExpr:
		o, ok := l.info.Uses[f.Sel].(*types.Func)
		return ok && !(o.Signature().Recv() != nil && isInterface(o.Signature().Recv().Type()))
	}
	return false
}

// anyCalls tells whether evaluating the expressions may call something, whose
// place in the order of calls must not change.
func (l *lowerer) anyCalls(list []ast.Expr) bool {
	found := false
	for _, x := range list {
		ast.Inspect(x, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && l.builtin(c.Fun) == "" && !l.info.Types[c.Fun].IsType() {
				found = true
			}
			return !found
		})
	}
	return found
}
