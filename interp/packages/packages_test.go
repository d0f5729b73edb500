package packages

import (
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// none is a library without packages but the one that it names.
type none struct{}

func (none) Paths() []string                         { return []string{"net/http", "strings"} }
func (none) Symbols(string) map[string]reflect.Value { return nil }
func (none) ExportData(string) ([]byte, error)       { return nil, os.ErrNotExist }

// module makes a module of files and works in it.
func module(t *testing.T, files map[string]string) *Importer {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		full := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	return NewImporter(none{}, token.NewFileSet())
}

func TestFlatten(t *testing.T) {
	im := module(t, map[string]string{
		"go.mod":       "module example.com/lab // ours\n",
		"geo/geo.go":   "// Package geo has shapes.\npackage geo\n\nimport (\n\t\"example.com/lab/unit\"\n)\n\n// Area is one.\ntype Area struct{ unit.M; side int }\n\nfunc (a Area) Get() int { return a.M.V + twice(a.side) }\n\nfunc twice(n int) int { return min(2*n, 100) }\n",
		"unit/unit.go": "package unit\n\ntype M struct{ V int }\n",
	})
	p, err := im.Module("example.com/lab/geo")
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, n := range p.Closure() {
		order = append(order, n.Path)
	}
	if want := []string{"example.com/lab/unit", "example.com/lab/geo"}; !reflect.DeepEqual(order, want) {
		t.Errorf("needed packages in the order %v, want %v", order, want)
	}
	f := p.Flatten(im.modules.fset)
	text := f.Files[0].Text
	for _, want := range []string{
		"type Area__m2_geo_m struct{ M__m1_unit_m; side int }",
		"func (a Area__m2_geo_m) Get() int { return a.M__m1_unit_m.V + twice__m2_geo_m(a.side) }",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if lines := strings.Count(text, "\n"); lines != 13 {
		t.Errorf("%d lines, want the 13 of the file", lines)
	}
	if !f.Builtin["min"] || f.Builtin["twice"] {
		t.Errorf("predeclared names %v", f.Builtin)
	}
	if doc := im.ModuleDoc("example.com/lab/geo", "Area"); doc != "Area is one.\n" {
		t.Errorf("doc of Area %q", doc)
	}
	if msg := p.Lacks("twice"); !strings.Contains(msg, "not exported") {
		t.Errorf("Lacks(twice) = %q", msg)
	}
}

// TestChanged: a package is read anew only when it, or what it needs, has changed.
func TestChanged(t *testing.T) {
	im := module(t, map[string]string{
		"go.mod": "module lab\n", "a/a.go": "package a\n\nimport \"lab/b\"\n\nvar A = b.B\n", "b/b.go": "package b\n\nvar B = 1\n",
	})
	read := func() *Package {
		t.Helper()
		p, err := im.Module("lab/a")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := read()
	if read() != first {
		t.Error("an unchanged package was read as another")
	}
	if err := os.WriteFile("b/b.go", []byte("package b\n\nvar B = \"text\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	second := read()
	if second == first || second.Types.Scope().Lookup("A").Type() != types.Typ[types.String] {
		t.Error("a changed import was not seen")
	}
}

func TestMissing(t *testing.T) {
	im := module(t, map[string]string{"go.mod": "module lab\n", "internal/deep/d.go": "package deep\n", "cycle/c.go": "package cycle\n\nimport \"lab/cycle\"\n"})
	for path, want := range map[string]string{
		"string":   `did you mean "strings"?`,
		"http":     `did you mean "net/http"?`,
		"?":        "cells can import\n\tnet/http\n\tstrings",
		"lab/none": "nor is it in module lab",
	} {
		if _, err := im.Import(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("import of %q: %v, want %q", path, err, want)
		}
	}
	if _, err := im.Module("lab/cycle"); err == nil || !strings.Contains(err.Error(), "import cycle: lab/cycle imports lab/cycle") {
		t.Errorf("cycle: %v", err)
	}
	if mayImport("lab/internal/deep", "other") || !mayImport("lab/internal/deep", "lab/a") {
		t.Error("internal packages are seen from the wrong places")
	}
}

func TestModulePath(t *testing.T) {
	for text, want := range map[string]string{
		"module lab":                          "lab",
		"// module no\nmodule \"a b\" // c\n": "a b",
		"go 1.26\n\tmodule x/y\n":             "x/y",
		"":                                    "",
	} {
		if got := modulePath([]byte(text)); got != want {
			t.Errorf("modulePath(%q) = %q, want %q", text, got, want)
		}
	}
}
