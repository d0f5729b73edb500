package packages

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"crossbook/interp/naming"
)

// A package of the notebook's module becomes declarations of the session, as if a
// cell had made them, under names that no cell can have: Area of the package geo
// is Area__m1_geo_m. So its functions are lowered, copied for type arguments and
// declared anew exactly as a cell's are.

// FlatName is the name that a declaration of a package has in the session.
func (p *Package) FlatName(name string) string {
	return naming.Flat(name, p.number, p.Types.Name())
}

// flattening renames the identifiers of a package.
type flattening struct {
	p       *Package
	all     map[*types.Package]*Package // it and those it imports, at any depth
	aliases map[string]bool             // compiled packages that it uses
	builtin map[string]bool             // predeclared names that it uses
	edits   []edit
	file    *token.File
}

// edit replaces a part of a text.
type edit struct {
	start, end int
	text       string
}

func newFlattening(p *Package) *flattening {
	f := &flattening{p: p, all: map[*types.Package]*Package{}, aliases: map[string]bool{}, builtin: map[string]bool{}}
	for _, n := range p.Closure() {
		f.all[n.Types] = n
	}
	return f
}

// Flattened is a package as declarations of the session.
type Flattened struct {
	Files   []File
	Aliases map[string]bool // compiled packages that it uses
	Builtin map[string]bool // predeclared names that it uses
}

// File is a file of it, every line in its place.
type File struct {
	Name string // relative to the module
	Text string
}

// Flatten returns the files of a package with the names of the session.
func (p *Package) Flatten(fset *token.FileSet) Flattened {
	f := newFlattening(p)
	out := Flattened{Aliases: f.aliases, Builtin: f.builtin}
	for _, file := range p.files {
		out.Files = append(out.Files, File{file.name, f.text(fset, file)})
	}
	return out
}

// text returns a file of the package with the names of the session, every line
// in its place.
func (f *flattening) text(fset *token.FileSet, file moduleFile) string {
	f.edits, f.file = nil, fset.File(file.syntax.FileStart)
	ast.Inspect(file.syntax, f.visit)
	slices.SortFunc(f.edits, func(a, b edit) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, e := range f.edits {
		b.WriteString(file.text[at:e.start])
		b.WriteString(e.text)
		b.WriteString(strings.Repeat("\n", strings.Count(file.text[e.start:e.end], "\n")))
		at = e.end
	}
	b.WriteString(file.text[at:])
	return b.String()
}

func (f *flattening) replace(n ast.Node, text string) {
	f.edits = append(f.edits, edit{f.file.Offset(n.Pos()), f.file.Offset(n.End()), text})
}

func (f *flattening) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.File:
		for _, d := range n.Decls {
			ast.Inspect(d, f.visit)
		}
		return false // not the name of the package
	case *ast.GenDecl:
		if n.Tok == token.IMPORT {
			f.replace(n, "")
			return false
		}
	case *ast.SelectorExpr:
		x, ok := n.X.(*ast.Ident)
		if !ok {
			return true
		}
		p, ok := f.p.info.Uses[x].(*types.PkgName)
		if !ok {
			return true
		}
		f.replace(n, f.qualified(p.Imported(), n.Sel.Name))
		return false
	case *ast.Ident:
		if text := f.name(n); text != n.Name {
			f.replace(n, text)
		}
	}
	return true
}

// qualified is a name of an imported package.
func (f *flattening) qualified(p *types.Package, name string) string {
	if m := f.all[p]; m != nil {
		return m.FlatName(name)
	}
	f.aliases[p.Path()] = true
	return naming.Alias(p.Path()) + "." + name
}

// name is what an identifier becomes.
func (f *flattening) name(id *ast.Ident) string {
	o := f.p.info.Uses[id]
	if o == nil {
		o = f.p.info.Defs[id]
	}
	if o == nil || id.Name == "_" {
		return id.Name
	}
	if v, ok := o.(*types.Var); ok && v.IsField() && v.Embedded() {
		if t := embeddedType(v.Type()); t != nil && f.all[t.Pkg()] != nil && t.Parent() == t.Pkg().Scope() {
			return f.all[t.Pkg()].FlatName(id.Name)
		}
		return id.Name
	}
	switch {
	case o.Pkg() == nil:
		f.builtin[id.Name] = true
	case o.Parent() != o.Pkg().Scope() || id.Name == "init" && o.Pkg() == f.p.Types:
	case f.all[o.Pkg()] != nil || o.Pkg() != f.p.Types:
		return f.qualified(o.Pkg(), id.Name)
	}
	return id.Name
}

// embeddedType is the type by whose name an embedded field goes.
func embeddedType(t types.Type) *types.TypeName {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.(type) {
	case *types.Alias:
		return t.Obj()
	case *types.Named:
		return t.Obj()
	}
	return nil
}

// Lacks tells why a package has no name that others see, as a format for the name
// of the package.
func (p *Package) Lacks(name string) string {
	switch o := p.Types.Scope().Lookup(name); {
	case o == nil:
		return "undefined: %s." + name
	case !o.Exported():
		return "name " + name + " not exported by package %s"
	}
	return ""
}
