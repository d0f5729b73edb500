package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// Keep makes, for every declared entity of a checked cell, the declaration that
// later cells are checked against. It comes before lowering, which changes the
// cell's trees.
func (c *Checked) Keep() error {
	for _, d := range c.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			c.keepFunc(d)
		case *ast.GenDecl:
			if d.Tok == token.TYPE {
				name := d.Specs[0].(*ast.TypeSpec).Name.Name
				if name != "_" {
					c.Declared[name].Kept = c.keepTree(d)
				}
			}
		}
	}
	for _, e := range c.Order {
		if err := c.keepValue(e); err != nil {
			return err
		}
	}
	return nil
}

// keepFunc keeps the signature; of a generic function the body too, because its
// instances are checked with it.
func (c *Checked) keepFunc(d *ast.FuncDecl) {
	owner := ""
	if d.Recv != nil {
		owner, _ = syntax.Receiver(d)
	}
	k := naming.Key(owner, d.Name.Name)
	e := c.Declared[k]
	if e == nil {
		return
	}
	e.Body.Uses = c.usedBy(d)
	head := *d
	e.Generic = c.Generic[k]
	if !e.Generic {
		head.Body = nil
	}
	e.Kept = c.keepTree(&head)
	if d.Recv != nil {
		e.Owner = c.Names[owner]
	}
}

// usedBy returns the entities that a function mentions.
func (c *Checked) usedBy(d *ast.FuncDecl) map[*world.Entity]bool {
	uses := map[*world.Entity]bool{}
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if e := c.Entity(c.Info.Uses[id]); e != nil {
				uses[e] = true
				if e.Origin != nil {
					uses[e.Origin] = true
				}
			}
		}
		return true
	})
	return uses
}

// keepValue keeps a variable by its type and a constant by its value.
func (c *Checked) keepValue(e *world.Entity) error {
	if e.Kind != world.Var && e.Kind != world.Const {
		return nil
	}
	o := c.Pkg.Scope().Lookup(e.Name)
	k := &world.Kept{Imports: map[string]bool{}}
	sp := c.keptSpeller(k)
	name := c.refer(k, e)
	spec := &ast.ValueSpec{Names: []*ast.Ident{name}}
	tok := token.VAR
	if value, ok := o.(*types.Const); ok {
		tok = token.CONST
		x := syntax.ExactConstant(value.Val())
		if id, ok := x.(*ast.Ident); ok { // true or false
			k.Predeclared = append(k.Predeclared, id)
		}
		spec.Values = []ast.Expr{x}
		if b, ok := o.Type().(*types.Basic); !ok || b.Info()&types.IsUntyped == 0 {
			spec.Type = sp.Expr(o.Type())
		}
	} else {
		spec.Type = sp.Expr(o.Type())
	}
	k.Tree = &ast.GenDecl{Tok: tok, TokPos: o.Pos(), Specs: []ast.Spec{spec}}
	e.Kept = k
	if sp.Err != nil {
		return types.Error{Fset: c.World.Fset, Pos: o.Pos(), Msg: fmt.Sprintf("variable %s cannot outlive its cell: %v", e.Name, sp.Err)}
	}
	return nil
}

// refer makes an identifier that follows the name of an entity.
func (c *Checked) refer(k *world.Kept, e *world.Entity) *ast.Ident {
	id := &ast.Ident{Name: e.Check, NamePos: 1}
	k.Refs = append(k.Refs, world.Reference{Ident: id, To: e})
	return id
}

// keptSpeller spells types for a kept declaration.
func (c *Checked) keptSpeller(k *world.Kept) *syntax.Speller {
	return &syntax.Speller{
		Uses:        func(path string) { k.Imports[path] = true },
		Predeclared: func(id *ast.Ident) { k.Predeclared = append(k.Predeclared, id) },
		Named: func(t *types.TypeName) (ast.Expr, error) {
			if e := c.Entity(t); e != nil {
				return c.refer(k, e), nil
			}
			return ast.NewIdent("any"), fmt.Errorf("type %s is local to a function or block", t.Name())
		},
	}
}

// keepTree copies a declaration for keeping.
func (c *Checked) keepTree(d ast.Decl) *world.Kept {
	tree, copies := syntax.Copy(d)
	k := &world.Kept{Tree: tree, Imports: map[string]bool{}}
	for from, to := range copies {
		o := c.Info.Uses[from]
		if o == nil {
			o = c.Info.Defs[from]
		}
		switch o := o.(type) {
		case nil:
		case *types.PkgName:
			to.Name = naming.Alias(o.Imported().Path())
			k.Imports[o.Imported().Path()] = true
		default:
			if o.Parent() == types.Universe {
				k.Predeclared = append(k.Predeclared, to)
			}
			if e := c.Entity(o); e != nil && e.Kind != world.Method {
				k.Refs = append(k.Refs, world.Reference{Ident: to, To: e})
			}
		}
	}
	return k
}
