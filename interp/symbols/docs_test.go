package symbols

import (
	"bytes"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

func TestDoc(t *testing.T) {
	for _, c := range []struct{ path, name, want string }{
		{"strings", "", "Package strings implements"},
		{"strings", "Split", "Split slices s into all substrings"},
		{"strings", "Builder.Len", "Len returns the number of accumulated bytes"},
		{"io", "Reader", "Reader is the interface that wraps"},
		{"math", "Pi", "https://oeis.org/A000796"},
		{"gonum.org/v1/gonum/mat", "Dense.Mul", "Mul takes the matrix product"},
		{"gonum.org/v1/plot", "Plot.BackgroundColor", "BackgroundColor is the background color"},
		{"builtin", "append", "The append built-in function"},
		{"builtin", "func append", "func append(slice []Type, elems ...Type) []Type"},
		{"builtin", "error", "The error built-in interface"},
		{"crossbook/neurosim/device", "Analog.Levels", "number of conductance levels"},
	} {
		if doc := Library().Doc(c.path, c.name); !strings.Contains(doc, c.want) {
			t.Errorf("Doc(%q, %q) = %q; want %q in it", c.path, c.name, doc, c.want)
		}
	}
	if doc := Library().Doc("no/such", "Name"); doc != "" {
		t.Errorf("documentation of an unlisted package: %q", doc)
	}
}

// TestDocsCurrent sees packages and names that came after the last generation.
// It does not compare the wording: that would need the sources of them all.
func TestDocsCurrent(t *testing.T) {
	set := Library()
	world := map[string]*types.Package{}
	for _, path := range set.Paths() {
		if docs().files[path] == nil {
			t.Errorf("%s has no documentation: run go generate ./interp/symbols", path)
		}
		if !strings.HasPrefix(path, "crossbook/") { // all of its exported names are documented
			continue
		}
		data, err := set.ExportData(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := gcexportdata.Read(bytes.NewReader(data), token.NewFileSet(), world, path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range p.Scope().Names() {
			if token.IsExported(name) && set.Doc(path, name) == "" {
				t.Errorf("%s.%s has no documentation: run go generate ./interp/symbols", path, name)
			}
		}
	}
}
