package native

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"crossbook/interp/check"
	"crossbook/interp/compiled"
	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// gathering collects the source of a compiled cell as a Go program: the cell's
// declarations, and those of earlier cells that they need, found by asking the type
// checker what is undefined.
type gathering struct {
	units  *Units
	own    split.Source
	cell   *check.Checked // that is being compiled; nil when a unit is built again
	former *unit          // that is built again

	parts    []*part
	imports  map[string]string // of the cell itself, path by name
	pulled   map[*world.Entity]bool
	declares map[string]bool // keys of the cell's own declarations

	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
}

// part is a file of the program: what comes from one cell.
type part struct {
	source  split.Source
	decls   []string // with line directives
	imports map[string]string
	dots    []string // other imports: with a dot, or for their effects
}

func newGathering(s *Units, own split.Source) *gathering {
	return &gathering{
		units: s, own: own, imports: map[string]string{}, pulled: map[*world.Entity]bool{}, declares: map[string]bool{},
	}
}

// partName is the name of a file of the program in positions. It has no number of
// a cell, so that a cell that is run again is the same program.
func partName(i int) string { return fmt.Sprintf("c%d", i) }

// part returns the part for a source.
func (g *gathering) part(src split.Source) *part {
	for _, p := range g.parts {
		if p.source == src {
			return p
		}
	}
	p := &part{source: src, imports: map[string]string{}}
	g.parts = append(g.parts, p)
	return p
}

// add adds a chunk of a cell.
func (g *gathering) add(src split.Source, at split.Chunk) {
	p := g.part(src)
	line, column := src.Place(at.Start)
	text := strings.TrimRight(src.Text[at.Start:at.End], " \t\n;")
	p.decls = append(p.decls, fmt.Sprintf("/*line %s:%d:%d*/%s\n", partName(slices.Index(g.parts, p)), line, column, text))
}

// unit gathers, checks and builds.
func (g *gathering) unit(ctx context.Context) (*unit, error) {
	if err := g.addOwn(); err != nil {
		return nil, err
	}
	if err := g.pullPredeclared(); err != nil {
		return nil, err
	}
	if err := g.complete(); err != nil {
		return nil, err
	}
	u := &unit{source: g.own, uses: g.pulled, inner: map[string]string{}}
	program, err := g.program(u)
	if err != nil {
		return nil, err
	}
	for _, p := range g.parts {
		u.parts = append(u.parts, p.source)
	}
	u.code, err = g.units.config.Builder.Build(ctx, program, g.units.config.Stdout, g.units.config.Stderr)
	var build *compiled.BuildError
	if errors.As(err, &build) {
		return nil, g.rejectAt(token.Position{Filename: build.File, Line: build.Line, Column: build.Column}, build.Message)
	}
	if err != nil {
		return nil, err
	}
	for i, n := range u.functions {
		n.move(u, i)
	}
	return u, nil
}

// addOwn adds the declarations of the cell itself.
func (g *gathering) addOwn() error {
	for _, at := range split.Cut(g.own.Text).Chunks {
		line, column := g.own.Place(at.Start)
		place := token.Position{Filename: g.own.Name(), Line: line, Column: column}
		if at.Kind == split.PackageName {
			continue
		}
		if at.Kind == split.Statements {
			return g.problem(place, "a "+split.CompileDirective+" cell has declarations only: put what it is to run into another cell")
		}
		p, err := split.Parse(token.NewFileSet(), g.own, at)
		if err != nil {
			return err
		}
		for _, d := range p.Decls {
			if err := g.addDecl(d, at, place); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *gathering) addDecl(d ast.Decl, at split.Chunk, place token.Position) error {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.Name == "main" && d.Recv == nil {
			return g.problem(place, "a "+split.CompileDirective+" cell has no main: its functions are called from other cells")
		}
		owner := ""
		if d.Recv != nil {
			owner, _ = syntax.Receiver(d)
		}
		if g.overridden(owner, d.Name.Name) {
			return nil
		}
		g.declares[naming.Key(owner, d.Name.Name)] = true
	case *ast.GenDecl:
		if d.Tok == token.IMPORT {
			return g.addImports(d, place)
		}
		all := true
		for _, spec := range d.Specs {
			for _, n := range specNames(spec) {
				all = all && g.overridden("", n.Name)
				g.declares[n.Name] = true
			}
		}
		if all && len(d.Specs) > 0 {
			return nil
		}
	}
	g.add(g.own, at)
	return nil
}

func specNames(spec ast.Spec) []*ast.Ident {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		return spec.Names
	case *ast.TypeSpec:
		return []*ast.Ident{spec.Name}
	}
	return nil
}

