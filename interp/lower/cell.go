package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"

	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/value"
	"crossbook/interp/world"
)

// Lowered is a cell as the interpreter can run it.
type Lowered struct {
	Decls []ast.Decl               // variables, types, functions and methods
	Body  []ast.Stmt               // the cell's statements
	Uses  map[string]bool          // packages that it mentions
	Slots map[world.SlotKey]string // methods that it gives to types, with their signatures
	Faces map[string]*world.Face   // interfaces to which it asserts, by key
}

// Session is what lowering needs of the session beyond the declarations of its cells.
type Session struct {
	Displays []types.Type   // interfaces in which values of interpreted types are shown, the best first
	Texts    *value.Printer // which is told of the types whose values it prints

	Stubs map[*ast.BlockStmt]int // bodies of functions that are compiled, with their numbers
}

// Cell lowers a checked cell.
func Cell(c *check.Checked, s Session) (Lowered, error) {
	l := newLowerer(c)
	l.session = s
	l.unhide()
	vars := l.cellVars()
	decls, err := l.cellDecls()
	if err != nil {
		return Lowered{}, err
	}
	body := l.cellBody()
	l.runtime("Run")
	if l.failure == nil {
		l.failure = l.sp.Err
	}
	return Lowered{
		Decls: append(append(vars, decls...), l.extra...), Body: append(l.prologue, body...),
		Uses: l.uses, Slots: l.slots, Faces: l.faces,
	}, l.failure
}

// fail records the first thing that lowering could not do.
func (l *lowerer) fail(pos token.Pos, form string, args ...any) {
	if l.failure == nil {
		l.failure = l.c.Problem(pos, form, args...)
	}
}

// temporary makes a name that no cell has.
func (l *lowerer) temporary(base string) string { return l.c.World.Temporary(base) }

// cellVars declares the variables whose type changed. One that has the type it
// had is the same variable: functions that use it see the new value, and the old
// value is free.
func (l *lowerer) cellVars() []ast.Decl {
	c := l.c
	declared := &ast.GenDecl{Tok: token.VAR}
	for _, e := range c.Order {
		if e.Kind != world.Var || strings.Contains(e.Name, naming.TemporaryMark) {
			continue
		}
		typ := l.typ(c.Pkg.Scope().Lookup(e.Name).Type())
		e.Typ = syntax.Text(typ)
		if old := c.World.Current[e.Name]; old != nil && old.Kind == world.Var && old.Typ == e.Typ {
			e.Emit = old.Emit
			continue
		}
		spec := &ast.ValueSpec{Names: []*ast.Ident{ident(e.Emit)}, Type: typ}
		declared.Specs = append(declared.Specs, spec)
	}
	if len(declared.Specs) == 0 {
		return nil
	}
	return []ast.Decl{declared}
}

// cellDecls lowers types, functions and methods. Constants are gone: each use
// has its value.
func (l *lowerer) cellDecls() ([]ast.Decl, error) {
	c := l.c
	var typeDecls, funcs []ast.Decl
	for _, d := range c.Decls {
		if c.IsGeneric(d) {
			continue
		}
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok != token.TYPE {
				continue
			}
			out, err := l.typeDecl(d)
			if err != nil {
				return nil, err
			}
			typeDecls = append(typeDecls, out...)
		case *ast.FuncDecl:
			funcs = append(funcs, l.funcDecl(d)...)
		}
	}
	l.printers()
	l.lateTypes()
	return append(typeDecls, funcs...), nil
}

// cellBody lowers the cell's statements, each after a mark of its line.
func (l *lowerer) cellBody() []ast.Stmt {
	c := l.c
	l.sortVars()
	var out []ast.Stmt
	if l.unwinds(c.Function().Body) {
		out = l.unwind()
	}
	line := 0
	for i, it := range c.Body {
		var steps []ast.Stmt
		l.scratchpad.used = [len(l.scratchpad.used)]int{}
		pos := token.NoPos
		switch {
		case it.Vars != nil:
			pos = it.Vars.Pos()
			steps = l.cellValues(it.Vars)
		case i == len(c.Body)-1 && c.Last != nil:
			pos = it.Stmt.Pos()
			steps = l.show(c.Last)
		default:
			pos = it.Stmt.Pos()
			steps = l.stmt(it.Stmt)
		}
		if at := c.Position(pos).Line; at != line && len(steps) > 0 && !c.Flat {
			line = at
			out = append(out, assign(ident(naming.StepVariable), intLit(line)))
		}
		out = append(out, steps...)
	}
	return append(l.scratchpad.declared(), out...)
}

// cellValues assigns to hoisted variables, or clears those without a value.
func (l *lowerer) cellValues(spec *ast.ValueSpec) []ast.Stmt {
	c := l.c
	var out []ast.Stmt
	for _, n := range spec.Names {
		if strings.Contains(n.Name, naming.TemporaryMark) {
			out = append(out, declareVar(n.Name, l.typ(l.info.Defs[n].Type()), nil))
			delete(c.Declared, n.Name)
		}
	}
	if len(spec.Values) > 0 {
		a := &ast.AssignStmt{Tok: token.ASSIGN, TokPos: spec.Pos(), Rhs: spec.Values}
		for _, n := range spec.Names {
			a.Lhs = append(a.Lhs, n)
		}
		return append(out, l.stmt(a)...)
	}
	for _, n := range spec.Names {
		if e := c.Declared[n.Name]; e != nil {
			zero := l.temporary("zero")
			out = append(out, declareVar(zero, l.typ(l.info.Defs[n].Type()), nil), assign(ident(e.Emit), ident(zero)))
		}
	}
	return out
}

// sortVars orders consecutive variable declarations as Go initialises a package.
func (l *lowerer) sortVars() {
	c := l.c
	order := map[types.Object]int{}
	for i, in := range c.Info.InitOrder {
		for _, v := range in.Lhs {
			order[v] = i
		}
	}
	rank := func(it cell.Item) int {
		for _, n := range it.Vars.Names {
			if o := c.Info.Defs[n]; o != nil {
				return order[o]
			}
		}
		return -1
	}
	for i := 0; i < len(c.Body); i++ {
		j := i
		for j < len(c.Body) && c.Body[j].Group {
			j++
		}
		run := c.Body[i:j]
		sort.SliceStable(run, func(a, b int) bool { return rank(run[a]) < rank(run[b]) })
		i = max(i, j-1)
	}
}
