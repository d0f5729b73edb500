package native

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// TestCrosses tells of each type whether its values cross, and why not.
func TestCrosses(t *testing.T) {
	const text = `package main
import ("time"; "sync"; "context")
type Vec []float64
type Tree struct { Left, right *Tree; Names map[string]Vec; Err error }
type Shape interface { Area() float64 }
var (
	a int; b []byte; c [2][3]complex64; d map[[2]string]*Vec; e *Tree; f time.Duration; g error; h struct{}
	i chan int; j func(); k any; l Shape; m time.Time; n *sync.Mutex; o []struct{ F func() }; p map[error]int; q map[Shape]int; r context.Context
)
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := config.Check("main", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"a": "", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": "",
		"i": "type chan int cannot cross to compiled code: a channel stays in its process",
		"j": "a function stays in its process",
		"k": "of interfaces only error crosses",
		"l": "type Shape cannot cross",
		"m": "type time.Time cannot cross to compiled code: its fields are those of package time alone",
		"n": "type sync.Mutex cannot cross",
		"o": "field F of struct{F func()}: type func() cannot cross",
		"p": "an error or another interface as the key of a map cannot cross",
		"q": "an error or another interface as the key of a map cannot cross",
		"r": "type context.Context cannot cross",
	} {
		err := crosses(pkg.Scope().Lookup(name).Type())
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
}

// TestStructure tells declarations of a type apart that differ in what crosses.
func TestStructure(t *testing.T) {
	list := types.NewNamed(types.NewTypeName(0, types.NewPackage("main", "main"), "L", nil), nil, nil)
	list.SetUnderlying(types.NewStruct([]*types.Var{
		types.NewField(0, nil, "V", types.Typ[types.Int], false),
		types.NewField(0, nil, "Next", types.NewPointer(list), false),
	}, nil))
	if got := structure(list, nil); got != "{V int;Next *^2;}" {
		t.Error(got)
	}
	if structure(types.NewSlice(types.Typ[types.Int]), nil) == structure(types.NewArray(types.Typ[types.Int], 2), nil) {
		t.Error("a slice has the structure of an array")
	}
}
