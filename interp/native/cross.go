package native

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"crossbook/interp/check"
	"crossbook/interp/compiled"
	"crossbook/interp/naming"
)

// program sorts what the cell declares: functions that other cells can call, and
// what stays inside the compiled code. It returns the program to build.
func (g *gathering) program(u *unit) (compiled.Program, error) {
	out := compiled.Program{}
	for i := range g.parts {
		out.Files = append(out.Files, compiled.File{Name: partName(i), Text: g.text(i)})
	}
	own := g.files[0]
	used := g.usedObjects()
	for _, d := range own.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			g.keepInside(u, d)
		case *ast.FuncDecl:
			if err := g.sort(u, d, used); err != nil {
				return out, err
			}
		}
	}
	if len(u.functions) == 0 && g.former == nil {
		return out, g.problem(token.Position{}, "this cell has no function that another cell could call, so there is nothing to compile")
	}
	for _, d := range own.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			if n := u.function(methodKey(f)); n != nil {
				n.inside = g.mentionsInner(u, f)
			}
		}
	}
	for _, n := range u.functions {
		out.Functions = append(out.Functions, n.expression)
	}
	return out, nil
}

// keepInside notes variables, which live in the process of the compiled code.
func (g *gathering) keepInside(u *unit, d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		u.state = true
		for _, n := range specNames(spec) {
			u.inner[n.Name] = fmt.Sprintf("a variable inside the compiled code of %s: write a function there that returns it", g.own.Name())
		}
	}
}

// usedObjects lists what is used within the cell.
func (g *gathering) usedObjects() map[types.Object]bool {
	used := map[types.Object]bool{}
	for _, o := range g.info.Uses {
		if f, ok := o.(*types.Func); ok {
			o = f.Origin()
		}
		used[o] = true
	}
	return used
}

// sort adds a function to those that can be called, or notes why it cannot be; a
// function that then nothing can call is an error.
func (g *gathering) sort(u *unit, d *ast.FuncDecl, used map[types.Object]bool) error {
	if d.Name.Name == "_" || d.Name.Name == "init" && d.Recv == nil {
		return nil
	}
	o := g.info.Defs[d.Name].(*types.Func)
	title := methodKey(d)
	n, why := newFunction(title, o)
	if d.Body == nil {
		why = title + " has no body"
	}
	if why == "" {
		u.functions = append(u.functions, n)
		return nil
	}
	if !used[o] && d.Recv == nil || d.Body == nil {
		return g.rejectAt(g.fset.Position(d.Name.Pos()), why)
	}
	u.inner[title] = fmt.Sprintf("inside the compiled code of %s, where only the functions of its cell can call it: %s", g.own.Name(), why)
	return nil
}

// mentionsInner tells whether a function uses what only its unit has.
func (g *gathering) mentionsInner(u *unit, d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if o := g.info.Uses[id]; o != nil && o.Parent() == g.pkg.Scope() && u.inner[id.Name] != "" {
				found = true
			}
		}
		return !found
	})
	return found
}

// newFunction makes of a function what the session calls; why tells what cannot cross.
func newFunction(title string, o *types.Func) (n *function, why string) {
	sig := o.Signature()
	n = &function{expression: o.Name()}
	n.Title = title
	var text strings.Builder
	if recv := sig.Recv(); recv != nil {
		named := check.NamedOf(recv.Type())
		if named == nil || named.TypeParams().Len() > 0 {
			return nil, "methods of generic types cannot be called from outside"
		}
		n.expression = named.Obj().Name() + "." + o.Name()
		if _, pointer := types.Unalias(recv.Type()).(*types.Pointer); pointer {
			n.expression = "(*" + named.Obj().Name() + ")." + o.Name()
		}
		if err := crosses(recv.Type()); err != nil {
			return nil, fmt.Sprintf("receiver of %s: %v", title, err)
		}
		n.Contexts = append(n.Contexts, false)
		text.WriteString(structure(recv.Type(), nil) + ".")
	}
	if sig.TypeParams().Len() > 0 {
		return nil, title + " is generic, and compiled code has only the instances that it uses itself: write a function for the types at hand that calls it"
	}
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		isContext := isContext(v.Type())
		n.Contexts = append(n.Contexts, isContext)
		if err := crosses(v.Type()); err != nil && !isContext {
			return nil, fmt.Sprintf("parameter %s of %s: %v", named1(v, i), title, err)
		}
		text.WriteString(structure(v.Type(), nil) + ",")
	}
	for i := range sig.Results().Len() {
		v := sig.Results().At(i)
		if err := crosses(v.Type()); err != nil {
			return nil, fmt.Sprintf("result %s of %s: %v", named1(v, i), title, err)
		}
		text.WriteString(")" + structure(v.Type(), nil))
	}
	n.types = text.String()
	return n, ""
}

