package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// A package of the notebook's module becomes declarations of the session, as if a
// cell had made them, under names that no cell can have: Area of the package geo
// is Area__m1_geo_m. So its functions are lowered, copied for type arguments and
// declared anew exactly as a cell's are.

// flatName is the name that a declaration of a package has in the session.
func (p *modulePackage) flatName(name string) string {
	return fmt.Sprintf("%s__m%d_%s_m", name, p.number, p.types.Name())
}

// flat matches such names.
var flat = regexp.MustCompile(`(\w+?)__m[0-9]+_(\w+?)_m((?:__[a-z]?[0-9]+)*)\b`)

// flatMark matches what distinguishes such a name from a cell's.
var flatMark = regexp.MustCompile(`^__m[0-9]+_(\w+?)_m(__\w+)?$`)

// isFlat tells whether a name is that of a package's declaration.
func isFlat(name string) bool { return strings.Contains(name, "__m") && flat.MatchString(name+" ") }

// shortName is a name without what distinguishes it from a cell's.
func shortName(name string) string {
	if i := strings.Index(name, "__m"); i > 0 {
		return name[:i]
	}
	return name
}

// flattening renames the identifiers of a package.
type flattening struct {
	p       *modulePackage
	all     map[*types.Package]*modulePackage // it and those it imports, at any depth
	aliases map[string]bool                   // compiled packages that it uses
	builtin map[string]bool                   // predeclared names that it uses
	edits   []edit
	file    *token.File
}

// edit replaces a part of a text.
type edit struct {
	start, end int
	text       string
}

func newFlattening(p *modulePackage) *flattening {
	f := &flattening{p: p, all: map[*types.Package]*modulePackage{}, aliases: map[string]bool{}, builtin: map[string]bool{}}
	for _, n := range p.closure() {
		f.all[n.types] = n
	}
	return f
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
		return m.flatName(name)
	}
	f.aliases[p.Path()] = true
	return alias(p.Path()) + "." + name
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
			return f.all[t.Pkg()].flatName(id.Name)
		}
		return id.Name
	}
	switch {
	case o.Pkg() == nil:
		f.builtin[id.Name] = true
	case o.Parent() != o.Pkg().Scope() || id.Name == "init" && o.Pkg() == f.p.types:
	case f.all[o.Pkg()] != nil || o.Pkg() != f.p.types:
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
