package syntax

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"crossbook/interp/naming"
)

// Speller writes types as syntax, for the interpreter or for the checked world,
// which differ only in how they name the session's own types.
type Speller struct {
	Named func(*types.TypeName) (ast.Expr, error) // a type of the session
	Uses  func(path string)                       // called for every package named
	Hide  bool                                    // tag unexported fields, as structType does
	Key   func(types.Type) types.Type             // the type of a map's keys; nil: their own
	Err   error                                   // the first type that cannot be named

	Predeclared func(*ast.Ident) // called for every predeclared type named; nil: nothing is
}

// Expr writes a type.
func (sp *Speller) Expr(t types.Type) ast.Expr {
	switch t := t.(type) {
	case *types.Basic:
		return sp.basic(t)
	case *types.Alias:
		return sp.Expr(types.Unalias(t))
	case *types.Named:
		return sp.namedType(t)
	case *types.TypeParam:
		return ast.NewIdent(t.Obj().Name())
	case *types.Pointer:
		return &ast.StarExpr{X: sp.Expr(t.Elem())}
	case *types.Slice:
		return &ast.ArrayType{Elt: sp.Expr(t.Elem())}
	case *types.Array:
		return &ast.ArrayType{Len: &ast.BasicLit{Kind: token.INT, Value: strconv.FormatInt(t.Len(), 10)}, Elt: sp.Expr(t.Elem())}
	case *types.Map:
		key := t.Key()
		if sp.Key != nil {
			key = sp.Key(key)
		}
		return &ast.MapType{Key: sp.Expr(key), Value: sp.Expr(t.Elem())}
	case *types.Chan:
		return sp.channel(t)
	case *types.Signature:
		return sp.Signature(t)
	case *types.Struct:
		return sp.structure(t)
	case *types.Interface:
		return sp.interfaceType(t)
	}
	return sp.fail(t)
}

func (sp *Speller) fail(t types.Type) ast.Expr {
	if sp.Err == nil {
		sp.Err = fmt.Errorf("type %s cannot be named outside its package", t)
	}
	return ast.NewIdent("any")
}

func (sp *Speller) basic(t *types.Basic) ast.Expr {
	switch {
	case t.Kind() == types.UnsafePointer:
		return sp.Qualified(types.Unsafe, "Pointer")
	case t.Kind() == types.UntypedNil:
		return sp.predeclared("any")
	case t.Info()&types.IsUntyped != 0:
		return sp.Expr(types.Default(t))
	}
	return sp.predeclared(t.Name())
}

func (sp *Speller) predeclared(name string) ast.Expr {
	id := ast.NewIdent(name)
	if sp.Predeclared != nil {
		sp.Predeclared(id)
	}
	return id
}

// Qualified writes a name of a package.
func (sp *Speller) Qualified(p *types.Package, name string) ast.Expr {
	sp.Uses(p.Path())
	return &ast.SelectorExpr{X: ast.NewIdent(naming.Alias(p.Path())), Sel: ast.NewIdent(name)}
}

func (sp *Speller) namedType(t *types.Named) ast.Expr {
	object := t.Obj()
	var x ast.Expr
	switch {
	case object.Pkg() == nil:
		return sp.predeclared(object.Name())
	case object.Pkg().Path() == naming.Main:
		var err error
		if x, err = sp.Named(object); err != nil && sp.Err == nil {
			sp.Err = err
		}
	case t.TypeArgs().Len() > 0 && t.NumMethods() == 0: // no instance is compiled: iter.Seq[int]
		return sp.Expr(t.Underlying())
	case !object.Exported():
		return sp.fail(t)
	default:
		x = sp.Qualified(object.Pkg(), object.Name())
	}
	return Instantiate(x, sp.List(t.TypeArgs()))
}

// List writes several types.
func (sp *Speller) List(l *types.TypeList) []ast.Expr {
	var out []ast.Expr
	for i := range l.Len() {
		out = append(out, sp.Expr(l.At(i)))
	}
	return out
}

func (sp *Speller) channel(t *types.Chan) ast.Expr {
	direction := ast.SEND | ast.RECV
	switch t.Dir() {
	case types.SendOnly:
		direction = ast.SEND
	case types.RecvOnly:
		direction = ast.RECV
	}
	return &ast.ChanType{Dir: direction, Value: sp.Expr(t.Elem())}
}

// Signature writes the type of a function without its receiver.
func (sp *Speller) Signature(t *types.Signature) *ast.FuncType {
	f := &ast.FuncType{Params: &ast.FieldList{}}
	for i := range t.Params().Len() {
		p := t.Params().At(i).Type()
		var e ast.Expr
		if t.Variadic() && i == t.Params().Len()-1 {
			e = &ast.Ellipsis{Elt: sp.Expr(p.Underlying().(*types.Slice).Elem())}
		} else {
			e = sp.Expr(p)
		}
		f.Params.List = append(f.Params.List, &ast.Field{Type: e})
	}
	if t.Results().Len() > 0 {
		f.Results = &ast.FieldList{}
	}
	for i := range t.Results().Len() {
		f.Results.List = append(f.Results.List, &ast.Field{Type: sp.Expr(t.Results().At(i).Type())})
	}
	return f
}

func (sp *Speller) structure(t *types.Struct) ast.Expr {
	fields := &ast.FieldList{}
	for i := range t.NumFields() {
		f := t.Field(i)
		field := &ast.Field{Type: sp.Expr(f.Type())}
		if !f.Embedded() {
			name := f.Name()
			if sp.Hide && name == "_" {
				name = naming.BlankField(i)
			}
			field.Names = []*ast.Ident{ast.NewIdent(name)}
		}
		tag := t.Tag(i)
		switch {
		case sp.Hide && f.Embedded():
			tag = naming.EmbedTag(tag, f.Name())
		case sp.Hide && !f.Exported():
			tag = naming.HideTag(tag)
		}
		if tag != "" {
			field.Tag = &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(tag)}
		}
		fields.List = append(fields.List, field)
	}
	return &ast.StructType{Fields: fields}
}

func (sp *Speller) interfaceType(t *types.Interface) ast.Expr {
	if t.Empty() {
		return sp.predeclared("any")
	}
	if !t.IsMethodSet() {
		return sp.fail(t)
	}
	methods := &ast.FieldList{}
	for i := range t.NumMethods() {
		m := t.Method(i)
		methods.List = append(methods.List, &ast.Field{Names: []*ast.Ident{ast.NewIdent(m.Name())}, Type: sp.Signature(m.Signature())})
	}
	return &ast.InterfaceType{Methods: methods}
}
