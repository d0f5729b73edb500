package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// lowerer rewrites the checked syntax of a cell into Go that yaegi runs right:
// each form that yaegi rejects, or silently gets wrong, becomes one that it has.
// It works top down: a node is looked up in the type information before its
// parts are replaced.
type lowerer struct {
	c         *check.Checked
	session   Session
	info      *types.Info
	sp        *syntax.Speller
	uses      map[string]bool          // packages that lowered code mentions
	prologue  []ast.Stmt               // sets the slots of methods
	slots     map[world.SlotKey]string // methods that the cell gives to types
	failure   error                    // what lowering could not do
	extra     []ast.Decl               // declarations that lowered code needs
	faces     map[string]*world.Face   // interfaces to which the cell asserts, by key
	funcs     []*types.Signature       // enclosing functions, innermost last
	lastTag   string                   // of the struct lowered last
	label     string                   // label of the statement being lowered
	unwinding string                   // list of the deferred calls of the innermost function, where it needs one
	deferred  map[*ast.FuncLit]bool    // literals that are deferred themselves
	literals  int                      // enclosing function literals
	lowered   map[*world.Entity]bool   // functions of the cell that yaegi compiles before what is being lowered
	atOnce    map[ast.Expr]bool        // functions that are called where they stand
	holders   map[string]string        // structs for nil pointers: see nilHolder
	renamed   map[string]string        // names of variables that hide something predeclared
	endless   map[*types.Named]bool    // types that are made of themselves without a struct between: see wrapped
	marked    bool                     // a mark before the enclosing loop holds for all in it
	inBlock   bool                     // inside a block of the cell's own statements

	ahead      *early     // the place before the statement being lowered; nil where there is none
	alone      bool       // the statement cannot have others before it
	scratchpad *scratches // of the innermost function
}

func newLowerer(c *check.Checked) *lowerer {
	l := &lowerer{
		c: c, info: c.Info, deferred: map[*ast.FuncLit]bool{}, lowered: map[*world.Entity]bool{}, atOnce: map[ast.Expr]bool{}, holders: map[string]string{}, faces: map[string]*world.Face{},
		uses: map[string]bool{}, slots: map[world.SlotKey]string{}, scratchpad: new(scratches), endless: map[*types.Named]bool{}, renamed: map[string]string{},
	}
	l.sp = c.EmittedSpeller(func(path string) { l.uses[path] = true })
	l.sp.Key = l.keyType
	return l
}

// runtime names a support function of the session.
func (l *lowerer) runtime(name string) ast.Expr {
	l.uses[naming.Support] = true
	return selector(ident(naming.Alias(naming.Support)), name)
}

func (l *lowerer) typ(t types.Type) ast.Expr { return l.sp.Expr(t) }

