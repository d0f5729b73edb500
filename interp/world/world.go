package world

import (
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
)

// World is what the cells of a session have declared, and what they are checked
// against: types of packages, names without an import.
type World struct {
	Fset     *token.FileSet
	Importer *packages.Importer
	Prelude  map[string]string // packages that need no import, path by name

	Imports  map[string]string  // by the cells, path by name
	Dots     []string           // packages that they import with a dot
	Current  map[string]*Entity // the newest of each name
	Entities []*Entity          // all that is alive, in order of declaration
	Context  *Entity            // ctx

	Taken bool // when a cell was checked last, names of what is predeclared stood for something else

	Copies   map[string]*Entity // of generic declarations, by instance
	standard []*Entity          // those of the standard library

	Flat  map[string]*packages.Package // packages of the module that cells have imported, by path
	files map[string]flatFile          // of them, by name

	Faces map[string]*Face // interfaces to which cells assert, by key

	parsed      []parsed // of the cell under way
	versions    map[string]int
	temporaries int
}

// New returns the world of a session without cells.
func New(fset *token.FileSet, importer *packages.Importer, prelude map[string]string) *World {
	return &World{
		Fset: fset, Importer: importer, Prelude: prelude,
		Imports: map[string]string{}, Current: map[string]*Entity{}, Copies: map[string]*Entity{},
		Flat: map[string]*packages.Package{}, files: map[string]flatFile{}, versions: map[string]int{}, Faces: map[string]*Face{},
	}
}

// Sweep drops the entities that no name and no kept declaration reaches any more.
func (w *World) Sweep(forget func(name string)) {
	live := map[*Entity]bool{}
	var mark func(e *Entity)
	mark = func(e *Entity) {
		if e == nil || live[e] {
			return
		}
		live[e] = true
		for _, k := range e.Declarations() {
			for _, r := range k.Refs {
				mark(r.To)
			}
		}
		for _, m := range e.Methods {
			mark(m)
		}
		for _, i := range e.instances {
			mark(i)
		}
		if e.Body != nil {
			for used := range e.Body.Uses {
				if strings.Contains(used.Name, naming.LiftMark) {
					mark(used)
				}
			}
		}
	}
	for _, f := range w.Faces {
		mark(f.Entity)
	}
	for _, e := range w.standard {
		mark(e)
	}
	for _, e := range w.Current {
		mark(e)
	}
	var kept []*Entity
	for _, e := range w.Entities {
		switch {
		case live[e]:
			kept = append(kept, e)
		case e.Kind == Func || e.Kind == Method:
			forget(e.Emit)
		}
	}
	w.Entities = kept
	for k, e := range w.Copies {
		if !live[e] {
			delete(w.Copies, k)
		}
	}
}

// Shadowed tells whether a name of the checked world is that of an entity whose own
// another has taken.
func (w *World) Shadowed(name string) bool {
	return slices.ContainsFunc(w.Entities, func(e *Entity) bool {
		return e.Check == name && e.Check != e.Name
	})
}

// Temporary makes a name that no cell has.
func (w *World) Temporary(base string) string {
	w.temporaries++
	return base + naming.TemporaryMark + strconv.Itoa(w.temporaries)
}

// NextVersion counts the declarations of a name, those of rejected cells too:
// yaegi may have seen some of them.
func (w *World) NextVersion(key string) int {
	w.versions[key]++
	return w.versions[key]
}

// Additions is what a cell adds to the world.
type Additions struct {
	Imports map[string]string
	Dots    []string
	Order   []*Entity          // the declared, in order
	Copies  map[string]*Entity // of generic declarations, by instance
	Slots   map[SlotKey]string // methods that it gives to types
	Faces   map[string]*Face   // interfaces to which it asserts, by key
}

// SlotKey names a method that a cell gives to a type.
type SlotKey struct {
	Owner *Entity
	Name  string
}

// Commit makes a cell's declarations those of the session.
func (w *World) Commit(c Additions) {
	for name, path := range c.Imports {
		w.Imports[name] = path
		delete(w.Current, name)
	}
	w.Dots = append(w.Dots, c.Dots...)
	for _, e := range c.Order {
		switch {
		case strings.Contains(e.Name, naming.TemporaryMark):
			continue
		case e.Kind == Method:
			if e.Owner == nil {
				continue
			}
			e.Owner.Methods[e.Name] = e
		case strings.Contains(e.Name, naming.CopyMark): // found through its origin
		case strings.Contains(e.Name, naming.LiftMark): // no cell can name it
		default:
			w.Current[e.Name] = e
		}
		w.Entities = append(w.Entities, e)
	}
	for k, e := range c.Copies {
		w.Copies[k] = e
		if e.Origin != nil {
			e.Origin.instances = append(e.Origin.instances, e)
		} else {
			w.standard = append(w.standard, e)
		}
	}
	if e := w.Current[ContextVar]; w.Context != nil && (e == nil || e.Typ == contextType) {
		w.Current[ContextVar] = w.Context // declared by a cell, it is that cell's alone
	}
	maps.Copy(w.Faces, c.Faces)
	for k, text := range c.Slots {
		k.Owner.Slots[k.Name] = text
	}
}

// ContextVar is the variable that holds the context of the running cell, and
// contextType its type as the interpreter knows it.
const (
	ContextVar  = "ctx"
	contextType = "p_context.Context"
)

// flatFile is what the session knows of a file of a package.
type flatFile struct {
	number int // as cells have one
	path   string
}

// firstFile is the number of the first file of a package; cells have smaller ones.
const firstFile = 1 << 30

// AddFile notes a file of a package and returns its number.
func (w *World) AddFile(name, path string) int {
	number := firstFile + len(w.files)
	w.files[name] = flatFile{number, path}
	return number
}

// FileNumber returns the number of a file of a package, 0 for what is none.
func (w *World) FileNumber(name string) int { return w.files[name].number }

// PackageOf returns the path of the package of a file; "" for what is none.
func (w *World) PackageOf(name string) string { return w.files[name].path }
