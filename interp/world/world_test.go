package world

import (
	"go/token"
	"slices"
	"testing"

	"crossbook/interp/naming"
)

// add commits a declaration of a name that refers to others.
func add(w *World, name string, kind Kind, to ...*Entity) *Entity {
	e := &Entity{Name: name, Kind: kind, Version: w.NextVersion(name), Kept: &Kept{}}
	e.Emit = naming.Emitted(name, e.Version)
	for _, r := range to {
		e.Kept.Refs = append(e.Kept.Refs, Reference{To: r})
	}
	if kind == Type {
		e.Methods, e.Slots = map[string]*Entity{}, map[string]string{}
	}
	w.Commit(Additions{Order: []*Entity{e}})
	return e
}

// TestVersions: the newest of a name has it; an older one stays as long as something
// refers to it.
func TestVersions(t *testing.T) {
	w := New(token.NewFileSet(), nil, nil)
	var forgotten []string
	sweep := func() { w.Sweep(func(name string) { forgotten = append(forgotten, name) }) }

	old := add(w, "T", Type)
	v := add(w, "v", Var, old)
	f := add(w, "f", Func, old)
	method := &Entity{Name: "M", Kind: Method, Owner: old, Kept: &Kept{}}
	w.Commit(Additions{Order: []*Entity{method}, Slots: map[SlotKey]string{{old, "M"}: "func()"}})
	if old.Methods["M"] != method || old.Slots["M"] != "func()" {
		t.Errorf("methods %v, slots %v", old.Methods, old.Slots)
	}
	again := add(w, "T", Type)
	sweep()
	if w.Current["T"] != again || again.Version != 2 || again.Emit != "T__2" || old.ShadowName() != "T__s1" {
		t.Errorf("T is version %d, %s", w.Current["T"].Version, w.Current["T"].Emit)
	}
	if want := []*Entity{old, v, f, method, again}; !slices.Equal(w.Entities, want) {
		t.Errorf("alive %v, want %v", w.Entities, want)
	}
	add(w, "f", Func)
	add(w, "v", Var)
	sweep()
	if slices.Contains(w.Entities, old) || slices.Contains(w.Entities, method) {
		t.Error("a type that nothing refers to stays")
	}
	if want := []string{"f", ""}; !slices.Equal(forgotten, want) {
		t.Errorf("functions forgotten %q, want %q", forgotten, want)
	}
}

// TestImportsHideNames: the newest of an import and a declaration counts.
func TestImportsHideNames(t *testing.T) {
	w := New(token.NewFileSet(), nil, nil)
	add(w, "rand", Var)
	w.Commit(Additions{Imports: map[string]string{"rand": "math/rand"}, Dots: []string{"sort"}})
	if w.Current["rand"] != nil || w.Imports["rand"] != "math/rand" || !slices.Equal(w.Dots, []string{"sort"}) {
		t.Errorf("declared %v, imported %v, %v", w.Current, w.Imports, w.Dots)
	}
}

// TestCopies: copies of a generic declaration live as long as that, those of the
// standard library for ever.
func TestCopies(t *testing.T) {
	w := New(token.NewFileSet(), nil, nil)
	generic := add(w, "Map", Func)
	own := &Entity{Name: naming.NextInstance("Map", naming.CopyMark), Kind: Func, Origin: generic}
	standard := &Entity{Name: naming.NextInstance("Sort", naming.CopyMark), Kind: Func}
	w.Commit(Additions{Order: []*Entity{own, standard}, Copies: map[string]*Entity{"main.Map,int": own, "slices.Sort,int": standard}})
	w.Sweep(func(string) {})
	if len(w.Copies) != 2 || w.Current[own.Name] != nil {
		t.Errorf("copies %v, found by name %v", w.Copies, w.Current[own.Name])
	}
	add(w, "Map", Func)
	w.Sweep(func(string) {})
	if len(w.Copies) != 1 || w.Copies["slices.Sort,int"] != standard {
		t.Errorf("copies %v, want that of the standard library", w.Copies)
	}
}

func TestNames(t *testing.T) {
	w := New(token.NewFileSet(), nil, nil)
	a, b := w.Temporary("r"), w.Temporary("r")
	if a == b || !naming.Hidden(a) || naming.Plain(a) != "r" {
		t.Errorf("temporaries %q and %q", a, b)
	}
	if n := w.AddFile("geo/geo.go", "lab/geo"); n == 0 || w.FileNumber("geo/geo.go") != n || w.PackageOf("geo/geo.go") != "lab/geo" || w.FileNumber("cell [1]") != 0 {
		t.Errorf("file has the number %d", n)
	}
}
