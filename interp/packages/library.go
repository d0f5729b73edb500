package packages

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"

	"crossbook/kernel/nearest"
)

// Library is the compiled packages that cells may import; interp/symbols has
// the one of Crossbook.
type Library interface {
	// Paths lists the import paths, sorted.
	Paths() []string

	// Symbols returns the functions, variables and types of a package by name,
	// and the wrappers of its interfaces under a leading underscore, in the form
	// that yaegi takes; nil if there is no such package.
	Symbols(path string) map[string]reflect.Value

	// ExportData returns the type information of a package in the form that
	// golang.org/x/tools/go/gcexportdata reads.
	ExportData(path string) ([]byte, error)
}

// Importer reads type information of packages when they are first needed. It
// satisfies types.Importer. Cells and what assists in writing them share it.
type Importer struct {
	library Library
	modules *modules
	paths   []string // of the library, sorted

	mu     sync.Mutex
	loaded map[string]*types.Package // whole packages
	world  map[string]*types.Package // these and what they refer to
}

// NewImporter returns one for the packages of a library and of the notebook's
// module, whose files it adds to fset.
func NewImporter(l Library, fset *token.FileSet) *Importer {
	im := &Importer{
		library: l, paths: l.Paths(),
		loaded: map[string]*types.Package{"unsafe": types.Unsafe}, world: map[string]*types.Package{},
	}
	im.modules = newModules(fset, im)
	return im
}

// Module reads a package of the module as source, and those that it imports, where
// they have changed since.
func (im *Importer) Module(path string) (*Package, error) { return im.modules.read(path) }

// IsModule tells whether a package is one of the module.
func (im *Importer) IsModule(path string) bool {
	return path != Unsafe && !im.Has(path) && im.modules.has(path)
}

// ModuleDoc returns the doc comment of a package of the module that was read, or of
// one of its objects; "" if there is none.
func (im *Importer) ModuleDoc(path, name string) string { return im.modules.doc(path, name) }

// List returns the paths of all packages that can be imported.
func (im *Importer) List() []string { return slices.Concat(im.paths, findRoot().list()) }

// Import returns the types of a package of the library or of the module.
func (im *Importer) Import(path string) (*types.Package, error) {
	if path != Unsafe && !im.Has(path) {
		if im.modules != nil && im.modules.has(path) {
			return im.modules.known(path)
		}
		return nil, im.missing(path)
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	if p := im.loaded[path]; p != nil {
		return p, nil
	}
	data, err := im.library.ExportData(path)
	if err != nil {
		return nil, err
	}
	p, err := gcexportdata.Read(bytes.NewReader(data), token.NewFileSet(), im.world, path)
	if err != nil {
		return nil, fmt.Errorf("interp: types of %s: %w", path, err)
	}
	im.loaded[path] = p
	return p, nil
}

// Whole returns a package that was imported, nil if it was not.
func (im *Importer) Whole(path string) *types.Package {
	im.mu.Lock()
	defer im.mu.Unlock()
	return im.loaded[path]
}

// Has tells whether the library has a package.
func (im *Importer) Has(path string) bool {
	_, found := slices.BinarySearch(im.paths, path)
	return found
}

// listAll is the import path that stands for the question what there is.
const listAll = "?"

// missing tells how to find what can be imported.
func (im *Importer) missing(want string) error {
	beside := findRoot()
	own := beside.list()
	if want == listAll {
		if len(own) > 0 {
			own = append([]string{"", "and, of module " + beside.path + ":"}, own...)
		}
		return fmt.Errorf("cells can import\n\t%s", strings.Join(slices.Concat(im.paths, own), "\n\t"))
	}
	hint := ""
	if like := im.like(want, own); len(like) > 0 {
		hint = "; did you mean " + strings.Join(like, " or ") + "?"
	}
	where := "no go.mod lies beside the notebook"
	if beside.folder != "" {
		where = "nor is it in module " + beside.path + " or its vendor folder"
	}
	return fmt.Errorf("package %q not found among those that cells can import, %s%s (import %q lists them)", want, where, hint, listAll)
}

// like quotes the paths nearest to one: those that end in the same name, else those
// whose last name differs by a letter or two.
func (im *Importer) like(want string, own []string) []string {
	const enough, near = 3, 2
	best := near + 1
	if len(path.Base(want)) <= near+1 {
		best = 1
	}
	var found []string
	for _, p := range slices.Concat(own, im.paths) {
		d := nearest.Distance(path.Base(p), path.Base(want))
		if d < best {
			best, found = d, nil
		}
		if d == best && d <= near {
			found = append(found, strconv.Quote(p))
		}
	}
	return found[:min(len(found), enough)]
}

// Named returns the paths of the packages that end in a name.
func (im *Importer) Named(name string) []string {
	var like []string
	for _, p := range im.paths {
		if path.Base(p) == name {
			like = append(like, p)
		}
	}
	return like
}

// Unsafe is the package that has no symbols in a library: its functions are
// constants or lowered, and Pointer is a type of the language.
const Unsafe = "unsafe"
