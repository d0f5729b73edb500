package generics

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/syntax"
	"crossbook/interp/world"

	"golang.org/x/tools/go/ast/astutil"
)

// yaegi's generics are few and at times silently wrong, so it sees none: each
// instance of a generic function or type becomes a declaration of its own, a
// copy of the source with the type arguments in place of the parameters. The
// copies are checked again, for they may need further instances, until there is
// nothing left to copy.

// maxRounds bounds how deep instances may need instances.
const maxRounds = 24

// Specialise replaces the instances in a checked cell by copies.
func Specialise(c *check.Checked) error {
	if liftTypes(c) {
		if err := c.Check(); err != nil {
			return err
		}
	}
	for range maxRounds {
		lifted := liftTypes(c)
		if lifted {
			if err := c.Check(); err != nil && !hasInstances(c) {
				return err
			}
		}
		sp := &specialiser{c: c}
		replaced := sp.replace()
		if !c.Specialised {
			replaced = sp.renew() || replaced
		}
		c.Specialised = true
		if !replaced && !lifted && !c.Aliased {
			return nil
		}
		if sp.err != nil {
			return sp.err
		}
		err := c.Check()
		if err != nil && !hasInstances(c) {
			return err
		}
	}
	return fmt.Errorf("instances of generic declarations need further ones without end")
}

// specialiser does one round.
type specialiser struct {
	c        *check.Checked
	err      error
	replaced bool
	at       token.Pos // of the latest instance
}

// concrete lists the trees of the cell that are not themselves generic.
func concrete(c *check.Checked) []*ast.Node {
	var out []*ast.Node
	for i := range c.Decls {
		if !c.IsGeneric(c.Decls[i]) {
			n := ast.Node(c.Decls[i])
			out = append(out, &n)
		}
	}
	for i := range c.Body {
		if c.Body[i].Stmt != nil {
			n := ast.Node(c.Body[i].Stmt)
			out = append(out, &n)
		}
	}
	return out
}

