package interp

import (
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/split"
)

// known is what the session has declared, as completion and inspection see it.
// It never changes once it is published, so that they need not wait for a cell.
type known struct {
	items   map[string]*entry // the newest of each name
	methods map[string]origin // of the session's types, by Type.Method
	copies  map[string]string // instances of generic types as cells write them, by their names in the session
	imports map[string]string // by the cells, path by name
	dots    []string
}

// entry is a declaration of the session.
type entry struct {
	entity *entity // to tell versions apart; its fields belong to running cells
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

// learn publishes what the session knows after a cell. The caller holds
// s.running.
func (s *Session) learn(c *cell) {
	old := s.known.Load()
	if old == nil {
		old = &known{}
	} else if len(c.order)+len(c.imports)+len(c.dots)+len(c.copies) == 0 {
		return // all is as it was
	}
	entries := make([]entry, len(s.current))
	k := &known{
		items: make(map[string]*entry, len(s.current)), methods: map[string]origin{}, copies: map[string]string{},
		imports: maps.Clone(s.imports), dots: slices.Clone(s.dots),
	}
	for name, e := range s.current {
		if it, ok := c.learnEntry(name, e, old.items[name]); ok {
			entries[len(k.items)] = it
			k.items[name] = &entries[len(k.items)]
		}
		for _, m := range e.methods {
			if m.body != nil {
				k.methods[naming.Key(name, m.name)] = originOfBody(m.body)
			}
		}
	}
	for instance, e := range s.copies {
		if _, args, ok := strings.Cut(instance, ","); ok && e.kind == typeEntity {
			k.copies[e.name] = naming.Plain(e.name) + "[" + args + "]"
		}
	}
	s.known.Store(k)
}

// copyName is the name of a copy of a generic type.
var copyName = regexp.MustCompile(`\w+` + naming.CopyMark + `[0-9]+`)

// plain writes types as cells do: instances with their arguments, and nothing of
// the marks of the session.
func (k *known) plain(text string) string {
	const deepest = 4 // of instances within instances
	for range deepest {
		if !strings.Contains(text, naming.CopyMark) {
			break
		}
		text = copyName.ReplaceAllStringFunc(text, func(name string) string {
			if instance := k.copies[name]; instance != "" {
				return instance
			}
			return name
		})
	}
	return naming.Plain(text)
}

// learnEntry describes an entity; older is what was known under its name.
func (c *cell) learnEntry(name string, e *entity, older *entry) (entry, bool) {
	same := older != nil && older.entity == e
	if c.pkg == nil { // the cell only imports
		if same {
			return *older, true
		}
		return entry{}, false
	}
	o := c.pkg.Scope().Lookup(e.check)
	if o == nil {
		return entry{}, false
	}
	it := entry{entity: e, object: named(o, name), emit: e.emit}
	switch {
	case e.body != nil:
		it.origin = originOfBody(e.body)
	case same:
		it.origin = older.origin
	default:
		it.origin = c.originAt(o.Pos())
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

func originOfBody(b *body) origin { return origin{b.src, b.chunk.Start, b.chunk.End} }

// originAt returns the place of a position of the cell.
func (c *cell) originAt(pos token.Pos) origin {
	at := c.position(pos)
	if at.Filename != c.Name() {
		return origin{}
	}
	offset := split.OffsetOf(c.Text, at.Line, at.Column)
	return origin{c.Source, offset, offset}
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
