package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"crossbook/interp/naming"
)

// funcDecl lowers a function of the session.
func (l *lowerer) funcDecl(d *ast.FuncDecl) []ast.Decl {
	o, _ := l.info.Defs[d.Name].(*types.Func)
	if o == nil || d.Name.Name == "_" {
		return nil
	}
	if d.Recv != nil {
		return l.methodDecl(d, o)
	}
	e := l.c.Declared[d.Name.Name]
	d.Name = ident(e.Emit)
	d.Type = withNames(l.expr(d.Type).(*ast.FuncType))
	d.Body = l.body(o.Signature(), d.Body)
	l.lowered[e] = true
	return []ast.Decl{d}
}

// typeDecl lowers a type of the session.
func (l *lowerer) typeDecl(d *ast.GenDecl) ([]ast.Decl, error) {
	spec := d.Specs[0].(*ast.TypeSpec)
	if spec.Name.Name == "_" {
		return nil, nil
	}
	o := l.info.Defs[spec.Name]
	e := l.c.Declared[spec.Name.Name]
	if other := l.entangled(o.Type()); other != nil && !spec.Assign.IsValid() && spec.TypeParams == nil {
		return nil, types.Error{Fset: l.c.World.Fset, Pos: spec.Pos(), Msg: fmt.Sprintf("type %s refers in one field to itself and to %s, which refers to itself too; the interpreter cannot build that: write any in the place of *%s there", e.Name, l.faceName(other), e.Name)}
	}
	if t, ok := o.Type().Underlying().(*types.Interface); ok && !t.IsMethodSet() && spec.TypeParams == nil {
		return nil, nil // a constraint
	}
	l.lastTag = ""
	l.typeSpec(spec)
	e.Tag = l.lastTag
	if e.Tag != "" {
		l.describeFields(e.Tag, o.Type())
	} else if l.erased(o.Type()) {
		e.Tag = e.Emit
	}
	spec.Name = ident(e.Emit)
	out := []ast.Decl{&ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{spec}}}
	if n, ok := o.Type().(*types.Named); ok && spec.TypeParams == nil && !spec.Assign.IsValid() {
		out = append(out, l.promoted(e, n)...)
		if types.NewMethodSet(types.NewPointer(n)).Len() > 0 {
			out = append(out, l.self(e, n)...)
		}
	}
	return out, nil
}

// typeSpec lowers the type of a declaration, of the session or of a function.
func (l *lowerer) typeSpec(spec *ast.TypeSpec) {
	o := l.info.Defs[spec.Name]
	if spec.TypeParams != nil {
		for _, f := range spec.TypeParams.List {
			f.Type = l.expr(f.Type)
		}
	}
	if o != nil && !spec.Assign.IsValid() && l.wrapped(o.Type()) {
		spec.Type = l.wrapping(o.Type())
	} else if o != nil && !spec.Assign.IsValid() && !isInterface(o.Type()) && spec.TypeParams == nil {
		switch ast.Unparen(spec.Type).(type) {
		case *ast.Ident, *ast.SelectorExpr: // type D time.Duration has not Duration's methods
			spec.Type = l.typ(o.Type().Underlying())
		default:
			spec.Type = l.expr(spec.Type)
		}
	} else {
		spec.Type = l.expr(spec.Type)
	}
	if st, ok := spec.Type.(*ast.StructType); ok && !spec.Assign.IsValid() {
		l.tag(st, spec.Name.Name)
	}
}

// structType hides unexported fields, which yaegi exports under other names,
// from encoders.
func (l *lowerer) structType(st *ast.StructType) ast.Node {
	st.Fields.List = oneByOne(st.Fields.List)
	place := 0
	lowered := map[ast.Expr]ast.Expr{}
	for _, f := range st.Fields.List {
		if t := l.info.TypeOf(f.Type); len(f.Names) == 0 && t != nil { // an alias is embedded as what it stands for
			f.Type = l.typ(t)
		} else if done := lowered[f.Type]; done != nil {
			f.Type = done
		} else {
			typ := f.Type
			f.Type = l.expr(typ)
			lowered[typ] = f.Type
		}
		switch {
		case len(f.Names) == 0:
			setTag(f, naming.EmbedTag(tagText(f), l.embeddedName(st, place)))
		case !ast.IsExported(f.Names[0].Name):
			setTag(f, naming.HideTag(tagText(f)))
		}
		for i, n := range f.Names {
			if n.Name == "_" {
				f.Names[i] = ident(naming.BlankField(place + i))
			}
		}
		place += max(len(f.Names), 1)
	}
	return st
}

// embeddedName is the name of an embedded field at a place of a struct.
func (l *lowerer) embeddedName(st *ast.StructType, place int) string {
	return l.info.TypeOf(st).(*types.Struct).Field(place).Name()
}

// oneByOne splits the declarations of several fields, which may differ in being
// exported.
func oneByOne(fields []*ast.Field) []*ast.Field {
	var out []*ast.Field
	for _, f := range fields {
		if len(f.Names) < 2 {
			out = append(out, f)
			continue
		}
		for _, n := range f.Names {
			single := &ast.Field{Names: []*ast.Ident{n}, Type: f.Type}
			if f.Tag != nil {
				tag := *f.Tag
				single.Tag = &tag
			}
			out = append(out, single)
		}
	}
	return out
}

// hasBlank tells whether comparing values of a type passes over blank fields.
func hasBlank(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Array:
		return hasBlank(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if f.Name() == "_" || hasBlank(f.Type()) {
				return true
			}
		}
	}
	return false
}

// tag marks a struct as that of one named type: yaegi's assertions compare
// structure, and a tag is part of it.
func (l *lowerer) tag(st *ast.StructType, name string) {
	l.lastTag = l.temporary(name)
	mark := ` cell:"` + l.lastTag + `"`
	if len(st.Fields.List) == 0 {
		f := &ast.Field{Names: []*ast.Ident{ident("Empty__")}, Type: &ast.StructType{Fields: &ast.FieldList{}}}
		setTag(f, `json:"-" xml:"-"`+mark)
		st.Fields.List = []*ast.Field{f}
		return
	}
	f := st.Fields.List[0]
	setTag(f, tagText(f)+mark)
}

func tagText(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	text, _ := strconv.Unquote(f.Tag.Value)
	return text
}

func setTag(f *ast.Field, text string) { f.Tag = stringLit(strings.TrimSpace(text)).(*ast.BasicLit) }
