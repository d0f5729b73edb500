package interp

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"
)

// standardSource is the source, written for the interpreter, of generic
// functions of the standard library, which exist compiled only as instances. A
// function F of package p/q is p_q__F there.
//
//go:embed standard.go.txt
var standardSource string

// standard is the functions of standardSource by name.
var standard = sync.OnceValue(func() map[string]*ast.FuncDecl {
	f, err := parser.ParseFile(token.NewFileSet(), "standard.go", standardSource, parser.SkipObjectResolution)
	if err != nil {
		panic(err)
	}
	functions := map[string]*ast.FuncDecl{}
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok {
			functions[d.Name.Name] = d
		}
	}
	return functions
})

// standardGeneric returns the source of a generic function of the standard
// library, nil if there is none.
func standardGeneric(o types.Object) *ast.FuncDecl {
	if _, ok := o.(*types.Func); !ok || o.Pkg() == nil || o.Pkg().Path() == mainPath {
		return nil
	}
	return standard()[strings.ReplaceAll(o.Pkg().Path(), "/", "_")+"__"+o.Name()]
}

// standardParams substitutes the type parameters of a function of
// standardSource, and its packages, by name.
func (sp *specialiser) standardParams(d *ast.FuncDecl, args *types.TypeList) func(*ast.Ident) ast.Expr {
	index := map[string]int{}
	for _, f := range d.Type.TypeParams.List {
		for _, n := range f.Names {
			index[n.Name] = len(index)
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && strings.HasPrefix(x.Name, "p_") {
				sp.c.aliases[strings.TrimPrefix(x.Name, "p_")] = true
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
