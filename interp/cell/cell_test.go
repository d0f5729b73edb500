package cell_test

import (
	"go/token"
	"slices"
	"strings"
	"testing"

	"crossbook/interp/cell"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/symbols"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

func newWorld() *world.World {
	fset := token.NewFileSet()
	return world.New(fset, packages.NewImporter(symbols.Library(), fset), nil)
}

func read(w *world.World, code string) (*cell.Cell, error) {
	return cell.Read(w, split.NewSource(1, code), w.Importer.Import)
}

// written is a read cell, declarations and steps, a line each.
func written(c *cell.Cell) []string {
	var out []string
	line := func(n any) { out = append(out, strings.Join(strings.Fields(syntax.Text(n)), " ")) }
	for _, d := range c.Decls {
		line(d)
	}
	for _, it := range c.Body {
		if it.Stmt != nil {
			line(it.Stmt)
			continue
		}
		var names []string
		for _, n := range it.Vars.Names {
			names = append(names, n.Name)
		}
		out = append(out, "set "+strings.Join(names, ", "))
	}
	return out
}

// TestRead: what becomes a declaration, and what is run in which order.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		code string
		want []string
	}{
		{"x := 1\nx++", []string{"var x = 1", "set x", "x++"}},
		{"var a, b int = 1, 2", []string{"var a, b int = 1, 2", "set a, b"}},
		{"x, y := 1, 2\nx, z := 3, 4", []string{"var x, y = 1, 2", "var x__t1, z = 3, 4", "set x, y", "set x__t1, z", "x = x__t1"}},
		{"func f() {}\nf()\ntype T int", []string{"func f() { }", "type T int", "f()"}},
		{"const (\n\ta = iota\n\tb\n)", []string{"const ( a = iota b )"}},
		{"func init() {}\nfunc main() {}\nx := 1", []string{"func init__t1() { }", "func main() { }", "var x = 1", "init__t1()", "main()", "set x"}},
		{"package main\nfunc main() {}\nvar x = 1", []string{"func main() { }", "var x = 1", "set x", "main()"}},
	} {
		got, err := read(newWorld(), c.code)
		if err != nil {
			t.Errorf("%q: %v", c.code, err)
		} else if w := written(got); !slices.Equal(w, c.want) {
			t.Errorf("%q is\n     %q\nwant %q", c.code, w, c.want)
		}
	}
}

// TestOlderNames: x := x + 1 counts on from what an earlier cell declared.
func TestOlderNames(t *testing.T) {
	w := newWorld()
	old := &world.Entity{Name: "x", Version: 7, Check: "x"}
	w.Current["x"] = old
	c, err := read(w, "y := x\nx := x + 1\nx")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"var y = x__s7", "var x = x__s7 + 1", "set y", "set x", "x"}
	if got := written(c); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestImports(t *testing.T) {
	c, err := read(newWorld(), "import (\n\t\"math/rand\"\n\tstr \"strings\"\n\t. \"sort\"\n\t_ \"os\"\n)")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Imports) != 2 || c.Imports["rand"] != "math/rand" || c.Imports["str"] != "strings" || !slices.Equal(c.Dots, []string{"sort"}) {
		t.Errorf("imports %v, with a dot %v", c.Imports, c.Dots)
	}
	for code, want := range map[string]string{
		"import \"no/such\"":                "not found among those that cells can import",
		"import main \"fmt\"":               "cannot import package as main",
		"import a \"fmt\"\nimport a \"os\"": "a redeclared in this cell",
		"//go:embed file\nvar s string":     "a notebook has no //go:embed",
		"x := 1\n}":                         "found '}'",
		"package 3":                         "package name must be an identifier",
	} {
		if _, err := read(newWorld(), code); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", code, err, want)
		}
	}
}

// TestSameTypes: a type declared again word for word is no new type, unless
// something that it mentions is one.
func TestSameTypes(t *testing.T) {
	w := newWorld()
	inner := &world.Entity{Name: "Inner", Kind: world.Type, Source: "Inner int", Kept: &world.Kept{}}
	outer := &world.Entity{Name: "Outer", Kind: world.Type, Source: "Outer struct{ Inner }", Kept: &world.Kept{Refs: []world.Reference{{To: inner}}}}
	w.Current["Inner"], w.Current["Outer"] = inner, outer
	for code, want := range map[string]int{
		"type Outer struct{ Inner }":                    0,
		"type Outer struct{ Inner }\ntype Inner int":    0,
		"type Outer struct{ Inner }\ntype Inner string": 2,
		"type Outer struct{ Inner; n int }":             1,
	} {
		c, err := read(w, code)
		if err != nil {
			t.Fatal(err)
		}
		if c.KeepSameTypes(); len(c.Decls) != want || len(c.Order) != want {
			t.Errorf("%q declares %q", code, written(c))
		}
	}
}
