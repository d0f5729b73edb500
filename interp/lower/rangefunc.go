package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// rangeFunc lowers a range over a function to a call with the body as callback.
// What leaves the body sets a code, ends the iteration and is done after the
// call.
func (l *lowerer) rangeFunc(s *ast.RangeStmt, sig *types.Signature, label string) []ast.Stmt {
	e := &exits{l: l, label: label, code: l.temporary("exit"), codes: map[exit]int{}, body: s.Body}
	if len(l.funcs) > 0 {
		e.enclosing = l.funcs[len(l.funcs)-1]
	}
	yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
	f, first := l.yieldType(s, yield)
	s.Body.List = e.rewrite(s.Body.List, false, false)
	scratchpad := l.scratchpad
	l.funcs, l.scratchpad = append(l.funcs, yield), new(scratches)
	l.literals++
	body := append(first, l.stmts(s.Body.List)...)
	l.literals--
	body = append(l.scratchpad.declared(), body...)
	l.funcs, l.scratchpad = l.funcs[:len(l.funcs)-1], scratchpad
	body = append(body, giveBack(ident("true")))

	out := []ast.Stmt{define(e.code, intLit(0)), assign(ident("_"), ident(e.code))}
	for i, r := range e.results {
		out = append(out, declareVar(r, l.typ(e.enclosing.Results().At(i).Type()), nil))
	}
	out = append(out, do(call(l.expr(s.X), &ast.FuncLit{Type: f, Body: block(body...)})))
	return []ast.Stmt{block(append(out, e.after()...)...)}
}

// yieldType makes the type of the callback and the statements that hand its
// parameters to the loop's variables.
func (l *lowerer) yieldType(s *ast.RangeStmt, yield *types.Signature) (*ast.FuncType, []ast.Stmt) {
	f := &ast.FuncType{Params: &ast.FieldList{}, Results: params(ident("bool"))}
	var first []ast.Stmt
	for i := range yield.Params().Len() {
		name := l.temporary("y")
		f.Params.List = append(f.Params.List, &ast.Field{Names: []*ast.Ident{ident(name)}, Type: l.typ(yield.Params().At(i).Type())})
		v := s.Key
		if i == 1 {
			v = s.Value
		}
		switch {
		case v == nil || isBlank(v):
		case s.Tok == token.DEFINE:
			id := v.(*ast.Ident)
			first = append(first, define(id.Name, ident(name)), assign(ident("_"), ident(id.Name)))
		default:
			first = append(first, assign(l.target(v, &first), ident(name)))
		}
	}
	return f, first
}

// exit is a way out of a loop's body to somewhere outside the loop.
type exit struct {
	tok   token.Token // break, continue, goto
	label string
}

// exits rewrites what leaves the body of a range over a function.
type exits struct {
	l         *lowerer
	label     string // of the loop
	code      string // variable that says how the body was left
	codes     map[exit]int
	order     []exit
	enclosing *types.Signature
	results   []string // variables that hold what a return gives
	returned  bool
	body      *ast.BlockStmt
}

const returnCode = 1 // other codes follow

// rewrite goes through the statements; inLoop and inSwitch say whether an
// unlabelled continue or break is caught before it reaches the loop.
func (e *exits) rewrite(list []ast.Stmt, inLoop, inSwitch bool) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		switch s := s.(type) {
		case *ast.BranchStmt:
			if left := e.branch(s, inLoop, inSwitch); left != nil {
				out = append(out, left...)
				continue
			}
		case *ast.ReturnStmt:
			out = append(out, e.returning(s)...)
			continue
		}
		loop, sw := inLoop, inSwitch
		switch s.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			loop, sw = true, true
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			sw = true
		}
		eachBody(s, func(list []ast.Stmt) []ast.Stmt { return e.rewrite(list, loop, sw) })
		out = append(out, s)
	}
	return out
}

func (e *exits) branch(s *ast.BranchStmt, inLoop, inSwitch bool) []ast.Stmt {
	own := s.Label != nil && s.Label.Name == e.label
	switch {
	case s.Tok == token.CONTINUE && (own || s.Label == nil && !inLoop):
		return []ast.Stmt{giveBack(ident("true"))}
	case s.Tok == token.BREAK && (own || s.Label == nil && !inSwitch):
		return []ast.Stmt{giveBack(ident("false"))}
	case s.Label != nil && !hasLabel(e.body, s.Label.Name):
		x := exit{s.Tok, s.Label.Name}
		if e.codes[x] == 0 {
			e.order = append(e.order, x)
			e.codes[x] = returnCode + len(e.order)
		}
		return e.leave(e.codes[x])
	}
	return nil
}

func (e *exits) leave(code int) []ast.Stmt {
	return []ast.Stmt{assign(ident(e.code), intLit(code)), giveBack(ident("false"))}
}

func (e *exits) returning(s *ast.ReturnStmt) []ast.Stmt {
	e.returned = true
	if len(s.Results) == 0 || e.enclosing == nil {
		return e.leave(returnCode)
	}
	if e.results == nil {
		for range e.enclosing.Results().Len() {
			e.results = append(e.results, e.l.temporary("result"))
		}
	}
	set := &ast.AssignStmt{Tok: token.ASSIGN, Rhs: s.Results}
	for i, r := range e.results {
		to := e.enclosing.Results().At(i).Type()
		set.Lhs = append(set.Lhs, e.l.typed(ident(r), to)) // the assignment converts to it
	}
	return append([]ast.Stmt{set}, e.leave(returnCode)...)
}

// after does what the body asked for.
func (e *exits) after() []ast.Stmt {
	var out []ast.Stmt
	is := func(code int) ast.Expr { return binary(ident(e.code), token.EQL, intLit(code)) }
	if e.returned {
		ret := &ast.ReturnStmt{}
		for _, r := range e.results {
			ret.Results = append(ret.Results, ident(r))
		}
		out = append(out, when(is(returnCode), ret))
	}
	for _, x := range e.order {
		out = append(out, when(is(e.codes[x]), branch(&ast.BranchStmt{Tok: x.tok, Label: ident(x.label)})))
	}
	return out
}

func hasLabel(b *ast.BlockStmt, name string) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		if s, ok := n.(*ast.LabeledStmt); ok && s.Label.Name == name {
			found = true
		}
		return !found
	})
	return found
}
