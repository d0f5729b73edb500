package assist

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
)

// Inspect explains what is at the byte offset at: the declaration of the word
// there with its package, its documentation, and the value of a variable in
// short, as plain text and as Markdown. Among the arguments of a call, where no
// word is, it explains the called function; in an import the package. A detail
// of 1 or more adds the source of functions that cells have declared. The code
// may be incomplete, an offset outside it is moved to its nearest end. Inspect
// runs no code of cells and does not wait for a running one; values are left out
// while one runs.
func (s *Assistant) Inspect(code string, at, detail int) (text, markdown string, found bool) {
	defer func() {
		if recover() != nil { // the type checker is not made for all that is typed
			text, markdown, found = "", "", false
		}
	}()
	at = clamp(code, at)
	if text, ok := inspectDirective(code, at); ok {
		return text, text, true
	}
	code, _, _ = split.CutDirective(code)
	tokens := lex(code)
	if path, ok := importedAt(code, at, tokens); ok {
		return s.inspectPackage(path)
	}
	for _, l := range tokens {
		if l.start <= at && at <= l.end && l.tok == token.IDENT {
			if text, markdown, found = s.inspectWord(code, l, detail); found {
				return text, markdown, true
			}
		}
		if l.start < at && at < l.end && l.tok == token.COMMENT {
			return "", "", false
		}
	}
	if l, ok := calleeAt(tokens, at); ok {
		return s.inspectWord(code, l, detail)
	}
	return "", "", false
}

// importedAt returns the path of the import in whose string an offset is.
func importedAt(code string, at int, tokens []lexeme) (string, bool) {
	for i, l := range tokens {
		if l.tok != token.STRING || at < l.start || at > l.end || l.open {
			continue
		}
		if stringPlace(code, l.end, tokens[:i+1]).kind != inImport {
			return "", false
		}
		path, err := strconv.Unquote(code[l.start:l.end])
		return path, err == nil
	}
	return "", false
}

// calleeAt returns the name before the innermost open bracket that follows a
// name: of the function in whose arguments, or the type in whose literal, an
// offset is.
func calleeAt(tokens []lexeme, at int) (lexeme, bool) {
	var open []int // tokens before open brackets
	for i, l := range tokens {
		if l.end > at {
			break
		}
		switch l.tok {
		case token.LPAREN, token.LBRACE, token.LBRACK:
			open = append(open, i-1)
		case token.RPAREN, token.RBRACE, token.RBRACK:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	for i := len(open) - 1; i >= 0; i-- {
		before := open[i]
		if before >= 0 && tokens[before].tok == token.IDENT {
			return tokens[before], true
		}
		if tokens[before+1].tok == token.LBRACE {
			break
		}
	}
	return lexeme{}, false
}

func (s *Assistant) inspectPackage(path string) (text, markdown string, found bool) {
	p, err := s.importer.Import(path)
	if err != nil {
		return "", "", false
	}
	text, markdown = article(fmt.Sprintf("package %s // import %q", p.Name(), path), s.libraryDoc(path, ""))
	return text, markdown, true
}

func (s *Assistant) inspectWord(code string, l lexeme, detail int) (text, markdown string, found bool) {
	v := s.look(code, l.start, l.end)
	if v == nil {
		return "", "", false
	}
	o := v.object(v.word)
	if o == nil || isUnknown(o) {
		return "", "", false
	}
	head := naming.Plain(v.declaration(o))
	if value, ok := v.value(o); ok {
		head += " = " + value
	}
	text, markdown = article(head, v.doc(o))
	if detail > 0 {
		if source := v.source(o); source != "" {
			text += "\n\n" + source
			markdown += "\n\n" + fence(source)
		}
	}
	return text, markdown, true
}

// isUnknown tells whether the type checker could not make out a value.
func isUnknown(o types.Object) bool {
	_, isBuiltin := o.(*types.Builtin)
	return !isBuiltin && !isPackage(o) && o.Type() == types.Typ[types.Invalid]
}

// article puts a declaration and its documentation together.
func article(head, doc string) (text, markdown string) {
	text, markdown = head, fence(head)
	if plain, formatted := render(doc); plain != "" {
		text += "\n\n" + plain
		markdown += "\n\n" + formatted
	}
	return text, markdown
}

func fence(code string) string { return "```go\n" + code + "\n```" }

// declaration writes what an object is.
func (v *view) declaration(o types.Object) string {
	switch o := o.(type) {
	case *types.PkgName:
		return fmt.Sprintf("package %s // import %q", o.Imported().Name(), o.Imported().Path())
	case *types.Builtin:
		if head := v.s.libraryDoc(builtinPath, "func "+o.Name()); head != "" {
			return head
		}
	case *types.Const:
		return syntax.Shorten(types.ObjectString(o, syntax.Qualifier)+" = "+o.Val().String(), briefLength)
	case *types.TypeName:
		return v.typeDeclaration(o)
	}
	return types.ObjectString(o, syntax.Qualifier)
}

// typeDeclaration writes a type with its exported fields, each with a sentence
// on it, and methods.
func (v *view) typeDeclaration(o *types.TypeName) string {
	var b strings.Builder
	st, isStruct := o.Type().Underlying().(*types.Struct)
	if !isStruct || o.IsAlias() {
		b.WriteString(syntax.Shorten(types.ObjectString(o, syntax.Qualifier), briefLength))
	} else {
		b.WriteString("type " + types.TypeString(o.Type(), syntax.Qualifier) + " struct {\n")
		for i := range st.NumFields() {
			f := st.Field(i)
			if !v.sees(f) {
				continue
			}
			fmt.Fprintf(&b, "\t%s %s", f.Name(), syntax.TypeText(f.Type()))
			if about := synopsis(v.doc(f)); about != "" {
				b.WriteString(" // " + about)
			}
			b.WriteString("\n")
		}
		b.WriteString("}")
	}
	const most = 40
	set := types.NewMethodSet(types.NewPointer(o.Type()))
	if types.IsInterface(o.Type()) {
		set = types.NewMethodSet(o.Type())
	}
	for i := range min(set.Len(), most) {
		if m := set.At(i).Obj(); v.sees(m) {
			b.WriteString("\n" + types.ObjectString(m, syntax.Qualifier))
		}
	}
	return b.String()
}

// value returns the value of a variable of the session in short.
func (v *view) value(o types.Object) (value string, found bool) {
	it := v.known.items[o.Name()]
	if _, isVar := o.(*types.Var); !isVar || it == nil || it.object != o {
		return "", false
	}
	v.s.peek(func(globals map[string]reflect.Value) {
		if now, ok := globals[it.emit]; ok && now.IsValid() && v.s.known.Load().items[o.Name()] == it {
			value = brief(now, o.Type())
		}
	})
	return value, value != ""
}

// source returns the source of a function or method of the session.
func (v *view) source(o types.Object) string {
	if _, isFunc := o.(*types.Func); !isFunc || o.Pkg() == nil || o.Pkg().Path() != naming.Main {
		return ""
	}
	owner := ""
	if t := ownerOf(o); t != nil {
		owner = t.Name()
	}
	if from, ok := v.origin(o, owner); ok {
		return strings.TrimSpace(from.text())
	}
	return ""
}
