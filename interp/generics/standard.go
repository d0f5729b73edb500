package generics

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// standardSource is the source, written for the interpreter, of generic
// functions of the standard library, which exist compiled only as instances. A
// function F of package p/q is p_q__F there.
//
//go:embed standard.go.txt
var standardSource string

var standardFile = sync.OnceValue(func() *ast.File {
	f, err := parser.ParseFile(token.NewFileSet(), "standard.go", standardSource, parser.SkipObjectResolution)
	if err != nil {
		panic(err)
	}
	return f
})

// standardImports is the paths that standardSource imports, by their aliases.
var standardImports = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, spec := range standardFile().Imports {
		out[spec.Name.Name] = strings.Trim(spec.Path.Value, `"`)
	}
	return out
})

// standard is the declarations of standardSource by name: a function, or a type
// and its methods.
var standard = sync.OnceValue(func() map[string][]ast.Decl {
	out := map[string][]ast.Decl{}
	for _, d := range standardFile().Decls {
		name := ""
		switch d := d.(type) {
		case *ast.FuncDecl:
			name = d.Name.Name
			if d.Recv != nil {
				name, _ = syntax.Receiver(d)
			}
		case *ast.GenDecl:
			if t, ok := d.Specs[0].(*ast.TypeSpec); ok {
				name = t.Name.Name
			}
		}
		out[name] = append(out[name], d)
	}
	return out
})

// standardGeneric returns the source of a generic function or type of the
// standard library, nil if there is none.
func standardGeneric(o types.Object) []ast.Decl {
	if o.Pkg() == nil || o.Pkg().Path() == naming.Main || o.Parent() != o.Pkg().Scope() {
		return nil
	}
	return standard()[strings.ReplaceAll(o.Pkg().Path(), "/", "_")+"__"+o.Name()]
}

// standardParams substitutes the type parameters of a declaration of
// standardSource, and its packages, by name.
func (sp *specialiser) standardParams(d ast.Decl, args *types.TypeList) func(*ast.Ident) ast.Expr {
	index := map[string]int{}
	for _, name := range typeParams(d) {
		index[name] = len(index)
	}
	ast.Inspect(d, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && standardImports()[x.Name] != "" {
				sp.c.Aliases[standardImports()[x.Name]] = true
			}
		}
		return true
	})
	return func(id *ast.Ident) ast.Expr {
		if i, ok := index[id.Name]; ok && i < args.Len() {
			return sp.spell(args.At(i), d.Pos())
		}
		return nil
	}
}

// typeParams lists the names of the type parameters of a declaration, of a method
// those of its receiver.
func typeParams(d ast.Decl) []string {
	var list *ast.FieldList
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return receiverParams(d)
		}
		list = d.Type.TypeParams
	case *ast.GenDecl:
		list = d.Specs[0].(*ast.TypeSpec).TypeParams
	}
	var names []string
	for _, f := range list.List {
		for _, n := range f.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

func receiverParams(d *ast.FuncDecl) []string {
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	_, args := syntax.Indexed(t)
	var names []string
	for _, a := range args {
		if name, ok := syntax.IdentName(a); ok {
			names = append(names, name)
		}
	}
	return names
}
