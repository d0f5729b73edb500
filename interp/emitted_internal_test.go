package interp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/emit"
	"crossbook/interp/lower"
	"crossbook/interp/split"
	"crossbook/interp/symbols"
)

// TestEmitted: what the interpreter gets of a cell, a tree, is what the parser makes of
// its text.
func TestEmitted(t *testing.T) {
	files, err := filepath.Glob("testdata/programs/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			code, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tree := emitted(t, string(code))
			var text strings.Builder
			if err := printer.Fprint(&text, token.NewFileSet(), tree); err != nil {
				t.Fatal(err)
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), "", text.String(), parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if at := difference(reflect.ValueOf(parsed.Decls), reflect.ValueOf(tree.Decls)); at != "" {
				t.Errorf("the parser makes something else of the cell: %s", at)
			}
		})
	}
}

// emitted is a cell, the first of its session, as the interpreter gets it.
func emitted(t *testing.T, code string) *ast.File {
	t.Helper()
	library := symbols.Library()
	s, err := New(Options{Library: library, Prelude: library.Prelude()})
	if err != nil {
		t.Fatal(err)
	}
	read, err := cell.Read(s.world, split.NewSource(1, code), s.importAny)
	if err != nil {
		t.Fatal(err)
	}
	c := &check.Checked{Cell: read, Compiled: s.native}
	if _, err := s.checkCell(c); err != nil {
		t.Fatal(err)
	}
	low, err := lower.Cell(c, lower.Session{Displays: s.displays, Texts: s.machine.Texts()})
	if err != nil {
		t.Fatal(err)
	}
	return emit.File(low)
}

// difference says where two trees are not the same, places and empty statements aside;
// "" if they are.
func difference(a, b reflect.Value) string {
	if a.Kind() == reflect.Interface {
		a, b = a.Elem(), b.Elem()
	}
	switch {
	case a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type():
		return fmt.Sprintf("%v is %v", a, b)
	case !a.IsValid() || a.Type() == reflect.TypeFor[token.Pos]():
		return ""
	}
	switch a.Kind() {
	case reflect.Pointer:
		return difference(a.Elem(), b.Elem())
	case reflect.Slice:
		x, y := listed(a), listed(b)
		if len(x) != len(y) {
			return fmt.Sprintf("%d %v are %d", len(x), a.Type(), len(y))
		}
		for i := range x {
			if at := difference(x[i], y[i]); at != "" {
				return fmt.Sprintf("%d, %s", i, at)
			}
		}
	case reflect.Struct:
		for i := range a.NumField() {
			name := a.Type().Field(i).Name
			at := difference(a.Field(i), b.Field(i))
			if meaning(a.Interface(), name) && a.Field(i).IsZero() != b.Field(i).IsZero() {
				at = "there or not"
			}
			if at != "" && name != "Implicit" {
				return fmt.Sprintf("%v.%s, %s", a.Type(), name, at)
			}
		}
	default:
		if !a.Equal(b) {
			return fmt.Sprintf("%v is %v", a, b)
		}
	}
	return ""
}

// meaning tells whether it means something that a place is known.
func meaning(n any, field string) bool {
	switch n.(type) {
	case ast.CallExpr:
		return field == "Ellipsis"
	case ast.TypeSpec:
		return field == "Assign"
	}
	return false
}

// listed is the elements of a slice but empty statements.
func listed(list reflect.Value) []reflect.Value {
	var out []reflect.Value
	for i := range list.Len() {
		if _, empty := list.Index(i).Interface().(*ast.EmptyStmt); !empty {
			out = append(out, list.Index(i))
		}
	}
	return out
}
