package symbols

import (
	"bytes"
	"go/token"
	"go/types"
	"reflect"
	"testing"

	"golang.org/x/tools/go/gcexportdata"
)

// TestEveryPackage reads the type information of all packages into one world
// and finds a symbol for each of their functions, variables and types.
func TestEveryPackage(t *testing.T) {
	set := Library()
	world := map[string]*types.Package{}
	for _, path := range set.Paths() {
		data, err := set.ExportData(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := gcexportdata.Read(bytes.NewReader(data), token.NewFileSet(), world, path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		symbols := set.Symbols(path)
		if symbols == nil {
			t.Errorf("%s: no symbols", path)
		}
		for _, name := range p.Scope().Names() {
			checkSymbol(t, p.Scope().Lookup(name), symbols)
		}
	}
}

func checkSymbol(t *testing.T, object types.Object, symbols map[string]reflect.Value) {
	t.Helper()
	value, found := symbols[object.Name()]
	switch object := object.(type) {
	case *types.Func:
		if object.Exported() && object.Signature().TypeParams().Len() == 0 && (!found || value.Kind() != reflect.Func) {
			t.Errorf("%v: no function among the symbols", object)
		}
	case *types.Var:
		if object.Exported() && (!found || !value.CanSet()) {
			t.Errorf("%v: no variable among the symbols", object)
		}
	}
}

func TestUnlisted(t *testing.T) {
	if s := Library().Symbols("no/such/package"); s != nil {
		t.Errorf("symbols of an unlisted package: %v", s)
	}
	if _, err := Library().ExportData("no/such/package"); err == nil {
		t.Error("export data of an unlisted package")
	}
}

func TestPrelude(t *testing.T) {
	prelude := Library().Prelude()
	for name, path := range map[string]string{"fmt": "fmt", "nb": "crossbook/kernel/display"} {
		if prelude[name] != path {
			t.Errorf("prelude[%q] = %q, want %q", name, prelude[name], path)
		}
	}
}