// overridden tells whether another cell has declared anew what a unit that is built
// again declares.
func (g *gathering) overridden(owner, name string) bool {
	if g.former == nil || g.former.inner[naming.Key(owner, name)] != "" {
		return false
	}
	e := g.units.world.Current[name]
	if owner != "" {
		e = nil
		if t := g.units.world.Current[owner]; t != nil {
			e = t.Methods[name]
		}
	}
	return e != nil && g.units.owners[e] != g.former
}

func (g *gathering) addImports(d *ast.GenDecl, place token.Position) error {
	for _, spec := range d.Specs {
		spec := spec.(*ast.ImportSpec)
		from, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		p, err := g.Import(from)
		if err != nil {
			return g.problem(place, err.Error())
		}
		name := p.Name()
		if spec.Name != nil {
			name = spec.Name.Name
		}
		switch name {
		case "_", ".":
			part := g.part(g.own)
			part.dots = append(part.dots, name+" "+strconv.Quote(from))
		default:
			g.imports[name] = from
		}
	}
	return nil
}

// Import returns the types of a package that compiled code can have: one of the
// standard library.
func (g *gathering) Import(from string) (*types.Package, error) {
	first, _, _ := strings.Cut(from, "/")
	im := g.units.world.Importer
	switch {
	case from == packages.Unsafe:
		return types.Unsafe, nil
	case im.Has(from) && !strings.Contains(first, ".") && first != crossbookModule:
		return im.Import(from)
	case im.Has(from):
		return nil, fmt.Errorf("compiled code has the packages of the standard library only, and %s is compiled into the session: call it from other cells, and pass what it returns", from)
	case im.IsModule(from):
		return nil, fmt.Errorf("compiled code has the packages of the standard library only, and %s is of the notebook's module", from)
	}
	return im.Import(from)
}

// crossbookModule is the path of this module, whose packages no toolchain finds.
const crossbookModule = "crossbook"

// complete adds what the program needs until nothing is undefined.
func (g *gathering) complete() error {
	for {
		errs := g.check()
		grown := false
		for _, err := range errs {
			name, found := strings.CutPrefix(err.Msg, "undefined: ")
			if !found || !token.IsIdentifier(name) {
				continue
			}
			added, failure := g.define(name, err)
			if failure != nil {
				return failure
			}
			grown = grown || added
		}
		if grown {
			continue
		}
		if len(errs) > 0 {
			return g.rejectAt(g.fset.Position(errs[0].Pos), errs[0].Msg)
		}
		return nil
	}
}

// check parses and checks the program as it is.
func (g *gathering) check() []types.Error {
	g.fset, g.files = token.NewFileSet(), nil
	var errs []types.Error
	for i := range g.parts {
		f, err := parser.ParseFile(g.fset, partName(i), g.text(i), parser.SkipObjectResolution)
		if err != nil {
			return []types.Error{{Fset: g.fset, Msg: err.Error()}}
		}
		g.files = append(g.files, f)
	}
	g.pkg = types.NewPackage(naming.Main, naming.Main)
	g.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{
		Importer: g, Sizes: types.SizesFor("gc", runtime.GOARCH),
		Error: func(err error) {
			if e, ok := err.(types.Error); ok {
				errs = append(errs, e)
			}
		},
	}
	_ = types.NewChecker(&config, g.fset, g.pkg, g.info).Files(g.files)
	return errs
}

// text is a part as a file.
func (g *gathering) text(i int) string {
	p := g.parts[i]
	var b strings.Builder
	b.WriteString("package main\n")
	for _, name := range slices.Sorted(maps.Keys(p.imports)) {
		fmt.Fprintf(&b, "import %s %q\n", name, p.imports[name])
	}
	for _, spec := range p.dots {
		b.WriteString("import " + spec + "\n")
	}
	for _, d := range p.decls {
		b.WriteString(d)
	}
	return b.String()
}