// hasInstances tells whether the last check found instances still to replace.
func hasInstances(c *check.Checked) bool {
	found := false
	for _, n := range concrete(c) {
		ast.Inspect(*n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if inst, ok := c.Info.Instances[id]; ok && specialisable(c, c.Info.Uses[id], inst.TypeArgs) {
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// specialisable tells whether the session has the source of a generic object and
// its type arguments are known.
func specialisable(c *check.Checked, o types.Object, args *types.TypeList) bool {
	if o == nil || o.Pkg() == nil {
		return false
	}
	for i := range args.Len() {
		if hasTypeParam(args.At(i), map[types.Type]bool{}) {
			return false
		}
	}
	return c.Entity(o) != nil || standardGeneric(o) != nil
}

// replace replaces every instance in the concrete trees and says whether there
// was one.
func (sp *specialiser) replace() bool {
	if len(sp.c.Info.Instances) == 0 {
		return false
	}
	for _, n := range concrete(sp.c) {
		astutil.Apply(*n, nil, func(cur *astutil.Cursor) bool {
			if x := sp.instance(cur); x != nil {
				cur.Replace(x)
			}
			return true
		})
	}
	sp.fixLast()
	return sp.replaced
}

// fixLast follows the cell's last expression, which may have been replaced.
func (sp *specialiser) fixLast() {
	c := sp.c
	if c.Last == nil {
		return
	}
	if st, ok := c.Body[len(c.Body)-1].Stmt.(*ast.ExprStmt); ok {
		c.Last = st.X
	}
}

// instance returns what stands for a node that is an instance, else nil: f, f[T]
// or p.f[T].
func (sp *specialiser) instance(cur *astutil.Cursor) ast.Expr {
	var id *ast.Ident
	switch n := cur.Node().(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		base, _ := syntax.Indexed(n.(ast.Expr))
		id = genericName(base)
	case *ast.SelectorExpr:
		if !isBase(cur) {
			id = n.Sel
		}
	case *ast.Ident:
		sp.embedded(n)
		if _, sel := cur.Parent().(*ast.SelectorExpr); !sel && !isBase(cur) {
			id = n
		}
	}
	if id == nil {
		return nil
	}
	inst, ok := sp.c.Info.Instances[id]
	o := sp.c.Info.Uses[id]
	if !ok || !specialisable(sp.c, o, inst.TypeArgs) {
		return nil
	}
	sp.replaced, sp.at = true, id.Pos()
	return &ast.Ident{Name: sp.copyFor(o, inst.TypeArgs), NamePos: id.Pos()}
}

// embedded makes the name of an embedded field whose type is an instance follow
// the name of the instance's copy.
func (sp *specialiser) embedded(id *ast.Ident) {
	f, ok := sp.c.Info.Uses[id].(*types.Var)
	if !ok || !f.IsField() || !f.Embedded() {
		return
	}
	n := check.NamedOf(f.Type())
	if n == nil || n.TypeArgs().Len() == 0 || !specialisable(sp.c, n.Obj(), n.TypeArgs()) {
		return
	}
	if alias, ok := f.Type().(*types.Alias); ok && alias.Obj().Name() == f.Name() {
		return
	}
	id.Name = sp.copyFor(n.Obj(), n.TypeArgs())
}

// isBase tells whether the cursor is at the f of f[T].
func isBase(cur *astutil.Cursor) bool {
	switch p := cur.Parent().(type) {
	case *ast.IndexExpr:
		return p.X == cur.Node()
	case *ast.IndexListExpr:
		return p.X == cur.Node()
	}
	return false
}

func genericName(x ast.Expr) *ast.Ident {
	switch x := x.(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// copyFor returns the name of the copy of a generic object for type arguments,
// and makes it if the session has none.
func (sp *specialiser) copyFor(o types.Object, args *types.TypeList) string {
	c := sp.c
	key := instanceKey(c, o, args)
	if e := c.Copies[key]; e != nil {
		return e.Name
	}
	if e := c.World.Copies[key]; e != nil && !c.Stale[e] {
		return e.Check
	}
	name := naming.NextInstance(o.Name(), naming.CopyMark)
	if _, isType := o.(*types.TypeName); isType {
		naming.SetArguments(name, args)
	}
	if source := standardGeneric(o); source != nil && c.Entity(o) == nil {
		for _, d := range source {
			sp.add(d, name, key, sp.standardParams(d, args))
		}
	} else {
		for _, d := range sources(c, o) {
			e := sp.add(d, name, key, func(id *ast.Ident) ast.Expr { return sp.argument(id, args) })
			e.Origin = sp.origin(d, c.Entity(o))
		}
	}
	if e := c.Copies[key]; e.Kind == world.Type {
		e.Instance = c.NewInstance(e, o, args)
	}
	return name
}

// instanceKey names an instance for good: it tells versions of types apart.
func instanceKey(c *check.Checked, o types.Object, args *types.TypeList) string {
	var b strings.Builder
	if e := c.Entity(o); e != nil {
		fmt.Fprintf(&b, "%s#%d", e.Name, e.Version)
	} else {
		b.WriteString(o.Pkg().Path() + "." + o.Name())
	}
	for _, x := range c.InstanceSpeller().List(args) {
		b.WriteString("," + syntax.Text(x))
	}
	return b.String()
}

// sources lists the declarations of a generic object: a function, or a type and
// its methods, of this cell or kept.
func sources(c *check.Checked, o types.Object) []ast.Decl {
	e := c.Entity(o)
	var out []ast.Decl
	seen := map[string]bool{}
	for _, d := range c.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == o.Name() && c.Declared[o.Name()] == e {
				out = append(out, d)
			}
			if d.Recv != nil {
				if owner, _ := syntax.Receiver(d); c.Names[owner] == e && e.Kind == world.Type {
					seen[d.Name.Name] = true
					out = append(out, d)
				}
			}
		case *ast.GenDecl:
			if t, ok := d.Specs[0].(*ast.TypeSpec); ok && t.Name.Name == o.Name() && c.Declared[o.Name()] == e {
				out = append(out, d)
			}
		}
	}
	if e.Kept != nil {
		out = append(out, e.Kept.Tree)
		more(c, e.Kept)
	}
	for _, name := range slices.Sorted(maps.Keys(e.Methods)) {
		if m := e.Methods[name]; !seen[name] && m.Kept != nil {
			out = append(out, m.Kept.Tree)
			more(c, m.Kept)
		}
	}
	return out
}

// more makes the packages that a kept declaration mentions importable.
func more(c *check.Checked, k *world.Kept) {
	for path := range k.Imports {
		c.Aliases[path] = true
	}
}

// add copies a declaration under a name, with subst in place of identifiers. It
// returns what the copy declares.
func (sp *specialiser) add(d ast.Decl, name, key string, subst func(*ast.Ident) ast.Expr) (e *world.Entity) {
	c := sp.c
	out, copies := syntax.Copy(d)
	origin := map[*ast.Ident]*ast.Ident{}
	for from, to := range copies {
		origin[to] = from
	}
	switch out := out.(type) {
	case *ast.FuncDecl:
		if out.Recv != nil {
			sp.receiver(out, name)
			e = c.Declare(name, out.Name.Name, world.Method)
			e.Body = &world.Body{}
		} else {
			out.Type.TypeParams = nil
			out.Name.Name = name
			e = c.Declare("", name, world.Func)
			e.Body = &world.Body{}
			c.Copies[key] = e
		}
	case *ast.GenDecl:
		t := out.Specs[0].(*ast.TypeSpec)
		t.TypeParams = nil
		t.Name.Name = name
		if c.World.Fset.File(t.Name.NamePos) == nil { // of the standard library
			t.Name.NamePos = sp.at
		}
		e = c.Declare("", name, world.Type)
		e.Methods, e.Slots = map[string]*world.Entity{}, map[string]string{}
		c.Copies[key] = e
	}
	astutil.Apply(out, func(cur *astutil.Cursor) bool {
		if id, ok := cur.Node().(*ast.Ident); ok && origin[id] != nil {
			if x := subst(origin[id]); x != nil {
				cur.Replace(x)
				return false
			}
			return true
		}
		return true
	}, nil)
	c.Decls = append(c.Decls, out)
	return e
}

// receiver makes a method one of the copy of its type.
func (sp *specialiser) receiver(d *ast.FuncDecl, name string) {
	f := d.Recv.List[0]
	to := &ast.Ident{Name: name, NamePos: f.Type.Pos()}
	if _, pointer := ast.Unparen(f.Type).(*ast.StarExpr); pointer {
		f.Type = &ast.StarExpr{Star: f.Type.Pos(), X: to}
	} else {
		f.Type = to
	}
}

// argument returns the type argument that an identifier of a generic declaration
// stands for, nil if it is not a type parameter.
func (sp *specialiser) argument(id *ast.Ident, args *types.TypeList) ast.Expr {
	t, ok := sp.c.Info.Uses[id].(*types.TypeName)
	if !ok {
		return nil
	}
	p, ok := t.Type().(*types.TypeParam)
	if !ok || p.Index() >= args.Len() {
		return nil
	}
	return sp.spell(args.At(p.Index()), id.Pos())
}

// spell writes a type in the names of the checked world.
func (sp *specialiser) spell(t types.Type, pos token.Pos) ast.Expr {
	c := sp.c
	s := &syntax.Speller{
		Uses:        func(path string) { c.Aliases[path] = true },
		Predeclared: func(id *ast.Ident) { id.Name = naming.Predeclared(id.Name, c.Takes) },
		Named: func(t *types.TypeName) (ast.Expr, error) {
			if e := c.Entity(t); e != nil {
				return &ast.Ident{Name: e.Check, NamePos: pos}, nil
			}
			return ast.NewIdent("any"), fmt.Errorf("type %s is local to a function: declare it outside to use it as a type argument", t.Name())
		},
	}
	x := s.Expr(t)
	if s.Err != nil && sp.err == nil {
		sp.err = types.Error{Fset: c.World.Fset, Pos: pos, Msg: s.Err.Error()}
	}
	return x
}

// hasTypeParam tells whether a type mentions a type parameter.
func hasTypeParam(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			if hasTypeParam(t.TypeArgs().At(i), seen) {
				return true
			}
		}
	case *types.Map:
		return hasTypeParam(t.Key(), seen) || hasTypeParam(t.Elem(), seen)
	case *types.Signature:
		return hasTypeParam(t.Params(), seen) || hasTypeParam(t.Results(), seen)
	case *types.Tuple:
		for i := range t.Len() {
			if hasTypeParam(t.At(i).Type(), seen) {
				return true
			}
		}
	case *types.Struct:
		for i := range t.NumFields() {
			if hasTypeParam(t.Field(i).Type(), seen) {
				return true
			}
		}
	case interface{ Elem() types.Type }:
		return hasTypeParam(t.Elem(), seen)
	}
	return false
}
