package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// keep makes, for every declared entity of a checked cell, the declaration that
// later cells are checked against. It comes before lowering, which changes the
// cell's trees.
func (c *cell) keep() error {
	for _, d := range c.decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			c.keepFunc(d)
		case *ast.GenDecl:
			if d.Tok == token.TYPE {
				name := d.Specs[0].(*ast.TypeSpec).Name.Name
				if name != "_" {
					c.declared[name].kept = c.keepTree(d)
				}
			}
		}
	}
	for _, e := range c.order {
		if err := c.keepValue(e); err != nil {
			return err
		}
	}
	return nil
}

// keepFunc keeps the signature; of a generic function the body too, because its
// instances are checked with it.
func (c *cell) keepFunc(d *ast.FuncDecl) {
	owner := ""
	if d.Recv != nil {
		owner, _ = syntax.Receiver(d)
	}
	k := naming.Key(owner, d.Name.Name)
	e := c.declared[k]
	if e == nil {
		return
	}
	e.body.uses = c.usedBy(d)
	head := *d
	e.generic = c.generic[k]
	if !e.generic {
		head.Body = nil
	}
	e.kept = c.keepTree(&head)
	if d.Recv != nil {
		e.owner = c.names[owner]
	}
}

// usedBy returns the entities that a function mentions.
func (c *cell) usedBy(d *ast.FuncDecl) map[*entity]bool {
	uses := map[*entity]bool{}
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if e := c.entity(c.info.Uses[id]); e != nil {
				uses[e] = true
				if e.origin != nil {
					uses[e.origin] = true
				}
			}
		}
		return true
	})
	return uses
}

// keepValue keeps a variable by its type and a constant by its value.
func (c *cell) keepValue(e *entity) error {
	if e.kind != varEntity && e.kind != constEntity {
		return nil
	}
	o := c.pkg.Scope().Lookup(e.name)
	k := &kept{imports: map[string]bool{}}
	sp := c.keptSpeller(k)
	name := c.refer(k, e)
	spec := &ast.ValueSpec{Names: []*ast.Ident{name}}
	tok := token.VAR
	if value, ok := o.(*types.Const); ok {
		tok = token.CONST
		spec.Values = []ast.Expr{syntax.ExactConstant(value.Val())}
		if b, ok := o.Type().(*types.Basic); !ok || b.Info()&types.IsUntyped == 0 {
			spec.Type = sp.Expr(o.Type())
		}
	} else {
		spec.Type = sp.Expr(o.Type())
	}
	k.tree = &ast.GenDecl{Tok: tok, TokPos: o.Pos(), Specs: []ast.Spec{spec}}
	e.kept = k
	if sp.Err != nil {
		return types.Error{Fset: c.session.fset, Pos: o.Pos(), Msg: fmt.Sprintf("variable %s cannot outlive its cell: %v", e.name, sp.Err)}
	}
	return nil
}

// refer makes an identifier that follows the name of an entity.
func (c *cell) refer(k *kept, e *entity) *ast.Ident {
	id := &ast.Ident{Name: e.check, NamePos: 1}
	k.refs = append(k.refs, reference{id, e})
	return id
}

// keptSpeller spells types for a kept declaration.
func (c *cell) keptSpeller(k *kept) *syntax.Speller {
	return &syntax.Speller{
		Uses: func(path string) { k.imports[path] = true },
		Named: func(t *types.TypeName) (ast.Expr, error) {
			if e := c.entity(t); e != nil {
				return c.refer(k, e), nil
			}
			return ast.NewIdent("any"), fmt.Errorf("type %s is local to a function or block", t.Name())
		},
	}
}

// keepTree copies a declaration for keeping.
func (c *cell) keepTree(d ast.Decl) *kept {
	tree, copies := syntax.Copy(d)
	k := &kept{tree: tree, imports: map[string]bool{}}
	for from, to := range copies {
		o := c.info.Uses[from]
		if o == nil {
			o = c.info.Defs[from]
		}
		switch o := o.(type) {
		case nil:
		case *types.PkgName:
			to.Name = naming.Alias(o.Imported().Path())
			k.imports[o.Imported().Path()] = true
		default:
			if e := c.entity(o); e != nil && e.kind != methodEntity {
				k.refs = append(k.refs, reference{to, e})
			}
		}
	}
	return k
}
