package assist_test

import (
	"go/token"
	"reflect"
	"slices"
	"strings"
	"testing"

	"crossbook/interp/assist"
	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/symbols"
	"crossbook/interp/world"
)

// newAssistant returns one that has learnt a cell, and whose variables have values.
func newAssistant(t *testing.T, code string, globals map[string]reflect.Value) *assist.Assistant {
	t.Helper()
	fset := token.NewFileSet()
	library := symbols.Library()
	w := world.New(fset, packages.NewImporter(library, fset), map[string]string{"fmt": "fmt"})
	a := assist.New(library, w, func(look func(map[string]reflect.Value)) { look(globals) })
	read, err := cell.Read(w, split.NewSource(1, code), w.Importer.Import)
	if err != nil {
		t.Fatal(err)
	}
	c := &check.Checked{Cell: read}
	for _, step := range []func() error{c.Check, c.Keep} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	w.Commit(world.Additions{Imports: c.Imports, Order: c.Order})
	a.Learn(c)
	return a
}

const learnt = "// T counts.\ntype T struct{ Num int }\nfunc (t T) Next() int { return t.Num + 1 }\nx := T{3}\nm := map[string]int{\"key\": 1}"

func TestComplete(t *testing.T) {
	a := newAssistant(t, learnt, map[string]reflect.Value{"m": reflect.ValueOf(map[string]int{"key": 1, "kind": 2})})
	for _, c := range []struct {
		code string // the cursor is at its end
		want []string
	}{
		{"x.", []string{"Next", "Num"}},
		{"y := x\ny.N", []string{"Next", "Num"}},
		{"fmt.Sprintf", []string{"Sprintf"}},
		{"m[\"k", []string{"key", "kind"}},
		{"for i := range 3 { x.Nu", []string{"Num"}},
		{"\"x.", nil},
	} {
		_, _, found := a.Complete(c.code, len(c.code))
		var texts []string
		for _, f := range found {
			texts = append(texts, f.Text)
		}
		slices.Sort(texts)
		if !slices.Equal(texts, c.want) {
			t.Errorf("after %q: %v, want %v", c.code, texts, c.want)
		}
	}
}

func TestInspect(t *testing.T) {
	a := newAssistant(t, learnt, map[string]reflect.Value{"m": reflect.ValueOf(map[string]int{"key": 1})})
	for code, want := range map[string][]string{
		"T":           {"type T struct", "Num int", "T counts."},
		"x.Next":      {"Next() int"},
		"m":           {"map[string]int", "key"},
		"fmt.Println": {"func fmt.Println(a ...any)", "Println formats"},
	} {
		text, _, found := a.Inspect(code, len(code), 0)
		for _, w := range want {
			if !found || !strings.Contains(text, w) {
				t.Errorf("%s: %q, want %q", code, text, w)
			}
		}
	}
	if _, _, found := a.Inspect("nothing", 3, 0); found {
		t.Error("found what there is not")
	}
}

func TestVariables(t *testing.T) {
	a := newAssistant(t, learnt, map[string]reflect.Value{"m": reflect.ValueOf(map[string]int{"key": 1})})
	got := a.Variables()
	if len(got) != 2 || got[0].Name != "m" || got[0].Type != "map[string]int" || !strings.Contains(got[0].Value, "key") || got[1].Name != "x" || got[1].Type != "T" {
		t.Errorf("variables %+v", got)
	}
}
