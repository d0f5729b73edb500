package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"crossbook/interp/naming"
)

// A statement that may panic is marked: before it, its cell and line are stored in
// a variable of the interpreter, which costs a few instructions and not a call.
// The variable is not synchronised: with goroutines the line may be that of
// another one, and is then not used unless it lies in the function that panicked.

// mark returns the statement that marks a statement; nil if that cannot panic or
// needs no mark of its own.
func (l *lowerer) mark(s ast.Stmt) []ast.Stmt {
	if !Marking || l.marked || len(l.funcs) == 0 && !l.inBlock {
		return nil
	}
	places := panicPlaces{l: l, deep: isLoop(s)}
	ast.Inspect(s, places.visit)
	if places.deep && places.first.IsValid() {
		l.marked = !places.several && !places.calls
		if !l.marked {
			places = panicPlaces{l: l}
			ast.Inspect(s, places.visit)
		}
	}
	if !places.first.IsValid() {
		return nil
	}
	if m := l.markAt(places.first); m != nil {
		return []ast.Stmt{m}
	}
	return nil
}

func isLoop(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// markAt stores a place; nil if that is not in a cell.
func (l *lowerer) markAt(pos token.Pos) ast.Stmt {
	at := l.c.Position(pos)
	cell := l.c.World.FileNumber(at.Filename)
	if cell == 0 {
		if _, err := fmt.Sscanf(at.Filename, "cell [%d]", &cell); err != nil {
			return nil
		}
	}
	if at.Line >= naming.MarkBase {
		return nil
	}
	value := &ast.BasicLit{Kind: token.INT, Value: strconv.Itoa(cell*naming.MarkBase + at.Line)}
	return assign(ident(naming.LineVariable), value)
}

// panicPlaces collects where a statement may panic.
type panicPlaces struct {
	l       *lowerer
	deep    bool      // also in the statements inside it, and on several lines or not
	first   token.Pos // the first place
	several bool      // there are others on other lines
	calls   bool      // functions of cells may run, which set marks of their own
}

// found notes a place.
func (p *panicPlaces) found(pos token.Pos) {
	switch {
	case !p.first.IsValid():
		p.first = pos
	case p.deep && !p.several:
		p.several = p.l.c.Position(pos).Line != p.l.c.Position(p.first).Line
	}
}

func (p *panicPlaces) visit(n ast.Node) bool {
	switch n := n.(type) {
	case nil:
		return false
	case *ast.BlockStmt:
		return p.deep
	case *ast.CaseClause:
		for _, x := range n.List {
			ast.Inspect(x, p.visit)
		}
		return p.deep
	case *ast.CommClause:
		return p.deep
	case *ast.FuncLit:
		p.calls = true
		return false
	case *ast.GoStmt, *ast.DeferStmt:
		p.calls = true
	}
	if p.l.mayPanic(n) {
		p.found(n.Pos())
	}
	if c, ok := n.(*ast.CallExpr); ok && p.l.runsCells(c) {
		p.calls = true
	}
	return true
}

// mayPanic tells whether a node, apart from its parts, may panic.
func (l *lowerer) mayPanic(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IndexExpr:
		return !l.info.Types[n.X].IsType()
	case *ast.SliceExpr, *ast.SendStmt, *ast.TypeAssertExpr:
		return true
	case *ast.StarExpr:
		return l.info.Types[n.X].IsValue()
	case *ast.SelectorExpr:
		sel := l.info.Selections[n]
		if sel == nil {
			return false
		}
		_, isPointer := l.typeOf(n.X).Underlying().(*types.Pointer)
		return isPointer || isInterface(l.typeOf(n.X)) || sel.Indirect()
	case *ast.BinaryExpr:
		return l.operatorPanics(n)
	case *ast.AssignStmt:
		return n.Tok == token.QUO_ASSIGN || n.Tok == token.REM_ASSIGN || n.Tok == token.SHL_ASSIGN || n.Tok == token.SHR_ASSIGN
	case *ast.CallExpr:
		if l.info.Types[n.Fun].IsType() {
			_, isArray := l.typeOf(n).Underlying().(*types.Array)
			return isArray || isPointerLike(l.typeOf(n))
		}
		switch l.builtin(n.Fun) {
		case "len", "cap", "append", "min", "max", "complex", "real", "imag", "new":
			return false
		}
		return l.info.Types[n].Value == nil
	}
	return false
}

func (l *lowerer) operatorPanics(n *ast.BinaryExpr) bool {
	switch n.Op {
	case token.QUO, token.REM:
		b, ok := l.typeOf(n).Underlying().(*types.Basic)
		return ok && b.Info()&types.IsInteger != 0 && l.info.Types[n.Y].Value == nil
	case token.SHL, token.SHR:
		return l.info.Types[n.Y].Value == nil
	case token.EQL, token.NEQ:
		return isInterface(l.typeOf(n.X)) && isInterface(l.typeOf(n.Y))
	}
	return false
}

// runsCells tells whether a call may run functions of cells.
func (l *lowerer) runsCells(c *ast.CallExpr) bool {
	if l.builtin(c.Fun) != "" || l.info.Types[c.Fun].IsType() {
		return false
	}
	if !l.compiled(c.Fun) {
		return true
	}
	for _, a := range c.Args {
		switch l.typeOf(a).Underlying().(type) {
		case *types.Signature, *types.Interface:
			return true
		}
	}
	return false
}
