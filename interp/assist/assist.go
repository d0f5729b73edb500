package assist

import (
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"crossbook/interp/check"
	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/world"
)

// Assistant helps in writing cells. Its methods may be called while a cell runs.
type Assistant struct {
	library  packages.Library
	importer *packages.Importer
	prelude  map[string]string // packages that need no import, path by name
	fset     *token.FileSet
	peek     func(look func(globals map[string]reflect.Value))
	known    atomic.Pointer[known] // what the last cell left
}

// New returns one for a session without cells. peek calls its argument with
// the variables of the interpreter by their names there, if no code of a cell runs
// that could change them meanwhile; else it does nothing.
func New(library packages.Library, w *world.World, peek func(look func(globals map[string]reflect.Value))) *Assistant {
	return &Assistant{library: library, importer: w.Importer, prelude: w.Prelude, fset: w.Fset, peek: peek}
}

// known is what the session has declared, as completion and inspection see it.
// It never changes once it is published, so that they need not wait for a cell.
type known struct {
	items   map[string]*entry // the newest of each name
	methods map[string]origin // of the session's types, by Type.Method
	imports map[string]string // by the cells, path by name
	dots    []string
}

// entry is a declaration of the session.
type entry struct {
	entity *world.Entity // to tell versions apart; its fields belong to running cells
	object types.Object
	emit   string // name in the interpreter
	origin
}

// origin is the place of a declaration in the cell that made it.
type origin struct {
	src        split.Source
	start, end int // of a function: all of it; of others: the name
}

// text is the source of a function.
func (o origin) text() string { return o.src.Text[o.start:o.end] }

// doc returns the comment right above a declaration.
func (o origin) doc() string { return commentAbove(o.src.Text, o.start) }

// Learn publishes what the session knows after a cell. Cells must not run meanwhile.
func (s *Assistant) Learn(c *check.Checked) {
	old := s.known.Load()
	if old == nil {
		old = &known{}
	} else if len(c.Order)+len(c.Imports)+len(c.Dots)+len(c.Copies) == 0 {
		return // all is as it was
	}
	l := learning{Checked: c}
	entries := make([]entry, len(c.World.Current))
	k := &known{
		items: make(map[string]*entry, len(c.World.Current)), methods: map[string]origin{},
		imports: maps.Clone(c.World.Imports), dots: slices.Clone(c.World.Dots),
	}
	for name, e := range c.World.Current {
		if it, ok := l.entry(name, e, old.items[name]); ok {
			entries[len(k.items)] = it
			k.items[name] = &entries[len(k.items)]
		}
		for _, m := range e.Methods {
			if m.Body != nil {
				k.methods[naming.Key(name, m.Name)] = originOfBody(m.Body)
			}
		}
	}
	s.known.Store(k)
}

// learning is what Learn takes from a cell.
type learning struct {
	*check.Checked
	lines []int // offsets of the cell's lines, once they are wanted
}

// entry describes an entity; older is what was known under its name.
func (l *learning) entry(name string, e *world.Entity, older *entry) (entry, bool) {
	same := older != nil && older.entity == e
	if l.Pkg == nil { // the cell only imports
		if same {
			return *older, true
		}
		return entry{}, false
	}
	o := l.Pkg.Scope().Lookup(e.Check)
	if o == nil {
		return entry{}, false
	}
	it := entry{entity: e, object: named(o, name), emit: e.Emit}
	switch {
	case e.Body != nil:
		it.origin = originOfBody(e.Body)
	case same:
		it.origin = older.origin
	default:
		it.origin = l.originAt(o.Pos())
	}
	return it, true
}

// named returns an object under the name that cells use for it.
func named(o types.Object, name string) types.Object {
	if v, ok := o.(*types.Var); ok && v.Name() != name {
		return types.NewVar(v.Pos(), v.Pkg(), name, v.Type())
	}
	return o
}

func originOfBody(b *world.Body) origin { return origin{b.Src, b.Chunk.Start, b.Chunk.End} }

// originAt returns the place of a position of the cell.
func (l *learning) originAt(pos token.Pos) origin {
	at := l.Position(pos)
	if at.Filename != l.Name() {
		return origin{}
	}
	if l.lines == nil {
		l.lines = split.Lines(l.Text)
	}
	offset := min(l.lines[at.Line-1]+at.Column-1, len(l.Text))
	return origin{l.Source, offset, offset}
}

// commentAbove returns the text of the // comment that ends in the line before
// an offset.
func commentAbove(text string, offset int) string {
	offset = min(offset, len(text))
	before := strings.Split(text[:strings.LastIndexByte(text[:offset], '\n')+1], "\n")
	var lines []string
	for i := len(before) - 2; i >= 0; i-- {
		line, isComment := strings.CutPrefix(strings.TrimSpace(before[i]), "//")
		if !isComment {
			break
		}
		lines = append(lines, strings.TrimPrefix(line, " "))
	}
	slices.Reverse(lines)
	return strings.Join(lines, "\n")
}
