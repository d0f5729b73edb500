package interp_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crossbook/interp"
)

// inModule makes a module of files, works in its folder and opens a notebook.
func inModule(t *testing.T, files map[string]string) *notebook {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	if files["go.mod"] == "" {
		writeFile(t, "go.mod", "// The module of a test.\nmodule example.com/lab // beside the notebook\n\ngo 1.26\n")
	}
	for name, text := range files {
		writeFile(t, name, text)
	}
	return newNotebook(t)
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// shows runs a cell and compares what it prints.
func (n *notebook) shows(t *testing.T, code, want string) {
	t.Helper()
	n.must(t, code)
	if got := strings.TrimSpace(n.printed(t)); got != want {
		t.Errorf("%s\nprinted %q, want %q", code, got, want)
	}
}

// fails runs a cell that must fail with a message.
func (n *notebook) fails(t *testing.T, code, want string) {
	t.Helper()
	if _, err := n.cell(code); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s\nfailed with %v, want %q", code, err, want)
	}
}

var lab = map[string]string{
	"geo/shape.go": `// Package geo measures.
package geo

import (
	"fmt"
	m "math"
)

// Shape has an area.
type Shape interface{ Area() float64 }

type base struct{ id int }

func (b *base) ID() int { return b.id }

// Base has a name.
type Base struct{ Name string }

// Circle is round.
type Circle struct {
	Base
	*base
	R float64
}

var made int

func init() { made = 100 }

// NewCircle makes a circle.
func NewCircle(r float64) Circle {
	made++
	return Circle{Base: Base{"circle"}, base: &base{made}, R: r}
}

// Area is in square metres.
func (c Circle) Area() float64 { return m.Pi * c.R * c.R }

func (c Circle) String() string { return fmt.Sprintf("%s #%d of %.1f m", c.Name, c.base.id, c.R) }
`,
	"geo/sum.go": `package geo

import math "strings"

// Number is what Sum adds.
type Number interface{ ~int | ~float64 }

// Sum adds up.
func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += scaled(x)
	}
	return s
}

func scaled[T Number](x T) T { return x * Scale }

const Scale = 2

// Stack is generic.
type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Len() int { return len(s.items) }

// Shout is loud.
func Shout(s string) string { return math.ToUpper(s) + "!" }

// At fails for wrong indices.
func At(xs []int, i int) int {
	return xs[i]
}
`,
	"report/report.go": `package report

import (
	"example.com/lab/geo"
	"example.org/units"
)

// Total is the area of shapes.
func Total(shapes ...geo.Shape) string {
	sum := 0.0
	for _, s := range shapes {
		sum += s.Area()
	}
	return units.Square(sum)
}

// Kind tells types apart.
func Kind(v any) string {
	switch v := v.(type) {
	case geo.Circle:
		return "circle " + v.Base.Name
	case geo.Shape:
		return "shape"
	}
	return "other"
}
`,
	"vendor/example.org/units/units.go": "package units\n\nimport \"fmt\"\n\nfunc Square(x float64) string { return fmt.Sprintf(\"%.2f m²\", x) }\n",
	"geo/geo_test.go":                   "package geo\n\nthis is no Go\n",
	"geo/shape_windows.go":              "package geo\n\nfunc init() { made = -1 }\n",
}

func TestCellsImportTheModule(t *testing.T) {
	n := inModule(t, lab)
	n.must(t, "import (\n\"example.com/lab/geo\"\n\"example.com/lab/report\"\n)")
	n.shows(t, "c := geo.NewCircle(2)\nfmt.Println(c, c.ID(), c.Name)", "circle #101 of 2.0 m 101 circle")
	n.shows(t, "type Square struct{ A float64 }\nfunc (s Square) Area() float64 { return s.A * s.A }\nfmt.Println(report.Total(c, Square{3}))", "21.57 m²")
	n.shows(t, "fmt.Println(report.Kind(c), report.Kind(7))", "circle circle other")
	n.shows(t, "fmt.Println(geo.Sum(1, 2, 3), geo.Sum(0.5, 1), geo.Scale)", "12 3 2")
	n.shows(t, "var st geo.Stack[Square]\nst.Push(Square{1})\nst.Push(Square{2})\nfmt.Println(st.Len())", "2")
	n.shows(t, "type Named struct {\n\tgeo.Base\n\tN int\n}\nx := Named{Base: geo.Base{Name: \"b\"}, N: 1}\nfmt.Println(x.Base.Name, x.Name, x.N)", "b b 1")
	n.shows(t, "func local(geo struct{ Scale int }) int { return geo.Scale }\nfmt.Println(local(struct{ Scale int }{9}), geo.Scale)", "9 2")
	n.shows(t, "fmt.Println(geo.Shout(\"ho\"))\nfmt.Printf(\"%T\\n\", geo.Base{})", "HO!\ngeo.Base")
	n.shows(t, "var s geo.Shape = c\n_, isCircle := s.(geo.Circle)\nfmt.Println(isCircle)", "true")
}

