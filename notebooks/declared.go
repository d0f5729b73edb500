package notebooks

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// variable is what a parameters cell declares: a name and its type.
type variable struct {
	name  string
	kind  types.Type // nil: not known without running the cell
	fixed bool       // a constant
}

// String is the name and the type: "epochs (int)".
func (v variable) String() string { return v.name + " (" + v.typeName() + ")" }

func (v variable) typeName() string {
	switch {
	case v.fixed:
		return "constant"
	case v.kind == nil:
		return "computed"
	}
	return types.TypeString(v.kind, func(*types.Package) string { return "" })
}

// declared returns the variables of a cell in the order of their declaration.
// The compiler's own type checker says what type a default has, as far as that
// needs no other package and no other cell. Code that does not parse declares
// nothing here; running it tells why.
func declared(source string) []variable {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", "package p\nfunc _() {\n"+source+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	_, _ = config.Check("p", fset, []*ast.File{file}, info) // errors: what is not known is nil
	var found []variable
	body := file.Decls[0].(*ast.FuncDecl).Body
	for _, statement := range body.List {
		for _, name := range names(statement) {
			if v, ok := describe(name.Name, info.Defs[name]); ok {
				found = append(found, v)
			}
		}
	}
	return found
}

// noImports is an importer that has nothing.
type noImports struct{}

func (noImports) Import(path string) (*types.Package, error) {
	return nil, fmt.Errorf("%s is not looked at", path)
}

// names are the identifiers that a statement of the cell's top level declares.
func names(s ast.Stmt) []*ast.Ident {
	var found []*ast.Ident
	switch s := s.(type) {
	case *ast.AssignStmt:
		for _, left := range s.Lhs {
			if name, ok := left.(*ast.Ident); ok && s.Tok == token.DEFINE {
				found = append(found, name)
			}
		}
	case *ast.DeclStmt:
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if value, ok := spec.(*ast.ValueSpec); ok {
				found = append(found, value.Names...)
			}
		}
	}
	return found
}

// describe turns what the type checker knows of a name into a variable.
func describe(name string, object types.Object) (variable, bool) {
	if object == nil || name == "_" {
		return variable{}, false
	}
	v := variable{name: name, kind: object.Type()}
	_, v.fixed = object.(*types.Const)
	if v.kind == types.Typ[types.Invalid] {
		v.kind = nil
	}
	return v, true
}

// literal is a value as Go code of the variable's type.
func (v variable) literal(value any) (string, error) {
	if v.fixed {
		return "", errors.New("is a constant; the cell must declare a variable")
	}
	if v.kind == nil {
		return "", errors.New("its default is computed by other code; only booleans, numbers, strings and lists of these can be set")
	}
	return literal(value, v.kind)
}
