package main

import (
	"fmt"
	"go/types"
	"strings"
)

// addInterface writes the struct by which the interpreter makes a value of an
// interpreted type satisfy a compiled interface: one func field a method. Its
// form (name, IValue, the W before each method) is what yaegi looks for.
func (w *wrapping) addInterface(name string, face *types.Interface) {
	wrapperName := "_" + identifier(w.pkg.Path()) + "_" + name
	var fields, methods strings.Builder
	for i := range face.NumMethods() {
		m := face.Method(i)
		s := w.signature(m.Signature())
		fmt.Fprintf(&fields, "W%s func%s %s\n", m.Name(), s.params, s.results)
		fmt.Fprintf(&methods, "\nfunc (w %s) %s%s %s {\n", wrapperName, m.Name(), s.params, s.results)
		if m.Name() == "String" {
			methods.WriteString("if w.WString == nil {\nreturn \"\"\n}\n")
		}
		if s.results != "" {
			methods.WriteString("return ")
		}
		fmt.Fprintf(&methods, "w.W%s(%s)\n}\n", m.Name(), s.arguments)
	}
	w.symbol("_"+name, "reflect.ValueOf((*%s)(nil))", wrapperName)
	w.structs = append(w.structs, fmt.Sprintf("\n// %s stands for %s.%s.\ntype %s struct {\nIValue any\n%s}\n%s",
		wrapperName, w.pkg.Name(), name, wrapperName, fields.String(), methods.String()))
}

// source of the parts of a signature; results is "" where there are none.
type signature struct{ params, results, arguments string }

func (w *wrapping) signature(s *types.Signature) signature {
	var params, arguments, results []string
	for i := range s.Params().Len() {
		arg := fmt.Sprintf("a%d", i)
		typ := types.TypeString(s.Params().At(i).Type(), w.qualifier)
		if s.Variadic() && i == s.Params().Len()-1 {
			params = append(params, arg+" ..."+strings.TrimPrefix(typ, "[]"))
			arg += "..."
		} else {
			params = append(params, arg+" "+typ)
		}
		arguments = append(arguments, arg)
	}
	for i := range s.Results().Len() {
		results = append(results, types.TypeString(s.Results().At(i).Type(), w.qualifier))
	}
	out := signature{params: "(" + strings.Join(params, ", ") + ")", arguments: strings.Join(arguments, ", ")}
	if len(results) > 0 {
		out.results = "(" + strings.Join(results, ", ") + ")"
	}
	return out
}

// implementable tells whether another package can write a type with the methods
// of an interface: all of them exported, their types too.
func implementable(face *types.Interface) bool {
	for i := range face.NumMethods() {
		m := face.Method(i)
		if !m.Exported() || !nameable(m.Type()) {
			return false
		}
	}
	return true
}
