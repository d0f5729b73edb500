package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"crossbook/interp/naming"
)

// instantiationCycle is the error of generic types in a file that need instances
// without end, as type G[T any] struct{ *G[[]T] } does. go/types reports them, but
// not before it has searched them for every name that is selected: without end.
// So they are looked for first, in the types alone.
func (s *Session) instantiationCycle(fset *token.FileSet, file *ast.File) error {
	if !declaresGeneric(file) {
		return nil
	}
	var cycle error
	note := func(err error) {
		if cycle == nil && strings.Contains(err.Error(), "instantiation cycle") {
			cycle = err
		}
	}
	config := types.Config{Importer: s.importer, Error: note, IgnoreFuncBodies: true}
	_, _ = config.Check(naming.Main, fset, []*ast.File{typesOnly(file)}, nil)
	return cycle
}

// declaresGeneric tells whether a file declares a type with parameters.
func declaresGeneric(file *ast.File) bool {
	found := false
	for _, d := range file.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			found = found || ok && spec.TypeParams != nil
			return !found
		})
	}
	return found
}

// typesOnly returns a file with the types of another, all of them at its top
// level.
func typesOnly(file *ast.File) *ast.File {
	out := &ast.File{Name: file.Name, FileStart: file.FileStart, FileEnd: file.FileEnd}
	for _, d := range file.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				out.Decls = append(out.Decls, &ast.GenDecl{Tok: token.TYPE, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
			}
			return true
		})
	}
	return out
}
