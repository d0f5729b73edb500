package generics

import (
	"go/ast"
	"go/token"
	"go/types"

	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"

	"golang.org/x/tools/go/ast/astutil"
)

// A type that a function or block declares becomes one of the package, under a
// name that no cell can have: then it can be a type argument, the type of a
// session's variable, and the session knows it where it lists types.

// liftTypes lifts the local types of a checked cell and says whether there were
// any; then the cell has to be checked again. Those of generic functions are
// lifted from their instances.
func liftTypes(c *check.Checked) bool {
	if !declaresLocalTypes(c) {
		return false
	}
	l := lifter{c: c, names: map[types.Object]string{}}
	trees := concrete(c)
	for _, n := range trees {
		astutil.Apply(*n, nil, func(cur *astutil.Cursor) bool {
			if d, ok := cur.Node().(*ast.DeclStmt); ok {
				l.lift(d, cur)
			}
			return true
		})
	}
	if len(l.names) == 0 {
		return false
	}
	for _, n := range trees {
		l.rename(*n, false)
	}
	for _, d := range l.decls {
		l.rename(d, true)
		c.Decls = append(c.Decls, d)
	}
	return true
}

// declaresLocalTypes tells whether something that was checked, be it generic or of an
// earlier cell, declares types that are not the package's.
func declaresLocalTypes(c *check.Checked) bool {
	for _, o := range c.Info.Defs {
		if t, ok := o.(*types.TypeName); ok && t.Parent() != c.Pkg.Scope() {
			if _, parameter := t.Type().(*types.TypeParam); !parameter {
				return true
			}
		}
	}
	return false
}

type lifter struct {
	c     *check.Checked
	names map[types.Object]string // new names of the lifted types
	decls []ast.Decl
}

// lift takes the types out of a local declaration.
func (l *lifter) lift(d *ast.DeclStmt, cur *astutil.Cursor) {
	g, ok := d.Decl.(*ast.GenDecl)
	if !ok || g.Tok != token.TYPE {
		return
	}
	for _, spec := range g.Specs {
		spec := spec.(*ast.TypeSpec)
		o := l.c.Info.Defs[spec.Name]
		if o == nil {
			return
		}
	}
	for _, spec := range g.Specs {
		spec := spec.(*ast.TypeSpec)
		name := naming.NextInstance(spec.Name.Name, naming.LiftMark)
		e := l.c.Declare("", name, world.Type)
		l.c.Generic[name] = spec.TypeParams != nil
		e.Methods, e.Slots = map[string]*world.Entity{}, map[string]string{}
		l.names[l.c.Info.Defs[spec.Name]] = name
		l.decls = append(l.decls, &ast.GenDecl{Tok: token.TYPE, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
	}
	cur.Replace(&ast.EmptyStmt{Semicolon: d.Pos()})
}

// rename makes the uses of lifted types follow, in a tree: names, embedded fields
// of the types, and constants, which a lifted declaration cannot see any more.
func (l *lifter) rename(n ast.Node, lifted bool) {
	astutil.Apply(n, nil, func(cur *astutil.Cursor) bool {
		id, ok := cur.Node().(*ast.Ident)
		if !ok {
			return true
		}
		o := l.c.Info.Uses[id]
		if o == nil {
			o = l.c.Info.Defs[id]
		}
		if name := l.names[o]; name != "" {
			cur.Replace(&ast.Ident{Name: name, NamePos: id.NamePos})
			return true
		}
		switch o := o.(type) {
		case *types.Var:
			if t := check.NamedOf(o.Type()); t != nil && o.IsField() && o.Embedded() && l.names[t.Obj()] != "" {
				id.Name = l.names[t.Obj()]
			}
		case *types.Const:
			if lifted && o.Pkg() == l.c.Pkg && o.Parent() != l.c.Pkg.Scope() {
				cur.Replace(syntax.Constant(o.Val()))
			}
		}
		return true
	})
}
