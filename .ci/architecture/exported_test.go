package architecture

import (
	"go/ast"
	"path"
	"slices"
	"testing"
)

const mostExported = 60

// vague are package names that say nothing.
var vague = []string{"util", "utils", "common", "base", "helpers", "misc", "shared"}

func TestExportedNames(t *testing.T) {
	perPackage := map[string]int{}
	comments := map[string]int{}
	for _, file := range sources(t) {
		if file.isTest() || file.tree.Name.Name == "main" {
			continue
		}
		dir := path.Dir(file.path)
		if slices.Contains(vague, file.tree.Name.Name) {
			t.Errorf("%s: package %s: name it after what it does", file.path, file.tree.Name.Name)
		}
		if file.tree.Doc != nil {
			comments[dir]++
		}
		perPackage[dir] += exported(t, file)
	}
	for dir, count := range perPackage {
		if count > mostExported {
			t.Errorf("%s exports %d names, at most %d", dir, count, mostExported)
		}
		if comments[dir] != 1 {
			t.Errorf("%s has %d package comments, want one", dir, comments[dir])
		}
	}
}

// exported counts a file's exported top-level names and reports those, and the
// exported methods of exported types, that have no comment.
func exported(t *testing.T, file sourceFile) int {
	t.Helper()
	count := 0
	for _, decl := range file.tree.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if !decl.Name.IsExported() || decl.Recv != nil && !exportedReceiver(decl) {
				continue
			}
			if decl.Recv == nil {
				count++
			}
			undocumented(t, file, decl.Name, decl.Doc != nil)
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				count += exportedSpec(t, file, decl, spec)
			}
		}
	}
	return count
}

func exportedSpec(t *testing.T, file sourceFile, decl *ast.GenDecl, spec ast.Spec) int {
	t.Helper()
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() {
			undocumented(t, file, spec.Name, spec.Doc != nil || decl.Doc != nil)
			return 1
		}
	case *ast.ValueSpec:
		count := 0
		for _, name := range spec.Names {
			if name.IsExported() {
				undocumented(t, file, name, spec.Doc != nil || spec.Comment != nil || decl.Doc != nil)
				count++
			}
		}
		return count
	}
	return 0
}

func undocumented(t *testing.T, file sourceFile, name *ast.Ident, documented bool) {
	t.Helper()
	if !documented {
		t.Errorf("%s: exported %s has no comment", file.fset.Position(name.Pos()), name.Name)
	}
}

func exportedReceiver(decl *ast.FuncDecl) bool {
	kind := decl.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	name, ok := kind.(*ast.Ident)
	return ok && name.IsExported()
}
