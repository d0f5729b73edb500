package interp

import (
	"fmt"
	"go/token"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
)

// world is what the cells of a session have declared, and what they are checked
// against: types of packages, names without an import.
type world struct {
	fset     *token.FileSet
	importer *packages.Importer
	prelude  map[string]string // packages that need no import, path by name

	imports  map[string]string  // by the cells, path by name
	dots     []string           // packages that they import with a dot
	current  map[string]*entity // the newest of each name
	entities []*entity          // all that is alive, in order of declaration
	context  *entity            // ctx

	copies   map[string]*entity // of generic declarations, by instance
	standard []*entity          // those of the standard library

	flat  map[string]*packages.Package // packages of the module that cells have imported, by path
	files map[string]flatFile          // of them, by name

	versions    map[string]int
	instances   int
	temporaries int
}

// newWorld returns the world of a session without cells.
func newWorld(fset *token.FileSet, importer *packages.Importer, prelude map[string]string) *world {
	return &world{
		fset: fset, importer: importer, prelude: prelude,
		imports: map[string]string{}, current: map[string]*entity{}, copies: map[string]*entity{},
		flat: map[string]*packages.Package{}, files: map[string]flatFile{}, versions: map[string]int{},
	}
}

// sweep drops the entities that no name and no kept declaration reaches any more.
func (w *world) sweep(forget func(name string)) {
	live := map[*entity]bool{}
	var mark func(e *entity)
	mark = func(e *entity) {
		if e == nil || live[e] {
			return
		}
		live[e] = true
		if e.kept != nil {
			for _, r := range e.kept.refs {
				mark(r.to)
			}
		}
		for _, m := range e.methods {
			mark(m)
		}
		for _, i := range e.instances {
			mark(i)
		}
		if e.body != nil {
			for used := range e.body.uses {
				if strings.Contains(used.name, naming.LiftMark) {
					mark(used)
				}
			}
		}
	}
	for _, e := range w.standard {
		mark(e)
	}
	for _, e := range w.current {
		mark(e)
	}
	var kept []*entity
	for _, e := range w.entities {
		switch {
		case live[e]:
			kept = append(kept, e)
		case e.kind == funcEntity || e.kind == methodEntity:
			forget(e.emit)
		}
	}
	w.entities = kept
	for k, e := range w.copies {
		if !live[e] {
			delete(w.copies, k)
		}
	}
}

// temporary makes a name that no cell has.
func (w *world) temporary(base string) string {
	w.temporaries++
	return fmt.Sprintf("%s%s%d", base, naming.TemporaryMark, w.temporaries)
}

// nextVersion counts the declarations of a name, those of rejected cells too:
// yaegi may have seen some of them.
func (w *world) nextVersion(key string) int {
	w.versions[key]++
	return w.versions[key]
}

// nextInstance makes a name for a copy or another form of a declaration, which
// mark tells.
func (w *world) nextInstance(base, mark string) string {
	w.instances++
	return fmt.Sprintf("%s%s%d", base, mark, w.instances)
}

// additions is what a cell adds to the world.
type additions struct {
	imports map[string]string
	dots    []string
	order   []*entity          // the declared, in order
	copies  map[string]*entity // of generic declarations, by instance
	slots   map[slotKey]string // methods that it gives to types
}

// slotKey names a method that a cell gives to a type.
type slotKey struct {
	owner *entity
	name  string
}

// commit makes a cell's declarations those of the session.
func (w *world) commit(c additions) {
	for name, path := range c.imports {
		w.imports[name] = path
		delete(w.current, name)
	}
	w.dots = append(w.dots, c.dots...)
	for _, e := range c.order {
		switch {
		case strings.Contains(e.name, naming.TemporaryMark):
			continue
		case e.kind == methodEntity:
			if e.owner == nil {
				continue
			}
			e.owner.methods[e.name] = e
		case strings.Contains(e.name, naming.CopyMark): // found through its origin
		case strings.Contains(e.name, naming.LiftMark): // no cell can name it
		default:
			w.current[e.name] = e
		}
		w.entities = append(w.entities, e)
	}
	for k, e := range c.copies {
		w.copies[k] = e
		if e.origin != nil {
			e.origin.instances = append(e.origin.instances, e)
		} else {
			w.standard = append(w.standard, e)
		}
	}
	if e := w.current[contextVar]; e == nil || e.typ == contextType {
		w.current[contextVar] = w.context // declared by a cell, it is that cell's alone
	}
	for k, text := range c.slots {
		k.owner.slots[k.name] = text
	}
}

// contextVar is the variable that holds the context of the running cell, and
// contextType its type as the interpreter knows it.
const (
	contextVar  = "ctx"
	contextType = "p_context.Context"
)

// flatFile is what the session knows of a file of a package.
type flatFile struct {
	number int // as cells have one
	path   string
}

// firstFile is the number of the first file of a package; cells have smaller ones.
const firstFile = 1 << 30

// addFile notes a file of a package and returns its number.
func (w *world) addFile(name, path string) int {
	number := firstFile + len(w.files)
	w.files[name] = flatFile{number, path}
	return number
}

// fileNumber returns the number of a file of a package, 0 for what is none.
func (w *world) fileNumber(name string) int { return w.files[name].number }

// packageOf returns the path of the package of a file; "" for what is none.
func (w *world) packageOf(name string) string { return w.files[name].path }
