package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// instantiationCycle is the error of generic types in a file that need instances
// without end, as type G[T any] struct{ *G[[]T] } does. go/types reports them, but
// only in a file without other errors and not before it has searched them for every
// name that is selected: without end. So they are looked for first, in the types
// alone.
func (s *Session) instantiationCycle(fset *token.FileSet, file *ast.File) error {
	if !declaresGeneric(file) {
		return nil
	}
	info := &types.Info{Instances: map[*ast.Ident]types.Instance{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: s.importer, Error: func(error) {}, IgnoreFuncBodies: true}
	_, _ = config.Check(naming.Main, fset, []*ast.File{typesOnly(file)}, info)
	var g growth
	for id, instance := range info.Instances {
		g.add(id, info.Uses[id], instance.TypeArgs)
	}
	if at := g.cycle(); at != nil {
		return types.Error{Fset: fset, Pos: at.pos, Msg: fmt.Sprintf("instantiation cycle: %s instantiated as %s", at.to.Obj().Name(), typeText(at.arg))}
	}
	return nil
}

// growth tells which type parameters are instantiated with which: the graph of
// go/types, as mono.go there explains it.
type growth struct{ edges []grows }

// grows says that a type argument for one parameter is another parameter, or has
// it as a part.
type grows struct {
	from, to *types.TypeParam
	part     bool
	arg      types.Type
	pos      token.Pos
}

// add notes the instance of a generic type or function.
func (g *growth) add(at *ast.Ident, generic types.Object, args *types.TypeList) {
	if generic == nil || args == nil {
		return
	}
	var params *types.TypeParamList
	switch t := generic.Type().(type) {
	case *types.Named:
		params = t.TypeParams()
	case *types.Alias:
		params = t.TypeParams()
	}
	for i := range min(params.Len(), args.Len()) {
		arg := types.Unalias(args.At(i))
		_, whole := arg.(*types.TypeParam)
		for p := range paramsIn(arg) {
			g.edges = append(g.edges, grows{p, params.At(i), !whole, arg, at.Pos()})
		}
	}
}

// cycle returns the first edge of cycles in which a type grows; nil if there is none.
func (g *growth) cycle() *grows {
	slices.SortFunc(g.edges, func(a, b grows) int { return int(a.pos - b.pos) })
	for i, e := range g.edges {
		if e.part && g.reaches(e.to, e.from) {
			return &g.edges[i]
		}
	}
	return nil
}

// reaches tells whether one type parameter is handed on until another gets it.
func (g *growth) reaches(from, to *types.TypeParam) bool {
	seen := map[*types.TypeParam]bool{from: true}
	for queue := []*types.TypeParam{from}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == to {
			return true
		}
		for _, e := range g.edges {
			if e.from == queue[0] && !seen[e.to] {
				seen[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	return false
}

// paramsIn returns the type parameters in a type that is written out.
func paramsIn(t types.Type) map[*types.TypeParam]bool {
	found := map[*types.TypeParam]bool{}
	seen := map[types.Type]bool{} // aliases that are wrong may have themselves as a part
	var visit func(t types.Type)
	visit = func(t types.Type) {
		t = types.Unalias(t)
		if seen[t] {
			return
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.TypeParam:
			found[t] = true
		case *types.Named:
			for a := range t.TypeArgs().Types() {
				visit(a)
			}
		case *types.Pointer:
			visit(t.Elem())
		case *types.Slice:
			visit(t.Elem())
		case *types.Array:
			visit(t.Elem())
		case *types.Chan:
			visit(t.Elem())
		case *types.Map:
			visit(t.Key())
			visit(t.Elem())
		case *types.Tuple:
			for v := range t.Variables() {
				visit(v.Type())
			}
		case *types.Signature:
			visit(t.Params())
			visit(t.Results())
		case *types.Struct:
			for f := range t.Fields() {
				visit(f.Type())
			}
		case *types.Interface:
			for m := range t.ExplicitMethods() {
				visit(m.Type())
			}
			for e := range t.EmbeddedTypes() {
				visit(e)
			}
		case *types.Union:
			for term := range t.Terms() {
				visit(term.Type())
			}
		}
	}
	visit(t)
	return found
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
// level and without the lengths of arrays, which may select names too.
func typesOnly(file *ast.File) *ast.File {
	out := &ast.File{Name: file.Name, FileStart: file.FileStart, FileEnd: file.FileEnd}
	for _, d := range file.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				out.Decls = append(out.Decls, &ast.GenDecl{Tok: token.TYPE, TokPos: spec.Pos(), Specs: []ast.Spec{withoutLengths(spec)}})
			}
			return true
		})
	}
	return out
}

// withoutLengths copies the declaration of a type with arrays of length 1.
func withoutLengths(spec *ast.TypeSpec) *ast.TypeSpec {
	out, _ := syntax.Copy(spec)
	ast.Inspect(out, func(n ast.Node) bool {
		if a, ok := n.(*ast.ArrayType); ok && a.Len != nil {
			a.Len = &ast.BasicLit{ValuePos: a.Len.Pos(), Kind: token.INT, Value: "1"}
		}
		return true
	})
	return out
}
