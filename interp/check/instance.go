package check

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// To the interpreter a variable of an earlier cell that is a Stack[int] has the type
// that is the copy of Stack for int. A cell that mentions generic declarations is
// checked first as if the copy were another name of Stack[int], so that the variable
// goes where that is wanted and type arguments are inferred from it; then, with the
// cell's own instances copied, the copy is the type.

// mentionsGenerics tells whether the cell declares something generic or names what is.
func (c *Checked) mentionsGenerics() bool {
	copies := c.copiesByName()
	if len(copies) == 0 {
		return false
	}
	found := false
	for _, generic := range c.Generic {
		found = found || generic
	}
	for _, n := range c.Trees() {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				e := c.World.Current[id.Name]
				found = found || copies[id.Name] != nil || e != nil && e.Generic
			}
			return !found
		})
	}
	return found
}

// copiesByName lists the copies of generic types that the session has, by the name of
// the type.
func (c *Checked) copiesByName() map[string][]string {
	copies := map[string][]string{}
	for _, e := range c.World.Entities {
		if e.Instance != nil {
			base, _, _ := strings.Cut(e.Name, naming.CopyMark)
			copies[base] = append(copies[base], e.Name)
		}
	}
	return copies
}

// keptOf returns the declaration of an entity that the cell is checked against; nil
// for none.
func (c *Checked) keptOf(e *world.Entity) *world.Kept {
	switch {
	case e.Kept == nil || c.replaces(e):
		return nil
	case !c.Aliased:
		return e.Kept
	case e.Instance != nil:
		return e.Instance.Alias
	case e.Owner != nil && e.Owner.Instance != nil: // what it is an instance of has its own
		return nil
	}
	return e.Kept
}

// NewInstance returns what a copy of a generic type is for type arguments.
func (c *Checked) NewInstance(copied *world.Entity, o types.Object, args *types.TypeList) *world.Instance {
	k := &world.Kept{Imports: map[string]bool{}}
	sp := c.keptSpeller(k)
	x := &world.Instance{Alias: k, Args: sp.List(args), Text: syntax.Text(syntax.Instantiate(c.instanceBase(o), c.InstanceSpeller().List(args)))}
	var base ast.Expr
	if e := c.Entity(o); e != nil {
		base = c.refer(k, e)
	} else {
		base = sp.Qualified(o.Pkg(), o.Name())
	}
	spec := &ast.TypeSpec{Name: c.refer(k, copied), Assign: 1, Type: syntax.Instantiate(base, x.Args)}
	k.Tree = &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{spec}}
	return x
}

// instanceBase names a generic object for good: it tells versions of types apart.
func (c *Checked) instanceBase(o types.Object) ast.Expr {
	if e := c.Entity(o); e != nil {
		return ast.NewIdent(e.Emit)
	}
	return ast.NewIdent(o.Pkg().Path() + "." + o.Name())
}

// InstanceSpeller writes types in one way, whether they have instances or copies.
func (c *Checked) InstanceSpeller() *syntax.Speller {
	sp := c.EmittedSpeller(func(string) {})
	named := sp.Named
	sp.Named = func(t *types.TypeName) (ast.Expr, error) {
		if e := c.Entity(t); e != nil && e.Instance != nil {
			return ast.NewIdent(e.Instance.Text), nil
		}
		return named(t)
	}
	return sp
}