// pullPredeclared adds what earlier cells have declared under predeclared names and
// the cell mentions: the type checker would not miss it.
func (g *gathering) pullPredeclared() error {
	for _, at := range split.Cut(g.own.Text).Chunks {
		p, err := split.Parse(token.NewFileSet(), g.own, at)
		if err != nil {
			return err
		}
		for _, d := range p.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok || err != nil || g.declares[id.Name] || types.Universe.Lookup(id.Name) == nil {
					return err == nil
				}
				if e := g.units.world.Current[id.Name]; e != nil {
					_, err = g.pull(id.Name, e, token.Position{})
				}
				return err == nil
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// define adds the declaration that an undefined name stands for; false if there is
// none.
func (g *gathering) define(name string, at types.Error) (bool, error) {
	where := g.fset.Position(at.Pos)
	i, err := strconv.Atoi(strings.TrimPrefix(where.Filename, "c"))
	if err != nil || i >= len(g.parts) {
		return false, nil
	}
	p := g.parts[i]
	w := g.units.world
	own := p.source == g.own
	if own && g.imports[name] != "" {
		return p.importAs(name, g.imports[name]), nil
	}
	if e := w.Current[name]; e != nil && (g.cell == nil || g.cell.Declared[name] == nil) {
		return g.pull(name, e, where)
	}
	for _, known := range []map[string]string{w.Imports, w.Prelude} {
		if from := known[name]; from != "" {
			if _, err := g.Import(from); err != nil {
				return false, g.rejectAt(where, err.Error())
			}
			return p.importAs(name, from), nil
		}
	}
	for _, from := range w.Dots {
		if pkg, err := g.Import(from); err == nil && pkg.Scope().Lookup(name) != nil {
			spec := ". " + strconv.Quote(from)
			if !slices.Contains(p.dots, spec) {
				p.dots = append(p.dots, spec)
				return true, nil
			}
		}
	}
	return false, nil
}

func (p *part) importAs(name, from string) bool {
	if p.imports[name] == from {
		return false
	}
	p.imports[name] = from
	return true
}

// pull adds a declaration of an earlier cell.
func (g *gathering) pull(name string, e *world.Entity, where token.Position) (bool, error) {
	if g.pulled[e] {
		return false, nil
	}
	if why := g.unfit(name, e); why != "" {
		return false, g.rejectAt(where, why)
	}
	g.pulled[e] = true
	switch e.Kind {
	case world.Func:
		g.add(e.Body.Src, e.Body.Chunk)
	case world.Const:
		p := g.part(split.Source{File: "constants of earlier cells"})
		for from := range e.Kept.Imports {
			p.imports[naming.Alias(from)] = from
		}
		p.decls = append(p.decls, syntax.Text(e.Kept.Tree)+"\n")
	case world.Type:
		p := g.part(split.Source{File: "types of earlier cells"})
		p.decls = append(p.decls, "type "+e.Source+"\n")
		for _, m := range slices.Sorted(maps.Keys(e.Methods)) {
			if g.declares[naming.Key(name, m)] {
				continue
			}
			method := e.Methods[m]
			if why := g.unfit(naming.Key(name, m), method); why != "" {
				return false, g.rejectAt(where, why)
			}
			g.pulled[method] = true
			g.add(method.Body.Src, method.Body.Chunk)
		}
	}
	return true, nil
}

// unfit tells why compiled code cannot have what an earlier cell declares; "" if it
// can.
func (g *gathering) unfit(name string, e *world.Entity) string {
	switch {
	case e == g.units.world.Context:
		return "compiled code has no " + world.ContextVar + " of its own: give the function a parameter " + world.ContextVar + " context.Context"
	case e.Kind == world.Var:
		return "variable " + name + " lives in the session, where compiled code cannot see it: pass it as an argument"
	case naming.IsFlat(e.Name):
		return name + " is of the notebook's module: compiled code has the packages of the standard library only"
	case e.Kind == world.Type && e.Source == "" || (e.Kind == world.Func || e.Kind == world.Method) && e.Body.Src.Text == "":
		return name + " has no source that compiled code could have"
	case g.units.owners[e] != g.former && g.units.functions[e] != nil && g.units.functions[e].inside:
		return fmt.Sprintf("%s uses what is inside the compiled code of %s: put both into one cell", name, g.units.owners[e].source.Name())
	}
	return ""
}

// problem makes an error at a place of the cell itself.
func (g *gathering) problem(at token.Position, msg string) error { return &Problem{g.own, at, msg} }

// rejectAt makes an error at a place of the program.
func (g *gathering) rejectAt(at token.Position, msg string) error {
	src := g.own
	i, err := strconv.Atoi(strings.TrimPrefix(path.Base(at.Filename), "c"))
	if err == nil && i < len(g.parts) {
		src = g.parts[i].source
		at.Filename = src.Name()
	} else {
		at = token.Position{}
	}
	return &Problem{src, at, msg}
}
