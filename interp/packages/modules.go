package packages

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"crossbook/interp/naming"
	"crossbook/interp/syntax"
)

// modules reads packages as source: those of the module whose go.mod lies in the
// working folder or above it, and those in its vendor folder. They are checked by
// go/types as they stand, each as a package of its own; flatten then makes
// declarations of the session of them.
type modules struct {
	fset    *token.FileSet
	library *Importer

	mu       sync.Mutex
	packages map[string]*Package // as last read
	numbers  map[string]int      // of every package ever read, for the names of its declarations
}

// Package is one reading of a package. A package that has changed, or that
// imports one that has, is read as another.
type Package struct {
	Path   string
	number int
	files  []moduleFile
	sum    [sha256.Size]byte
	needs  []*Package // that it imports, in the order of their imports
	Types  *types.Package
	info   *types.Info
}

type moduleFile struct {
	name   string // relative to the module
	text   string
	syntax *ast.File
}

func newModules(fset *token.FileSet, library *Importer) *modules {
	return &modules{fset: fset, library: library, packages: map[string]*Package{}, numbers: map[string]int{}}
}

// root is a module that was found.
type root struct {
	folder string
	path   string // of the module
}

// findRoot looks for go.mod in the working folder and above it; the zero value
// says that there is none.
func findRoot() root {
	folder, err := os.Getwd()
	if err != nil {
		return root{}
	}
	for {
		text, err := os.ReadFile(filepath.Join(folder, "go.mod"))
		if err == nil {
			return root{folder, modulePath(text)}
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return root{}
		}
		folder = parent
	}
}

// modulePath returns the path in the module directive of a go.mod file.
func modulePath(text []byte) string {
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "//")
		if rest, found := strings.CutPrefix(strings.TrimSpace(line), "module"); found {
			name := strings.TrimSpace(rest)
			if plain, err := strconv.Unquote(name); err == nil {
				return plain
			}
			return name
		}
	}
	return ""
}

// find returns the folder of a package; "" if the module has none.
func (r root) find(path string) string {
	if r.folder == "" {
		return ""
	}
	folder := filepath.Join(r.folder, "vendor", filepath.FromSlash(path))
	if rest, found := strings.CutPrefix(path, r.path); found && (rest == "" || rest[0] == '/') {
		folder = filepath.Join(r.folder, filepath.FromSlash(rest))
	}
	if names, err := filepath.Glob(filepath.Join(folder, "*.go")); err != nil || len(names) == 0 {
		return ""
	}
	return folder
}

// list returns the import paths of the packages of the module, sorted, the first
// few hundred at most.
func (r root) list() []string {
	const enough = 500
	var out []string
	if r.folder == "" {
		return nil
	}
	_ = filepath.WalkDir(r.folder, func(name string, d os.DirEntry, err error) error {
		if err != nil || len(out) >= enough {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			return nil
		}
		base := d.Name()
		if name != r.folder && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "vendor" || base == "testdata") {
			return filepath.SkipDir
		}
		rel, err := filepath.Rel(r.folder, name)
		if p := path.Join(r.path, filepath.ToSlash(rel)); err == nil && r.find(p) != "" {
			out = append(out, p)
		}
		return nil
	})
	slices.Sort(out)
	return out
}

// has tells whether the module has a package.
func (m *modules) has(path string) bool { return path != "" && findRoot().find(path) != "" }

// known returns the types of a package, read now if it never was.
func (m *modules) known(path string) (*types.Package, error) {
	m.mu.Lock()
	p := m.packages[path]
	m.mu.Unlock()
	if p != nil {
		return p.Types, nil
	}
	p, err := m.read(path)
	if err != nil {
		return nil, err
	}
	return p.Types, nil
}

// read reads a package, and those that it imports, where they have changed.
func (m *modules) read(path string) (*Package, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := reading{modules: m, root: findRoot(), done: map[string]*Package{}}
	return r.visit(path, "")
}

// Closure lists a package and what it needs, what is needed first.
func (p *Package) Closure() []*Package {
	var out []*Package
	var visit func(p *Package)
	visit = func(p *Package) {
		if slices.Contains(out, p) {
			return
		}
		for _, n := range p.needs {
			visit(n)
		}
		out = append(out, p)
	}
	visit(p)
	return out
}

// reading is one walk over the packages that an import needs.
type reading struct {
	*modules
	root  root
	stack []string
	done  map[string]*Package
}

// visit reads the package of an import path that a package, or a cell where that
// is "", imports.
func (r *reading) visit(path, from string) (*Package, error) {
	if i := slices.Index(r.stack, path); i >= 0 {
		return nil, fmt.Errorf("import cycle: %s", strings.Join(append(slices.Clone(r.stack[i:]), path), " imports "))
	}
	if p := r.done[path]; p != nil {
		return p, nil
	}
	folder := r.root.find(path)
	if folder == "" {
		return nil, r.library.missing(path)
	}
	if from == "" {
		from = r.root.path
	}
	if !mayImport(path, from) {
		return nil, fmt.Errorf("use of internal package %s not allowed in %s", path, from)
	}
	r.stack = append(r.stack, path)
	defer func() { r.stack = r.stack[:len(r.stack)-1] }()
	p := &Package{Path: path}
	if err := r.parse(p, folder); err != nil {
		return nil, err
	}
	if err := r.visitImports(p); err != nil {
		return nil, err
	}
	if old := r.packages[path]; old != nil && old.sum == p.sum && slices.Equal(old.needs, p.needs) {
		r.done[path] = old
		return old, nil
	}
	if err := r.check(p); err != nil {
		return nil, err
	}
	if r.numbers[path] == 0 {
		r.numbers[path] = len(r.numbers) + 1
	}
	p.number = r.numbers[path]
	r.done[path], r.packages[path] = p, p
	return p, nil
}

