package lower

import (
	"go/ast"
	"go/types"
	"strings"

	"crossbook/interp/world"
)

// printers tells the session by which method values of the cell's types are
// printed: those that it declares, and those to which it gives methods.
func (l *lowerer) printers() {
	seen := map[*world.Entity]bool{}
	for _, e := range l.c.Order {
		t := e
		if e.Kind == world.Method {
			t = e.Owner
		}
		if t == nil || t.Tag == "" || seen[t] {
			continue
		}
		seen[t] = true
		if o, ok := l.c.Pkg.Scope().Lookup(l.c.NameOf(t)).(*types.TypeName); ok {
			r := receivers{tag: t.Tag, value: o.Type(), pointer: types.NewPointer(o.Type())}
			r.ofValue, r.ofPointer = types.NewMethodSet(r.value), types.NewMethodSet(r.pointer)
			l.printerOf(r)
			l.encodersOf(r)
		}
	}
}

// receivers are a type and pointers to it, with the methods of both.
type receivers struct {
	tag                string
	value, pointer     types.Type
	ofValue, ofPointer *types.MethodSet
}

// method finds a method by its name, that of a value first, with the type that has it
// and how that is tagged; nil if there is none.
func (r receivers) method(name string) (m *types.Selection, recv types.Type, tag string) {
	if m := r.ofValue.Lookup(nil, name); m != nil {
		return m, r.value, r.tag
	}
	return r.ofPointer.Lookup(nil, name), r.pointer, "*" + r.tag
}

func (l *lowerer) printerOf(r receivers) {
	for _, name := range []string{"Error", "String"} { // as fmt prefers
		m, recv, tag := r.method(name)
		if m == nil || !givesText(m.Type().(*types.Signature)) {
			continue
		}
		literal := &ast.FuncLit{
			Type: &ast.FuncType{Params: params(ident("any")), Results: params(ident("string"))},
			Body: block(define("t__", &ast.TypeAssertExpr{X: ident("v__"), Type: l.typ(recv)}), giveBack(call(selector(ident("t__"), name)))),
		}
		literal.Type.Params.List[0].Names = []*ast.Ident{ident("v__")}
		l.prologue = append(l.prologue, do(call(l.runtime("Printer"), stringLit(tag), literal)))
		return
	}
}

// encoders are the methods other than String and Error that compiled code looks for in
// what it prints or encodes, with the support function that takes each.
var encoders = []struct{ method, takes, signature string }{
	{"Format", "Formatter", "(fmt.State, rune) ()"},
	{"GoString", "GoStringer", "() (string)"},
	{"MarshalJSON", "Marshaler", "() ([]byte, error)"},
	{"MarshalText", "Marshaler", "() ([]byte, error)"},
	{"UnmarshalJSON", "Unmarshaler", "([]byte) (error)"},
	{"UnmarshalText", "Unmarshaler", "([]byte) (error)"},
	{"MarshalXML", "", ""},
	{"MarshalXMLAttr", "", ""},
	{"GobEncode", "", ""},
	{"MarshalBinary", "", ""}, // only refused
}

// signatureText writes the types of parameters and results without their names.
func signatureText(sig *types.Signature) string {
	list := func(t *types.Tuple) string {
		var texts []string
		for v := range t.Variables() {
			texts = append(texts, types.TypeString(v.Type(), nil))
		}
		return "(" + strings.Join(texts, ", ") + ")"
	}
	return strings.NewReplacer("uint8", "byte", "int32", "rune").Replace(list(sig.Params()) + " " + list(sig.Results()))
}

// encodersOf tells the session of those that a type has with the right signature.
func (l *lowerer) encodersOf(r receivers) {
	for _, x := range encoders {
		m, recv, tag := r.method(x.method)
		if m == nil {
			continue
		}
		if x.takes == "" {
			l.prologue = append(l.prologue, do(call(l.runtime("HasMethod"), stringLit(tag), stringLit(x.method))))
			continue
		}
		sig := m.Type().(*types.Signature)
		if signatureText(sig) != x.signature {
			continue
		}
		f := l.sp.Signature(sig)
		args := nameParams(f)
		c := call(selector(&ast.ParenExpr{X: &ast.TypeAssertExpr{X: ident("v__"), Type: l.typ(recv)}}, x.method), args...)
		body := forward(f, c)
		self := &ast.Field{Names: []*ast.Ident{ident("v__")}, Type: ident("any")}
		f.Params = &ast.FieldList{List: append([]*ast.Field{self}, f.Params.List...)}
		l.prologue = append(l.prologue, do(call(l.runtime(x.takes), stringLit(tag), stringLit(x.method), &ast.FuncLit{Type: f, Body: body})))
	}
}

func givesText(sig *types.Signature) bool {
	return sig.Params().Len() == 0 && sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), types.Typ[types.String])
}
