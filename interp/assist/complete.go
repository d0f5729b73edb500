package assist

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
)

// cursorName stands in checked code for the word that is being typed.
const cursorName = "cursor__"

// completion is what Complete finds.
type completion = struct{ Text, Kind, Signature string }

// Ranks of completions: the smaller come first.
const (
	rankField = iota
	rankLocal
	rankSession
	rankType
	rankPackage
	rankUniverse
	rankKeyword
)

// ranked is a completion with its place in the list.
type ranked struct {
	completion
	rank int
}

// Complete returns what may stand at the byte offset at, to replace what is
// between start and end: names in scope, members of packages and values, fields
// of struct literals, import paths, keys of maps. What begins with the typed
// letters comes first, what is local before what is not. Kind is one of
// "function", "instance", "class", "module", "property", "statement" and
// "keyword"; Signature is the Go type. The code may be incomplete, an offset
// outside it is moved to its nearest end. Complete does not wait for a running
// cell; only keys of maps are not found while one runs.
func (s *Assistant) Complete(code string, at int) (start, end int, found []struct{ Text, Kind, Signature string }) {
	at = clamp(code, at)
	if first, last, ok := completeDirective(code, at); ok {
		return 0, last, first
	}
	code, _, _ = split.CutDirective(code)
	start, end = at, at
	defer func() {
		if recover() != nil { // the type checker is not made for all that is typed
			found = nil
		}
	}()
	p := placeOf(code, at)
	var all []ranked
	switch p.kind {
	case inLiteral:
		return at, at, nil
	case inImport:
		all = s.importPaths(code[p.start:at])
	case inIndex:
		all = s.mapKeys(code[:p.operand], func(k string) string { return quoted(k, code[p.start-1]) })
	case inCode:
		if first := code[p.start:at]; first != "" && first[0] >= '0' && first[0] <= '9' {
			return at, at, nil
		}
		for _, gap := range []string{"", "\n"} { // a new line where no word can follow
			from := p.start + len(gap)
			text := code[:p.start] + gap + cursorName + code[p.end:]
			if v := s.look(text, from, from+len(cursorName)); v != nil {
				all = v.candidates(code[:p.start])
				break
			}
		}
	}
	found = choose(all, code[p.start:at])
	for i := range found {
		found[i].Signature = naming.Plain(found[i].Signature)
	}
	return p.start, p.end, found
}

// choose keeps what begins with prefix, and orders it.
func choose(all []ranked, prefix string) []completion {
	low := strings.ToLower(prefix)
	all = slices.DeleteFunc(all, func(r ranked) bool { return !strings.HasPrefix(strings.ToLower(r.Text), low) })
	fold := func(r ranked) int {
		if strings.HasPrefix(r.Text, prefix) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(fold(a), fold(b)), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Text, b.Text))
	})
	var found []completion
	seen := map[string]bool{}
	for _, r := range all {
		if !seen[r.Text] {
			seen[r.Text] = true
			found = append(found, r.completion)
		}
	}
	return found
}

// importPaths lists the packages that can be imported.
func (s *Assistant) importPaths(prefix string) []ranked {
	var all []ranked
	for _, p := range s.importer.List() {
		if strings.HasPrefix(p, prefix) {
			all = append(all, ranked{completion{p, "module", path.Base(p)}, rankPackage})
		}
	}
	return all
}

// mapKeys lists the keys of the live map that the text before a [ names.
func (s *Assistant) mapKeys(before string, write func(string) string) []ranked {
	var all []ranked
	for i, k := range s.liveKeys(before) {
		all = append(all, ranked{completion{write(k), "property", "map key"}, i})
	}
	return all
}

// quoted writes a key as it stands between quotes.
func quoted(key string, quote byte) string {
	if quote == '`' {
		return key
	}
	q := strconv.Quote(key)
	return q[1 : len(q)-1]
}

// candidates lists what may stand for the word. before is the code before it.
func (v *view) candidates(before string) []ranked {
	if len(v.path) < 2 || v.info.Defs[v.word] != nil {
		return nil
	}
	parent := v.path[len(v.path)-2]
	var first []ranked
	switch n := parent.(type) {
	case *ast.SelectorExpr:
		if n.Sel == v.word {
			return v.members(n.X)
		}
	case *ast.CompositeLit:
		fields, only := v.literalFields(n)
		if only {
			return fields
		}
		first = fields
	case *ast.KeyValueExpr:
		if lit, ok := v.path[len(v.path)-3].(*ast.CompositeLit); ok && n.Key == v.word {
			if fields, _ := v.literalFields(lit); fields != nil {
				return fields
			}
		}
	case *ast.IndexExpr:
		if n.Index == v.word {
			first = v.s.mapKeys(strings.TrimSuffix(strings.TrimRight(before, " \t"), "["), strconv.Quote)
			for i := range first {
				first[i].rank = rankField
			}
		}
	case *ast.ImportSpec, *ast.BranchStmt, *ast.LabeledStmt, *ast.FuncDecl:
		return nil
	}
	return append(first, v.scope()...)
}

