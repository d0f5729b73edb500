package check_test

import (
	"errors"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/symbols"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// session checks cells one after another.
type session struct {
	world *world.World
	count int
}

func newSession() *session {
	fset := token.NewFileSet()
	return &session{world: world.New(fset, packages.NewImporter(symbols.Library(), fset), map[string]string{"fmt": "fmt"})}
}

// check takes a cell through the step; what it declares is part of the session then.
func (s *session) check(code string) (*check.Checked, error) {
	s.count++
	read, err := cell.Read(s.world, split.NewSource(s.count, code), s.world.Importer.Import)
	if err != nil {
		return nil, err
	}
	c := &check.Checked{Cell: read}
	for _, step := range []func() error{c.Check, c.Restrictions, c.Revive, c.Keep} {
		if err := step(); err != nil {
			return c, err
		}
	}
	s.world.Commit(world.Additions{Imports: c.Imports, Dots: c.Dots, Order: c.Order, Copies: c.Copies})
	s.world.Sweep(func(string) {})
	return c, nil
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		cells string // separated by %
		want  string
	}{
		{"x := 1\ny := x + z", "cell [1]:2:10: undefined: z"},
		{"strings.ToUpper(\"a\")", `cell [1]:1:1: undefined: strings (import "strings" first)`},
		{"x := 1%x = \"a\"", `cell [2]:1:5: cannot use "a" (untyped string constant) as int value in assignment`},
		{"x := 1\nx := 2", "cell [1]:2:3: no new variables on left side of :="},
		{"type T interface{ M() interface{ T } }", "cell [1]:1:8: invalid recursive type: anonymous interface refers to itself"},
		{"var a int\nvar b [1 << 50]int", "cell [1]:2:7: type [1 << 50]int larger than address space"},
		{"type G[T any] struct{ p *G[[]T] }", "instantiation cycle"},
		{"fmt := 3%fmt.Println()", "cell [2]:1:5: fmt.Println undefined"},
	} {
		s := newSession()
		var err error
		for code := range strings.SplitSeq(c.cells, "%") {
			_, err = s.check(code)
		}
		var typed types.Error
		if !errors.As(err, &typed) {
			t.Errorf("%q: error %v, want one of the type checker", c.cells, err)
			continue
		}
		if got := typed.Fset.Position(typed.Pos).String() + ": " + typed.Msg; !strings.Contains(got, c.want) {
			t.Errorf("%q\ngot  %s\nwant %s", c.cells, got, c.want)
		}
	}
}

// TestTolerated: a notebook may leave something unused and end in a value.
func TestTolerated(t *testing.T) {
	for _, code := range []string{"func f() { x := 1 }", "import \"os\"", "1 + 2", "[]int{1}", "fmt.Sprint(1)"} {
		if _, err := newSession().check(code); err != nil {
			t.Errorf("%q: %v", code, err)
		}
	}
}

// TestKeep: what later cells are checked against.
func TestKeep(t *testing.T) {
	s := newSession()
	if _, err := s.check("type T struct{ a []int }\nx := map[string]T{}\nconst third = 1.0 / 3\nfunc f(t T) (int, error) { return 1, nil }\nfunc g[P any](p P) P { return p }\nw := fmt.Errorf(\"a\")"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"T":     "type T struct{ a []int }",
		"x":     "var x map[string]T",
		"third": "const third = 1.0 / 3.0",
		"f":     "func f(t T) (int, error)",
		"g":     "func g[P any](p P) P {\n\treturn p\n}",
		"w":     "var w error",
	} {
		if got := syntax.Text(s.world.Current[name].Kept.Tree); got != want {
			t.Errorf("%s is kept as %q, want %q", name, got, want)
		}
	}
	if _, err := s.check("type T string"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.check("x[\"k\"].a[0]"); err != nil {
		t.Errorf("x lost its type: %v", err)
	}
	if got := syntax.Text(s.world.Current["x"].Kept.Tree); got != "var x map[string]T__s1" {
		t.Errorf("x of the older T is kept as %q", got)
	}
}

// TestRevive: functions that use what is declared anew come back, as long as they
// compile with it.
func TestRevive(t *testing.T) {
	s := newSession()
	for _, code := range []string{"const k = 2\nvar v int", "func twice(n int) int { return k * n }\nfunc four(n int) int { return twice(twice(n)) }\nfunc other() int { return v }"} {
		if _, err := s.check(code); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		code string
		want []string
	}{
		{"const k = 3", []string{"k", "twice", "four"}},
		{"const k = \"text\"", []string{"k", "four"}}, // twice stays as it was
		{"unrelated := 1", []string{"unrelated"}},
		{"v := \"text\"", []string{"v"}},
	} {
		got, err := s.check(c.code)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range got.Order {
			names = append(names, e.Name)
		}
		if !slices.Equal(names, c.want) {
			t.Errorf("%q declares %v, want %v", c.code, names, c.want)
		}
	}
}