// mayImport tells whether Go lets a package import another that may be internal.
func mayImport(path, from string) bool {
	i := strings.LastIndex("/"+path+"/", "/internal/")
	if i < 0 {
		return true
	}
	parent := strings.TrimSuffix(("/" + path + "/")[:i], "/")
	return strings.HasPrefix("/"+from+"/", parent+"/")
}

// visitImports reads the packages of the module that a package imports.
func (r *reading) visitImports(p *Package) error {
	for _, f := range p.files {
		for _, spec := range f.syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil || path == Unsafe || r.library.Has(path) {
				continue
			}
			need, err := r.visit(path, p.Path)
			if err != nil {
				return fmt.Errorf("%s: %w", r.fset.Position(spec.Pos()), err)
			}
			if !slices.Contains(p.needs, need) {
				p.needs = append(p.needs, need)
			}
		}
	}
	return nil
}

// parse reads the files of a package that go build would take without cgo.
func (r *reading) parse(p *Package, folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	context := build.Default
	context.CgoEnabled = false
	sum := sha256.New()
	var left []string
	for _, name := range names {
		base := filepath.Base(name)
		if strings.HasSuffix(base, "_test.go") {
			continue
		}
		if match, err := context.MatchFile(folder, base); err != nil || !match {
			left = append(left, base)
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		fmt.Fprintf(sum, "%s\n%d\n%s", base, len(text), text)
		shown := name
		if rel, err := filepath.Rel(r.root.folder, name); err == nil {
			shown = filepath.ToSlash(rel)
		}
		f, err := parser.ParseFile(r.fset, shown, text, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		if importsC(f) {
			left = append(left, base+" (cgo)")
			continue
		}
		p.files = append(p.files, moduleFile{shown, string(text), f})
	}
	p.sum = [sha256.Size]byte(sum.Sum(nil))
	if len(p.files) == 0 {
		return fmt.Errorf("package %s has no file in pure Go for %s/%s: left out %s", p.Path, runtime.GOOS, runtime.GOARCH, strings.Join(left, ", "))
	}
	return p.oneName()
}

func importsC(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
}

// oneName checks that all files name one package, and not a program.
func (p *Package) oneName() error {
	first := p.files[0]
	for _, f := range p.files {
		if f.syntax.Name.Name != first.syntax.Name.Name {
			return fmt.Errorf("found packages %s (%s) and %s (%s) in one folder", first.syntax.Name.Name, first.name, f.syntax.Name.Name, f.name)
		}
	}
	if first.syntax.Name.Name == naming.Main {
		return fmt.Errorf("import %q is a program, not an importable package", p.Path)
	}
	return nil
}

// check checks a package whose imports are read.
func (r *reading) check(p *Package) error {
	var files []*ast.File
	for _, f := range p.files {
		files = append(files, f.syntax)
		for _, d := range f.syntax.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body == nil {
				return fmt.Errorf("%s: %s has no body: it is written in assembly, which cells cannot have", r.fset.Position(f.Pos()), f.Name.Name)
			}
		}
	}
	p.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: needs{r.library, p}, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	var err error
	p.Types, err = config.Check(p.Path, r.fset, files, p.info)
	return err
}

// needs imports what a package of the module may: compiled packages, and those
// that were read for it.
type needs struct {
	library *Importer
	p       *Package
}

func (n needs) Import(path string) (*types.Package, error) {
	for _, need := range n.p.needs {
		if need.Path == path {
			return need.Types, nil
		}
	}
	return n.library.Import(path)
}

// doc returns the doc comment of a package, or of one of its objects.
func (m *modules) doc(path, name string) string {
	m.mu.Lock()
	p := m.packages[path]
	m.mu.Unlock()
	if p == nil {
		return ""
	}
	for _, f := range p.files {
		if name == "" && f.syntax.Doc != nil {
			return f.syntax.Doc.Text()
		}
		for _, d := range f.syntax.Decls {
			if text, found := docOf(d, name); found {
				return text
			}
		}
	}
	return ""
}

// docOf returns the comment of a declaration if that declares a name.
func docOf(d ast.Decl, name string) (string, bool) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		owner := ""
		if d.Recv != nil {
			owner, _ = syntax.Receiver(d)
		}
		return d.Doc.Text(), naming.Key(owner, d.Name.Name) == name
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if spec.Name.Name == name {
					return cmpDoc(spec.Doc, d.Doc), true
				}
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					if n.Name == name {
						return cmpDoc(spec.Doc, d.Doc), true
					}
				}
			}
		}
	}
	return "", false
}

// cmpDoc returns the text of the first comment that there is.
func cmpDoc(comments ...*ast.CommentGroup) string {
	for _, c := range comments {
		if c != nil {
			return c.Text()
		}
	}
	return ""
}