// literalFields lists the fields that a struct literal does not have yet; only
// says that nothing else can stand there.
func (v *view) literalFields(lit *ast.CompositeLit) (fields []ranked, only bool) {
	t := v.typeOf(lit)
	if lit.Type == v.word || t == nil {
		return nil, false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil, false
	}
	set := map[string]bool{}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			name, _ := syntax.IdentName(kv.Key)
			set[name] = true
		}
	}
	for i := range st.NumFields() {
		if f := st.Field(i); !set[f.Name()] && v.sees(f) {
			fields = append(fields, ranked{completion{f.Name(), "property", syntax.TypeText(f.Type())}, rankField})
		}
	}
	return fields, len(set) > 0
}

// sees tells whether the cell may use a field or method.
func (v *view) sees(o types.Object) bool {
	return !naming.Hidden(o.Name()) && (o.Exported() || o.Pkg() == nil || o.Pkg().Path() == naming.Main)
}

// scope lists the names in scope at the word, then packages and keywords.
func (v *view) scope() []ranked {
	var all []ranked
	inner := v.pkg.Scope().Innermost(v.word.Pos())
	if inner == nil {
		inner = v.pkg.Scope()
	}
	for sc := inner; sc != nil && sc != types.Universe; sc = sc.Parent() {
		for _, name := range sc.Names() {
			in, o := sc.LookupParent(name, v.word.Pos())
			if in != sc || naming.Hidden(name) || name == cursorName {
				continue
			}
			rank := rankLocal
			if sc == v.pkg.Scope() {
				rank = rankSession
				if _, isType := o.(*types.TypeName); isType {
					rank = rankType
				}
			} else if o.Parent() != sc || isPackage(o) {
				rank = rankPackage
			}
			all = append(all, ranked{describe(o), rank})
		}
	}
	return append(append(all, v.packages()...), v.universe()...)
}

func isPackage(o types.Object) bool {
	_, is := o.(*types.PkgName)
	return is
}

// packages lists the packages that need no import.
func (v *view) packages() []ranked {
	var all []ranked
	for _, imports := range []map[string]string{v.known.imports, v.s.prelude} {
		for name, path := range imports {
			if v.known.items[name] == nil && v.packagePath(name) == path {
				all = append(all, ranked{completion{name, "module", path}, rankPackage})
			}
		}
	}
	return all
}

// universe lists the predeclared names and the keywords.
func (v *view) universe() []ranked {
	var all []ranked
	for _, name := range types.Universe.Names() {
		if naming.Hidden(name) { // a second name
			continue
		}
		c := describe(types.Universe.Lookup(name))
		if head, ok := strings.CutPrefix(v.s.libraryDoc(builtinPath, "func "+name), "func "+name); ok {
			c.Signature = "func" + head
		}
		all = append(all, ranked{c, rankUniverse})
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		all = append(all, ranked{completion{tok.String(), "keyword", ""}, rankKeyword})
	}
	return all
}

// outline writes what is behind the name of a type; of a compiled struct or
// interface only that it is one.
func outline(o *types.TypeName) string {
	compiled := o.Pkg() != nil && o.Pkg().Path() != naming.Main
	switch t := o.Type().Underlying().(type) {
	case *types.Struct:
		if compiled {
			return "struct"
		}
	case *types.Interface:
		if compiled && t.NumMethods() > 1 {
			return "interface"
		}
	}
	return syntax.TypeText(o.Type().Underlying())
}

// describe makes a completion of an object.
func describe(o types.Object) completion {
	c := completion{Text: o.Name(), Kind: "instance"}
	switch o := o.(type) {
	case *types.PkgName:
		c.Kind, c.Signature = "module", o.Imported().Path()
		return c
	case *types.Builtin:
		c.Kind, c.Signature = "function", "builtin"
		return c
	case *types.Func:
		c.Kind = "function"
	case *types.TypeName:
		c.Kind = "class"
		if !o.IsAlias() && o.Type().Underlying() != o.Type() {
			c.Signature = outline(o)
			return c
		}
	case *types.Const:
		c.Kind = "statement"
	case *types.Var:
		if o.IsField() {
			c.Kind = "property"
		}
	}
	c.Signature = syntax.TypeText(o.Type())
	return c
}
