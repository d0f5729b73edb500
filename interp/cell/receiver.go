package cell

import (
	"go/ast"
	"go/token"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// The session knows a method by the name of its type. A receiver may have another
// name of the type, declared as type A = T or type A = *T.

// nameReceivers gives the methods of the cell the names of their types.
func (c *Cell) nameReceivers() error {
	for _, d := range c.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil {
			continue
		}
		from, _ := syntax.Receiver(f)
		c.NameReceiver(f)
		to, _ := syntax.Receiver(f)
		if c.World.Shadowed(to) {
			return c.Problem(f.Recv.Pos(), "type %s is another name of one that was declared anew since: declare %[1]s again too", from)
		}
		e := c.Declared[naming.Key(from, f.Name.Name)]
		if from == to || e == nil {
			continue
		}
		delete(c.Declared, naming.Key(from, f.Name.Name))
		k := naming.Key(to, f.Name.Name)
		c.Declared[k] = e
		e.Version = c.World.NextVersion(k)
		e.Emit = naming.Emitted(e.Name, e.Version)
	}
	return nil
}

// NameReceiver gives one method the name of its type.
func (c *Cell) NameReceiver(f *ast.FuncDecl) {
	if len(f.Recv.List) == 0 { // go/types says so
		return
	}
	for range len(c.Decls) + len(c.World.Current) { // an alias may be one of itself
		x := ast.Unparen(f.Recv.List[0].Type)
		star, pointer := x.(*ast.StarExpr)
		if pointer {
			x = ast.Unparen(star.X)
		}
		id, ok := x.(*ast.Ident)
		if !ok {
			return
		}
		to := c.aliasOf(id.Name)
		if to == nil {
			return
		}
		name := &ast.Ident{NamePos: id.NamePos}
		if star, ok := to.(*ast.StarExpr); ok && !pointer {
			to, pointer = ast.Unparen(star.X), true
		}
		if name.Name, ok = syntax.IdentName(to); !ok {
			return
		}
		f.Recv.List[0].Type = name
		if pointer {
			f.Recv.List[0].Type = &ast.StarExpr{Star: id.NamePos, X: name}
		}
	}
}

// aliasOf returns what a type is another name of; nil if it is none.
func (c *Cell) aliasOf(name string) ast.Expr {
	e := c.Declared[name]
	decls := c.Decls
	if e == nil {
		if e = c.World.Current[name]; e == nil || e.Kept == nil {
			return nil
		}
		decls = []ast.Decl{e.Kept.Tree}
	}
	if e.Kind != world.Type {
		return nil
	}
	for _, d := range decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		spec := g.Specs[0].(*ast.TypeSpec)
		if (spec.Name.Name == name || e.Kept != nil) && spec.Assign.IsValid() && spec.TypeParams == nil {
			return ast.Unparen(spec.Type)
		}
	}
	return nil
}
