package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// speller writes types as syntax, for the interpreter or for the checked world,
// which differ only in how they name the session's own types.
type speller struct {
	named func(*types.TypeName) (ast.Expr, error) // a type of the session
	uses  func(path string)                       // called for every package named
	hide  bool                                    // tag unexported fields, as structType does
	err   error                                   // the first type that cannot be named
}

// alias is the name of a package in emitted code and kept declarations; no cell
// can take it away, as it may take the package's own.
func alias(path string) string {
	return "p_" + strings.NewReplacer("/", "_", ".", "_", "-", "_", "~", "_").Replace(path)
}

func (sp *speller) expr(t types.Type) ast.Expr {
	switch t := t.(type) {
	case *types.Basic:
		return sp.basic(t)
	case *types.Alias:
		return sp.expr(types.Unalias(t))
	case *types.Named:
		return sp.namedType(t)
	case *types.TypeParam:
		return ast.NewIdent(t.Obj().Name())
	case *types.Pointer:
		return &ast.StarExpr{X: sp.expr(t.Elem())}
	case *types.Slice:
		return &ast.ArrayType{Elt: sp.expr(t.Elem())}
	case *types.Array:
		return &ast.ArrayType{Len: intLit(int(t.Len())), Elt: sp.expr(t.Elem())}
	case *types.Map:
		return &ast.MapType{Key: sp.expr(t.Key()), Value: sp.expr(t.Elem())}
	case *types.Chan:
		return sp.channel(t)
	case *types.Signature:
		return sp.signature(t)
	case *types.Struct:
		return sp.structure(t)
	case *types.Interface:
		return sp.interfaceType(t)
	}
	return sp.fail(t)
}

func (sp *speller) fail(t types.Type) ast.Expr {
	if sp.err == nil {
		sp.err = fmt.Errorf("type %s cannot be named outside its package", t)
	}
	return ast.NewIdent("any")
}

func (sp *speller) basic(t *types.Basic) ast.Expr {
	switch {
	case t.Kind() == types.UnsafePointer:
		return sp.qualified(types.Unsafe, "Pointer")
	case t.Kind() == types.UntypedNil:
		return ast.NewIdent("any")
	case t.Info()&types.IsUntyped != 0:
		return sp.expr(types.Default(t))
	}
	return ast.NewIdent(t.Name())
}

func (sp *speller) qualified(p *types.Package, name string) ast.Expr {
	sp.uses(p.Path())
	return &ast.SelectorExpr{X: ast.NewIdent(alias(p.Path())), Sel: ast.NewIdent(name)}
}

func (sp *speller) namedType(t *types.Named) ast.Expr {
	object := t.Obj()
	var x ast.Expr
	switch {
	case object.Pkg() == nil:
		return ast.NewIdent(object.Name())
	case object.Pkg().Path() == mainPath:
		var err error
		if x, err = sp.named(object); err != nil && sp.err == nil {
			sp.err = err
		}
	case t.TypeArgs().Len() > 0 && t.NumMethods() == 0: // no instance is compiled: iter.Seq[int]
		return sp.expr(t.Underlying())
	case !object.Exported():
		return sp.fail(t)
	default:
		x = sp.qualified(object.Pkg(), object.Name())
	}
	return instantiate(x, sp.list(t.TypeArgs()))
}

func (sp *speller) list(l *types.TypeList) []ast.Expr {
	var out []ast.Expr
	for i := range l.Len() {
		out = append(out, sp.expr(l.At(i)))
	}
	return out
}

// instantiate applies a generic name to type arguments.
func instantiate(x ast.Expr, args []ast.Expr) ast.Expr {
	switch len(args) {
	case 0:
		return x
	case 1:
		return &ast.IndexExpr{X: x, Index: args[0]}
	}
	return &ast.IndexListExpr{X: x, Indices: args}
}

func (sp *speller) channel(t *types.Chan) ast.Expr {
	direction := ast.SEND | ast.RECV
	switch t.Dir() {
	case types.SendOnly:
		direction = ast.SEND
	case types.RecvOnly:
		direction = ast.RECV
	}
	return &ast.ChanType{Dir: direction, Value: sp.expr(t.Elem())}
}

func (sp *speller) signature(t *types.Signature) *ast.FuncType {
	f := &ast.FuncType{Params: &ast.FieldList{}}
	for i := range t.Params().Len() {
		p := t.Params().At(i).Type()
		var e ast.Expr
		if t.Variadic() && i == t.Params().Len()-1 {
			e = &ast.Ellipsis{Elt: sp.expr(p.Underlying().(*types.Slice).Elem())}
		} else {
			e = sp.expr(p)
		}
		f.Params.List = append(f.Params.List, &ast.Field{Type: e})
	}
	if t.Results().Len() > 0 {
		f.Results = &ast.FieldList{}
	}
	for i := range t.Results().Len() {
		f.Results.List = append(f.Results.List, &ast.Field{Type: sp.expr(t.Results().At(i).Type())})
	}
	return f
}

func (sp *speller) structure(t *types.Struct) ast.Expr {
	fields := &ast.FieldList{}
	for i := range t.NumFields() {
		f := t.Field(i)
		field := &ast.Field{Type: sp.expr(f.Type())}
		if !f.Embedded() {
			name := f.Name()
			if sp.hide && name == "_" {
				name = blankField(i)
			}
			field.Names = []*ast.Ident{ast.NewIdent(name)}
		}
		tag := t.Tag(i)
		if sp.hide && !f.Exported() {
			tag = hidden(tag)
		}
		if tag != "" {
			field.Tag = &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(tag)}
		}
		fields.List = append(fields.List, field)
	}
	return &ast.StructType{Fields: fields}
}

func (sp *speller) interfaceType(t *types.Interface) ast.Expr {
	if t.Empty() {
		return ast.NewIdent("any")
	}
	if !t.IsMethodSet() {
		return sp.fail(t)
	}
	methods := &ast.FieldList{}
	for i := range t.NumMethods() {
		m := t.Method(i)
		methods.List = append(methods.List, &ast.Field{Names: []*ast.Ident{ast.NewIdent(m.Name())}, Type: sp.signature(m.Signature())})
	}
	return &ast.InterfaceType{Methods: methods}
}