func TestModuleErrors(t *testing.T) {
	n := inModule(t, lab)
	n.must(t, "import \"example.com/lab/geo\"\nc := geo.NewCircle(1)")
	n.fails(t, "geo.Area", "undefined: geo.Area")
	n.fails(t, "geo.made", "name made not exported by package geo")
	n.fails(t, "c.base", "cannot refer to unexported field base")
	n.fails(t, "geo.NewCircle(\"x\")", `cannot use "x" (untyped string constant) as float64 value in argument to geo.NewCircle`)
	n.fails(t, "var i int = c", "cannot use c (variable of struct type geo.Circle) as int value")
	n.fails(t, "geo", "use of package geo not in selector")
	n.fails(t, "import . \"example.com/lab/geo\"", "cannot be imported with a dot")
	_, err := n.cell("func f(i int) int {\n\treturn geo.At([]int{1}, i)\n}\nf(3)")
	if err == nil {
		t.Fatal("no error")
	}
	trace := strings.Join(err.(interface{ Traceback() []string }).Traceback(), "\n")
	place := "in geo.At, geo/sum.go:31"
	if !interp.Marking {
		place = "in geo.At, geo/sum.go:30" // where it is declared
	}
	for _, want := range []string{"index out of range", place, "in f, cell"} {
		if !strings.Contains(trace, want) {
			t.Errorf("trace lacks %q:\n%s", want, trace)
		}
	}
}

func TestModuleRefuses(t *testing.T) {
	n := inModule(t, map[string]string{
		"a/a.go":                               "package a\n\nimport _ \"example.com/lab/b\"\n",
		"b/b.go":                               "package b\n\nimport _ \"example.com/lab/a\"\n",
		"c/c.go":                               "package c\n\n// #include <math.h>\nimport \"C\"\n",
		"asm/asm.go":                           "package asm\n\nfunc Add(a, b int) int\n",
		"asm/asm_amd64.s":                      "TEXT ·Add(SB), $0\n",
		"other/x_plan9.go":                     "package other\n",
		"prog/main.go":                         "package main\n\nfunc main() {}\n",
		"bad/bad.go":                           "package bad\n\nvar X int = \"text\"\n",
		"two/a.go":                             "package one\n",
		"two/b.go":                             "package two\n",
		"syntax/s.go":                          "package syntax\n\nfunc {\n",
		"boom/boom.go":                         "package boom\n\nfunc init() { panic(\"cannot start\") }\n",
		"curve/curve.go":                       "package curve\n",
		"vendor/example.org/x/internal/y/y.go": "package y\n",
	})
	for path, want := range map[string]string{
		"example.com/lab/a":        "import cycle: example.com/lab/a imports example.com/lab/b imports example.com/lab/a",
		"example.com/lab/c":        "no file in pure Go for",
		"example.com/lab/asm":      "asm/asm.go:3:1: Add has no body: it is written in assembly",
		"example.com/lab/other":    "x_plan9.go",
		"example.com/lab/prog":     "is a program, not an importable package",
		"example.com/lab/bad":      `bad/bad.go:3:13: cannot use "text"`,
		"example.com/lab/two":      "found packages one (two/a.go) and two (two/b.go)",
		"example.com/lab/syntax":   "syntax/s.go:3:6:",
		"example.com/lab/boom":     "cannot start",
		"example.com/lab/curv":     `did you mean "example.com/lab/curve"?`,
		"example.com/lab/nothing":  "nor is it in module example.com/lab or its vendor folder",
		"example.org/x/internal/y": "use of internal package example.org/x/internal/y not allowed",
		"?":                        "and, of module example.com/lab:\n\texample.com/lab/a\n",
	} {
		n.fails(t, "import \""+path+"\"\nx := 1", want)
	}
	n.fails(t, "x", "undefined: x")
}

func TestChangedFileIsReadAnew(t *testing.T) {
	n := inModule(t, map[string]string{"k/k.go": "package k\n\nconst K = 1\n\nfunc F() int { return K }\n\nfunc Old() {}\n"})
	n.must(t, "import \"example.com/lab/k\"\nfunc g() int { return k.F() * 10 }")
	n.shows(t, "fmt.Println(g(), k.K)", "10 1")
	writeFile(t, "k/k.go", "package k\n\nconst K = 2\n\nfunc F() int { return K }\n")
	n.shows(t, "fmt.Println(g(), k.K)", "10 1")
	n.must(t, "import \"example.com/lab/k\"")
	n.shows(t, "fmt.Println(g(), k.K)", "20 2")
	n.fails(t, "k.Old()", "undefined: k.Old")
}

func TestAssistanceKnowsTheModule(t *testing.T) {
	n := inModule(t, lab)
	if _, _, found := n.Complete("import \"example.com/lab/ge", 26); len(found) != 1 || found[0].Text != "example.com/lab/geo" {
		t.Errorf("import paths: %v", found)
	}
	n.must(t, "import \"example.com/lab/geo\"\nc := geo.NewCircle(2)")
	if _, _, found := n.Complete("geo.New", 7); len(found) != 1 || found[0].Signature != "func(r float64) geo.Circle" && found[0].Signature != "func(r float64) Circle" {
		t.Errorf("members: %v", found)
	}
	if _, _, found := n.Complete("c.R", 3); len(found) != 1 || found[0].Text != "R" {
		t.Errorf("fields: %v", found)
	}
	if text, _, _ := n.Inspect("geo.NewCircle", 8, 0); !strings.Contains(text, "NewCircle makes a circle.") {
		t.Errorf("inspection of a function: %s", text)
	}
	if text, _, _ := n.Inspect("c", 1, 0); !strings.Contains(text, "geo.Circle") {
		t.Errorf("inspection of a variable: %s", text)
	}
	for _, name := range n.Names() {
		if strings.Contains(name, "__") {
			t.Errorf("Names has %s", name)
		}
	}
}
