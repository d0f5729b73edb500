package interp

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// view is a word of a cell with what the type checker knows about its
// surroundings.
type view struct {
	s     *Session
	known *known
	path  []ast.Node // from the file down to the word
	word  *ast.Ident
	pkg   *types.Package
	info  *types.Info
	added map[string][]addedMethod // by type
}

// addedMethod is a method that the cell adds to a type of the session, checked
// as a function without a name.
type addedMethod struct {
	name  string
	blank *ast.Ident
}

// look parses and checks code around the word at [start, end), as far as it
// goes; nil if the word is no part of the syntax.
func (s *Session) look(code string, start, end int) *view {
	fset := token.NewFileSet()
	d := parseDraft(fset, code, start, end)
	if d == nil {
		return nil
	}
	v := &view{s: s, known: s.known.Load(), path: findWord(d.file, d.pos)}
	if v.path == nil {
		return nil
	}
	v.word = v.path[len(v.path)-1].(*ast.Ident)
	v.added = trim(d)
	hoistDraft(d.file, v.known)
	if !v.check(fset, d.file) {
		return nil
	}
	return v
}

// trim drops the bodies of other functions, which cannot matter, and turns
// methods of the session's types into functions, with the receiver as the first
// parameter: this cell's check cannot add to those types. It returns these by
// the names of the types.
func trim(d *draft) map[string][]addedMethod {
	added := map[string][]addedMethod{}
	for _, decl := range d.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		inside := f.Pos() <= d.pos && d.pos <= f.End()
		if !inside && f.Name.Name != naming.CellFunc {
			f.Body = nil
		}
		if f.Recv != nil && !declaresType(d.file, f) {
			f.Type = &ast.FuncType{
				Func: f.Type.Func, Results: f.Type.Results,
				Params: &ast.FieldList{List: append(append([]*ast.Field{}, f.Recv.List...), f.Type.Params.List...)},
			}
			owner, _ := syntax.Receiver(f)
			m := addedMethod{f.Name.Name, ast.NewIdent("_")}
			added[owner] = append(added[owner], m)
			f.Recv, f.Name = nil, m.blank
		}
	}
	return added
}

// declaresType tells whether a file declares the type of a method.
func declaresType(file *ast.File, method *ast.FuncDecl) bool {
	if len(method.Recv.List) == 0 {
		return true
	}
	name, _ := syntax.Receiver(method)
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.TYPE {
			for _, spec := range d.Specs {
				if spec.(*ast.TypeSpec).Name.Name == name {
					return true
				}
			}
		}
	}
	return false
}

// hoistDraft makes the variables that the cell's functions and declarations use
// package-level ones. The others stay local to the cell's statements: so they
// may have the name of an older one.
func hoistDraft(file *ast.File, k *known) {
	var cell *ast.FuncDecl
	used := map[string]bool{}
	note := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			used[id.Name] = true
		}
		return true
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == naming.CellFunc {
			cell = f
		} else {
			ast.Inspect(d, note)
		}
	}
	if cell == nil || cell.Body == nil {
		return
	}
	all := used[cursorName]
	var rest []ast.Stmt
	seen := map[string]bool{}
	for _, st := range cell.Body.List {
		a, ok := st.(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE || !hoistable(a, func(name string) bool { return all || used[name] }, seen, k) {
			rest = append(rest, st)
			continue
		}
		spec := &ast.ValueSpec{Values: a.Rhs}
		for _, l := range a.Lhs {
			spec.Names = append(spec.Names, l.(*ast.Ident))
		}
		ast.Inspect(a, note)
		file.Decls = append(file.Decls, &ast.GenDecl{Tok: token.VAR, TokPos: a.Pos(), Specs: []ast.Spec{spec}})
	}
	cell.Body.List = rest
}

// hoistable tells whether all names of a := are new and one is used elsewhere.
func hoistable(a *ast.AssignStmt, used func(string) bool, seen map[string]bool, k *known) bool {
	wanted := false
	for _, l := range a.Lhs {
		name, ok := syntax.IdentName(l)
		if !ok || seen[name] || k.items[name] != nil {
			return false
		}
		wanted = wanted || used(name)
	}
	if wanted {
		for _, l := range a.Lhs {
			seen[l.(*ast.Ident).Name] = true
		}
	}
	return wanted
}

// check type checks the file in a package that has what the session knows. All
// errors are let pass: the code is not finished. It returns false for types that
// grow without end, in which the search for a name would not end either.
func (v *view) check(fset *token.FileSet, file *ast.File) bool {
	v.pkg = types.NewPackage(naming.Main, naming.Main)
	v.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	declared := declaredNames(file)
	for name, it := range v.known.items {
		if !declared[name] {
			v.pkg.Scope().Insert(it.object)
		}
	}
	var imports []ast.Decl
	for name, path := range v.imports(file, declared) {
		spec := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
		imports = append(imports, &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	file.Decls = append(imports, file.Decls...)
	if v.s.instantiationCycle(fset, file) != nil {
		return false
	}
	config := types.Config{Importer: v.s.importer, Error: func(error) {}}
	_ = types.NewChecker(&config, fset, v.pkg, v.info).Files([]*ast.File{file})
	return true
}

// declaredNames returns what a file declares at its top level.
func declaredNames(file *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				names[d.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					names[spec.Name.Name] = true
				case *ast.ValueSpec:
					for _, n := range spec.Names {
						names[n.Name] = true
					}
				}
			}
		}
	}
	return names
}

// imports returns the packages that the file mentions and does not import: those
// of the session and the prelude, and for a name before a dot that nothing
// declares one of the library.
func (v *view) imports(file *ast.File, declared map[string]bool) map[string]string {
	own := map[string]bool{}
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err != nil {
			continue
		} else if spec.Name != nil {
			own[spec.Name.Name] = true
		} else if p, err := v.s.importer.Import(path); err == nil {
			own[p.Name()] = true
		}
	}
	visible := map[string]string{}
	add := func(name string, guess bool) {
		if own[name] || declared[name] || v.known.items[name] != nil {
			return
		}
		if path := v.packagePath(name); path != "" {
			visible[name] = path
		} else if like := v.s.importer.Named(name); guess && len(like) > 0 {
			visible[name] = like[0]
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			add(n.Name, false)
		case *ast.SelectorExpr:
			if name, ok := syntax.IdentName(n.X); ok {
				add(name, true)
			}
		}
		return true
	})
	return visible
}

// packagePath returns the package that a name means without an import in the
// cell; "" if none.
func (v *view) packagePath(name string) string {
	if path := v.known.imports[name]; path != "" {
		return path
	}
	return v.s.prelude[name]
}

// typeOf returns the type of an expression, nil if it has none.
func (v *view) typeOf(e ast.Expr) types.Type {
	t := v.info.TypeOf(e)
	if b, ok := t.(*types.Basic); t == nil || ok && b.Kind() == types.Invalid {
		return nil
	}
	return t
}

// object returns what an identifier stands for.
func (v *view) object(id *ast.Ident) types.Object {
	if o := v.info.Uses[id]; o != nil {
		return o
	}
	return v.info.Defs[id]
}

// qualifier writes the names of packages in types.
func qualifier(p *types.Package) string {
	if p.Path() == naming.Main {
		return ""
	}
	return p.Name()
}

// typeText writes a type in at most a line's length; "" for one that the code
// does not tell yet.
func typeText(t types.Type) string {
	const most = 160
	if t == types.Typ[types.Invalid] {
		return ""
	}
	return shorten(types.TypeString(t, qualifier), most)
}

// shorten cuts a text to so many characters.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