// typeOf never returns nil.
func (l *lowerer) typeOf(e ast.Expr) types.Type {
	if t := l.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

func (l *lowerer) block(b *ast.BlockStmt) *ast.BlockStmt {
	if b != nil {
		b.List = l.stmts(b.List)
	}
	return b
}

func (l *lowerer) stmts(in []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	inBlock, before, alone := l.inBlock, l.ahead, l.alone
	l.inBlock, l.ahead, l.alone = true, nil, false
	for _, s := range in {
		marked := l.marked
		out = append(out, l.mark(s)...)
		used := l.scratchpad.used
		out = append(out, l.stmt(s)...)
		l.scratchpad.used = used
		l.marked = marked
	}
	l.inBlock, l.ahead, l.alone = inBlock, before, alone
	return out
}

// one lowers a statement where only one can stand; what does not fit goes before.
func (l *lowerer) one(s ast.Stmt, before *[]ast.Stmt) ast.Stmt {
	if s == nil {
		return nil
	}
	out := l.stmt(s)
	if len(out) == 1 {
		return out[0]
	}
	*before = append(*before, out...)
	return nil
}

// scoped puts statements before another into one block with it.
func scoped(before []ast.Stmt, s ast.Stmt) []ast.Stmt {
	if len(before) == 0 {
		return []ast.Stmt{s}
	}
	return []ast.Stmt{block(append(before, s)...)}
}

func (l *lowerer) stmt(s ast.Stmt) []ast.Stmt {
	label := l.label
	l.label = ""
	switch s := s.(type) {
	case *ast.LabeledStmt:
		return l.labeled(s)
	case *ast.BranchStmt:
		return []ast.Stmt{branch(s)}
	case *ast.ExprStmt:
		if out := l.panicStmt(s.X); out != nil {
			return out
		}
		return l.exprStmt(s)
	case *ast.SendStmt:
		return l.send(s)
	case *ast.IncDecStmt:
		return l.incDec(s)
	case *ast.AssignStmt:
		return l.assignment(s)
	case *ast.DeclStmt:
		return l.localDecl(s)
	case *ast.ReturnStmt:
		return l.returns(s)
	case *ast.BlockStmt:
		l.block(s)
	case *ast.IfStmt:
		return l.ifStmt(s)
	case *ast.SwitchStmt:
		return l.switchStmt(s)
	case *ast.SelectStmt:
		return l.selectStmt(s)
	case *ast.TypeSwitchStmt:
		return l.typeSwitch(s)
	case *ast.RangeStmt:
		return l.rangeStmt(s, label)
	case *ast.ForStmt:
		return l.forStmt(s, label)
	case *ast.DeferStmt:
		return l.deferStmt(s.Call)
	case *ast.GoStmt:
		return l.goStmt(s.Call)
	}
	return []ast.Stmt{s}
}

// exprStmt lowers a call, or a receive.
func (l *lowerer) exprStmt(s *ast.ExprStmt) []ast.Stmt {
	var out []ast.Stmt
	done := l.earlyWhole(&out, s.X, func(c *ast.CallExpr) ast.Stmt { return do(c) }, func() { s.X = l.expr(s.X) })
	if done {
		return out
	}
	return append(out, s)
}

func (l *lowerer) send(s *ast.SendStmt) []ast.Stmt {
	var out []ast.Stmt
	elem := elemOf(l.typeOf(s.Chan))
	s.Chan = l.plain(s.Chan)
	l.early(&out, func() {
		s.Chan = l.expr(s.Chan)
		s.Value = l.converted(s.Value, elem)
	})
	return append(out, s)
}

// labeled makes two labels of one: one at the loop or switch that it names, for break and
// continue, and one for goto, before all that lowering puts before that.
func (l *lowerer) labeled(s *ast.LabeledStmt) []ast.Stmt {
	l.label = s.Label.Name
	out := l.stmt(s.Stmt)
	l.label = ""
	if _, isBlock := s.Stmt.(*ast.BlockStmt); len(out) == 1 && !isBlock {
		if b, ok := out[0].(*ast.BlockStmt); ok {
			labelLoop(b.List, s.Label)
		} else {
			labelLoop(out, s.Label)
		}
	}
	place := &ast.LabeledStmt{Label: ident(placeOf(s.Label.Name)), Stmt: &ast.EmptyStmt{}}
	return append([]ast.Stmt{place}, out...)
}

// placeOf names the label that stands for another in goto.
func placeOf(label string) string { return label + "__place" }

// branch writes a branch, to a label or to none.
func branch(s *ast.BranchStmt) ast.Stmt {
	if s.Tok == token.GOTO {
		s.Label = ident(placeOf(s.Label.Name))
	}
	return s
}

// labelLoop labels the loop or switch that ends a list.
func labelLoop(list []ast.Stmt, label *ast.Ident) {
	for i := len(list) - 1; i >= 0; i-- {
		switch st := list[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt:
			list[i] = &ast.LabeledStmt{Label: label, Stmt: st}
			return
		}
	}
}

// returns converts what a function returns, and keeps yaegi from returning a
// received value straight from the channel and a function by its name.
func (l *lowerer) returns(s *ast.ReturnStmt) []ast.Stmt {
	var before []ast.Stmt
	var sig *types.Signature
	if len(l.funcs) > 0 {
		sig = l.funcs[len(l.funcs)-1]
	}
	if l.boxesResults(s, sig) {
		return l.returnBoxed(s, sig)
	}
	var whole ast.Expr
	if len(s.Results) == 1 && sig != nil && (sig.Results().Len() != 1 || !l.changes(l.typeOf(s.Results[0]), sig.Results().At(0).Type())) {
		whole = s.Results[0]
	}
	done := l.earlyWhole(&before, whole, func(c *ast.CallExpr) ast.Stmt { return giveBack(c) }, func() {
		for i := range s.Results {
			s.Results[i] = l.returned(s, sig, i, &before)
		}
	})
	if done {
		return before
	}
	return append(before, s)
}

// returned lowers one of the results; what must stand before goes to before.
func (l *lowerer) returned(s *ast.ReturnStmt, sig *types.Signature, i int, before *[]ast.Stmt) ast.Expr {
	var x ast.Expr
	r := s.Results[i]
	if sig != nil && len(s.Results) == sig.Results().Len() {
		x = l.converted(r, sig.Results().At(i).Type())
	} else {
		x = l.expr(r)
	}
	if l.isFunc(r) {
		x = l.returnedFunc(x, l.typeOf(r))
	}
	if _, deref := ast.Unparen(r).(*ast.StarExpr); deref && len(s.Results) > 1 || received(r) || assertsFunc(r, l.typeOf(r)) || l.swaps(s, sig, i) {
		name := l.temporary("r")
		if sig != nil && len(s.Results) == sig.Results().Len() && isInterface(sig.Results().At(i).Type()) {
			*before = append(*before, declareVar(name, l.typ(sig.Results().At(i).Type()), x))
		} else {
			*before = append(*before, l.hold(name, x, r))
		}
		return ident(name)
	}
	return x
}

// swaps tells whether the i-th of several results must be kept before any is
// returned, because it may mention a named result.
func (l *lowerer) swaps(s *ast.ReturnStmt, sig *types.Signature, i int) bool {
	if sig == nil || len(s.Results) < 2 || len(s.Results) != sig.Results().Len() || sig.Results().At(0).Name() == "" {
		return false
	}
	tv := l.info.Types[s.Results[i]]
	if id, ok := ast.Unparen(s.Results[i]).(*ast.Ident); ok && l.info.Uses[id] == sig.Results().At(i) {
		return false
	}
	return tv.Value == nil && !tv.IsNil() && !isTuple(tv.Type)
}

// hold keeps a lowered value in a new variable of its type.
func (l *lowerer) hold(name string, lowered, x ast.Expr) ast.Stmt {
	if _, deref := ast.Unparen(x).(*ast.StarExpr); deref || isInterface(l.typeOf(x)) || assertsFunc(x, l.typeOf(x)) {
		return declareVar(name, l.typ(l.typeOf(x)), lowered)
	}
	return define(name, lowered)
}

// returnedFunc makes a value of a lowered name of a function.
func (l *lowerer) returnedFunc(f ast.Expr, t types.Type) ast.Expr {
	if _, named := f.(*ast.Ident); !named {
		return f
	}
	return funcValue(l.typ(t), f)
}

// assertsFunc tells whether an expression asserts an interface to hold a function.
func assertsFunc(x ast.Expr, t types.Type) bool {
	_, asserts := ast.Unparen(x).(*ast.TypeAssertExpr)
	_, isFunc := t.Underlying().(*types.Signature)
	return asserts && isFunc
}

func received(x ast.Expr) bool {
	u, ok := ast.Unparen(x).(*ast.UnaryExpr)
	return ok && u.Op == token.ARROW
}

// isFunc tells whether an expression is the name of a function of the session.
func (l *lowerer) isFunc(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	_, isFunc := l.info.Uses[id].(*types.Func)
	return isFunc
}

func (l *lowerer) ifStmt(s *ast.IfStmt) []ast.Stmt {
	var before []ast.Stmt
	if l.onlyWhereOk(s) {
		out := l.plainAssignment(s.Init.(*ast.AssignStmt))
		before, s.Init = out[:len(out)-1], out[len(out)-1]
	} else {
		s.Init = l.one(s.Init, &before)
	}
	var steps []ast.Stmt
	l.early(&steps, func() { s.Cond = l.expr(s.Cond) })
	before, s.Init = after(before, s.Init, steps)
	l.block(s.Body)
	if s.Else != nil {
		out := l.stmt(s.Else)
		s.Else = block(out...)
		if len(out) == 1 {
			switch e := out[0].(type) {
			case *ast.IfStmt, *ast.BlockStmt:
				s.Else = e
			}
		}
	}
	return scoped(before, s)
}

// after puts the steps that the head of a statement takes after its init statement,
// and both before the statement.
func after(before []ast.Stmt, init ast.Stmt, steps []ast.Stmt) ([]ast.Stmt, ast.Stmt) {
	if len(steps) == 0 {
		return before, init
	}
	if init != nil {
		before = append(before, init)
	}
	return append(before, steps...), nil
}

func (l *lowerer) switchStmt(s *ast.SwitchStmt) []ast.Stmt {
	var before []ast.Stmt
	if s.Init != nil { // with it yaegi takes the first case where the tag is a field
		before = l.stmt(s.Init)
		s.Init = nil
	}
	tag := ""
	var tagType types.Type
	if s.Tag != nil && l.comparesInterfaces(s) { // yaegi compares by converting
		tagType = types.Default(l.typeOf(s.Tag))
		tag = l.temporary("tag")
		before = append(before, declareVar(tag, l.typ(tagType), l.expr(s.Tag)))
		s.Tag = nil
	}
	l.early(&before, func() { s.Tag = l.expr(s.Tag) })
	tagless := s.Tag == nil && tag == ""
	several := s.Tag != nil && slices.ContainsFunc(s.Body.List, l.evaluatesSeveral)
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		for i, original := range clause.List {
			if tagless && isInterface(l.typeOf(original)) {
				clause.List[i] = call(l.runtime("Equal"), ident("true"), l.expr(original))
				continue
			}
			if tag != "" && l.info.Types[original].IsNil() {
				clause.List[i] = l.isNothing(tag, tagType)
				continue
			}
			if l.info.Types[original].Value != nil {
				clause.List[i] = l.constantOf(original, l.typeOf(original))
			} else {
				clause.List[i] = l.expr(original)
			}
			if tag != "" {
				empty := types.NewInterfaceType(nil, nil)
				value := l.stored(l.operated(clause.List[i], original, tagType), l.typeOf(original), empty)
				clause.List[i] = call(l.runtime("Equal"), l.stored(ident(tag), tagType, empty), value)
			}
		}
		if (tagless || tag != "") && len(clause.List) > 1 {
			clause.List = []ast.Expr{anyOf(clause.List)}
		}
		clause.Body = l.stmts(clause.Body)
	}
	return l.arranged(before, s, several)
}

// isNothing compares the tag of a switch with nil.
func (l *lowerer) isNothing(tag string, t types.Type) ast.Expr {
	if isInterface(t) {
		return call(l.runtime("IsNil"), ident(tag))
	}
	return binary(ident(tag), token.EQL, ident("nil"))
}

// anyOf joins conditions, of which yaegi looks at one only.
func anyOf(list []ast.Expr) ast.Expr {
	out := ast.Expr(&ast.ParenExpr{X: list[0]})
	for _, x := range list[1:] {
		out = binary(out, token.LOR, &ast.ParenExpr{X: x})
	}
	return out
}

// comparesInterfaces tells whether a switch compares interfaces, or anything with
// nil.
func (l *lowerer) comparesInterfaces(s *ast.SwitchStmt) bool {
	if isInterface(l.typeOf(s.Tag)) {
		return true
	}
	for _, c := range s.Body.List {
		for _, x := range c.(*ast.CaseClause).List {
			if isInterface(l.typeOf(x)) || l.info.Types[x].IsNil() {
				return true
			}
		}
	}
	return false
}
