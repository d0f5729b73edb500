package cell

import (
	"go/ast"
	"go/token"

	"crossbook/interp/world"
)

// addStmt adds a statement of the cell's top level. A := there declares session
// variables, as var does.
func (c *Cell) addStmt(st ast.Stmt) {
	switch st := st.(type) {
	case *ast.AssignStmt:
		if st.Tok == token.DEFINE {
			c.define(st)
			return
		}
	case *ast.DeclStmt: // cannot be: the splitter keeps declarations apart
	}
	c.Body = append(c.Body, Item{Stmt: st})
}

// define hoists a := of the top level. Names that the cell has declared already
// are assigned to through temporaries, as := does within one scope of Go.
func (c *Cell) define(st *ast.AssignStmt) {
	spec := &ast.ValueSpec{Values: st.Rhs}
	var later []ast.Stmt
	fresh := 0
	for _, l := range st.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok { // go/types says so
			c.Body = append(c.Body, Item{Stmt: st})
			return
		}
		name := &ast.Ident{Name: id.Name, NamePos: id.NamePos}
		if id.Name != "_" && c.Declared[id.Name] != nil {
			name.Name = c.World.Temporary(id.Name)
			value := &ast.Ident{Name: name.Name, NamePos: id.NamePos}
			later = append(later, &ast.AssignStmt{Lhs: []ast.Expr{id}, Tok: token.ASSIGN, TokPos: st.TokPos, Rhs: []ast.Expr{value}})
		} else if id.Name != "_" {
			fresh++
		}
		spec.Names = append(spec.Names, name)
	}
	if fresh == 0 { // as Go: no new variables on left side of :=
		c.Body = append(c.Body, Item{Stmt: &ast.BlockStmt{Lbrace: st.Pos(), List: later, Rbrace: st.End()}})
		c.Decls = append(c.Decls, noNewVariables(st))
		return
	}
	c.bindOlder(spec)
	c.hoist(spec, false)
	for _, s := range later {
		c.Body = append(c.Body, Item{Stmt: s})
	}
}

// noNewVariables is a declaration that makes the type checker report a := that
// declares nothing, in its own words.
func noNewVariables(st *ast.AssignStmt) ast.Decl {
	twice := *st
	first := &ast.AssignStmt{Lhs: st.Lhs, TokPos: st.TokPos, Tok: token.DEFINE, Rhs: st.Rhs}
	return &ast.FuncDecl{
		Name: &ast.Ident{Name: "_", NamePos: st.Pos()},
		Type: &ast.FuncType{Params: &ast.FieldList{}},
		Body: &ast.BlockStmt{List: []ast.Stmt{first, &twice}},
	}
}

// bindOlder keeps the meaning of names that the session knows and this :=
// declares anew: in its right side and in the statements before it, they are
// still the older ones. So x := x + 1 counts on.
func (c *Cell) bindOlder(spec *ast.ValueSpec) {
	for _, n := range spec.Names {
		old := c.World.Current[n.Name]
		if old == nil || old.Kind == world.Method {
			continue
		}
		to := old.ShadowName()
		for _, v := range spec.Values {
			renameFree(v, n.Name, to)
		}
		for _, it := range c.Body {
			if it.Stmt != nil {
				renameFree(it.Stmt, n.Name, to)
			} else {
				for _, v := range it.Vars.Values {
					renameFree(v, n.Name, to)
				}
			}
		}
	}
}

// renameFree renames the uses of a name in a node that does not declare it
// itself. Fields and keys of struct literals are not uses.
func renameFree(n ast.Node, name, to string) {
	var uses []*ast.Ident
	declares := false
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			return false
		case *ast.KeyValueExpr:
			if _, isName := n.Key.(*ast.Ident); !isName {
				ast.Inspect(n.Key, visit)
			}
			ast.Inspect(n.Value, visit)
			return false
		case *ast.Field, *ast.ValueSpec, *ast.TypeSpec:
			declares = declares || mentions(n, name)
		case *ast.AssignStmt:
			declares = declares || n.Tok == token.DEFINE && listMentions(n.Lhs, name)
		case *ast.RangeStmt:
			declares = declares || n.Tok == token.DEFINE && listMentions([]ast.Expr{n.Key, n.Value}, name)
		case *ast.Ident:
			if n.Name == name {
				uses = append(uses, n)
			}
		}
		return true
	}
	ast.Inspect(n, visit)
	if declares {
		return
	}
	for _, id := range uses {
		id.Name = to
	}
}

func listMentions(list []ast.Expr, name string) bool {
	for _, e := range list {
		if e != nil && mentions(e, name) {
			return true
		}
	}
	return false
}

// mentions tells whether a name occurs in a node.
func mentions(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}