// named1 is the name of a parameter or result, or its number if it has none.
func named1(v *types.Var, i int) string {
	if v.Name() == "" || v.Name() == "_" {
		return fmt.Sprint(i + 1)
	}
	return v.Name()
}

func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context" && n.Obj().Name() == "Context"
}

// crosses returns why a value of a type cannot cross between the session and
// compiled code; nil if it can.
func crosses(t types.Type) error {
	return (&crossing{seen: map[types.Type]bool{}, path: map[types.Type]bool{}}).visit(t)
}

type crossing struct {
	seen map[types.Type]bool
	path map[types.Type]bool // to the type at hand, from the innermost struct on
}

var errIsKey = errors.New("an error or another interface as the key of a map cannot cross to compiled code: it would be another one there")

func (c *crossing) visit(t types.Type) error {
	t = types.Unalias(t)
	if c.path[t] {
		return refuse(t, "it is made of itself without a struct between")
	}
	if c.seen[t] {
		return nil
	}
	c.seen[t], c.path[t] = true, true
	defer delete(c.path, t)
	if types.Identical(t, types.Universe.Lookup("error").Type()) {
		return nil
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Kind() == types.UnsafePointer {
			return refuse(t, "an address means nothing in another process")
		}
		return nil
	case *types.Pointer:
		return c.visit(u.Elem())
	case *types.Slice:
		return c.visit(u.Elem())
	case *types.Array:
		return c.visit(u.Elem())
	case *types.Map:
		if hasError(u.Key()) {
			return errIsKey
		}
		if err := c.visit(u.Key()); err != nil {
			return err
		}
		return c.visit(u.Elem())
	case *types.Struct:
		return c.structure(t, u)
	case *types.Interface:
		return refuse(t, "of interfaces only error crosses")
	case *types.Chan:
		return refuse(t, "a channel stays in its process")
	case *types.Signature:
		return refuse(t, "a function stays in its process")
	}
	return refuse(t, "it is a type parameter")
}

func (c *crossing) structure(t types.Type, u *types.Struct) error {
	n, _ := t.(*types.Named)
	path := c.path
	c.path = map[types.Type]bool{}
	defer func() { c.path = path }()
	for f := range u.Fields() {
		if n != nil && n.Obj().Pkg().Path() != naming.Main && !f.Exported() {
			return refuse(t, "its fields are those of package "+n.Obj().Pkg().Path()+" alone")
		}
		if err := c.visit(f.Type()); err != nil {
			return fmt.Errorf("field %s of %s: %w", f.Name(), types.TypeString(t, plainPackage), err)
		}
	}
	return nil
}

func hasError(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		return true
	case *types.Array:
		return hasError(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if hasError(f.Type()) {
				return true
			}
		}
	}
	return false
}

func refuse(t types.Type, why string) error {
	return fmt.Errorf("type %s cannot cross to compiled code: %s", types.TypeString(t, plainPackage), why)
}

func plainPackage(p *types.Package) string {
	if p.Path() == naming.Main {
		return ""
	}
	return p.Name()
}

// structure writes what a type is made of, so that two declarations of it can be
// told apart.
func structure(t types.Type, path []types.Type) string {
	t = types.Unalias(t)
	for i, outer := range path {
		if outer == t {
			return fmt.Sprint("^", len(path)-i)
		}
	}
	path = append(path, t)
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return "*" + structure(u.Elem(), path)
	case *types.Slice:
		return "[]" + structure(u.Elem(), path)
	case *types.Array:
		return fmt.Sprintf("[%d]%s", u.Len(), structure(u.Elem(), path))
	case *types.Map:
		return "map[" + structure(u.Key(), path) + "]" + structure(u.Elem(), path)
	case *types.Struct:
		text := "{"
		for f := range u.Fields() {
			text += f.Name() + " " + structure(f.Type(), path) + ";"
		}
		return text + "}"
	}
	return types.TypeString(t, plainPackage)
}
