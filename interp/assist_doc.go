package interp

import (
	"go/doc"
	"go/doc/comment"
	"go/types"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/split"
)

// documenter is what a Library may have beyond its methods: the doc comment of a
// name of a package, as written, "" if there is none. A method or field is
// Type.Name, the package itself "".
type documenter interface {
	Doc(path, name string) string
}

// builtinPath is where a documenter has the predeclared names.
const builtinPath = "builtin"

func (s *Session) libraryDoc(path, name string) string {
	if d, ok := s.options.Library.(documenter); ok {
		if text := d.Doc(path, name); text != "" {
			return text
		}
	}
	return s.importer.ModuleDoc(path, name)
}

// doc returns the doc comment of an object.
func (v *view) doc(o types.Object) string {
	owner := ""
	if t := ownerOf(o); t != nil {
		owner = t.Name()
	}
	if p, ok := o.(*types.PkgName); ok {
		return v.s.libraryDoc(p.Imported().Path(), "")
	}
	if o.Pkg() == nil {
		return v.s.libraryDoc(builtinPath, naming.Key(owner, o.Name()))
	}
	if o.Pkg().Path() != naming.Main {
		return v.s.libraryDoc(o.Pkg().Path(), naming.Key(owner, o.Name()))
	}
	if from, ok := v.origin(o, owner); ok {
		return from.doc()
	}
	return ""
}

// origin finds the declaration of an object of the session.
func (v *view) origin(o types.Object, owner string) (origin, bool) {
	if owner == "" {
		it := v.known.items[o.Name()]
		if it == nil || it.object != o {
			return origin{}, false
		}
		return it.origin, true
	}
	it := v.known.items[owner]
	if it == nil {
		return origin{}, false
	}
	if from, ok := v.known.methods[naming.Key(owner, o.Name())]; ok {
		return from, true
	}
	at := v.s.fset.Position(o.Pos()) // of a field
	if at.Filename != it.src.Name() {
		return origin{}, false
	}
	offset := split.OffsetOf(it.src.Text, at.Line, at.Column)
	return origin{it.src, offset, offset}, true
}

// ownerOf returns the type to which a method or field belongs; nil for other
// objects.
func ownerOf(o types.Object) *types.TypeName {
	switch o := o.(type) {
	case *types.Func:
		recv := o.Signature().Recv()
		if recv == nil {
			return nil
		}
		if n := namedOf(recv.Type()); n != nil {
			return n.Obj()
		}
		return declaring(o.Pkg(), o)
	case *types.Var:
		if o.IsField() {
			return declaring(o.Pkg(), o.Origin())
		}
	}
	return nil
}

// declaring looks for the type of a package in whose declaration a field or an
// interface method stands.
func declaring(p *types.Package, o types.Object) *types.TypeName {
	if p == nil {
		return nil
	}
	for _, name := range p.Scope().Names() {
		t, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		switch u := t.Type().Underlying().(type) {
		case *types.Struct:
			for i := range u.NumFields() {
				if u.Field(i) == o {
					return t
				}
			}
		case *types.Interface:
			for i := range u.NumExplicitMethods() {
				if u.ExplicitMethod(i) == o {
					return t
				}
			}
		}
	}
	return nil
}

// render lays out a doc comment as text and as Markdown.
func render(text string) (plain, markdown string) {
	if text == "" {
		return "", ""
	}
	d := new(comment.Parser).Parse(text)
	p := &comment.Printer{
		DocLinkURL: func(*comment.DocLink) string { return "" },
		HeadingID:  func(*comment.Heading) string { return "" },
	}
	return strings.TrimSpace(string(p.Text(d))), strings.TrimSpace(string(p.Markdown(d)))
}

// synopsis is the first sentence of a doc comment.
func synopsis(text string) string { return new(doc.Package).Synopsis(text) }
