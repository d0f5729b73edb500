package generics_test

import (
	"go/token"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"crossbook/interp/cell"
	"crossbook/interp/check"
	"crossbook/interp/generics"
	"crossbook/interp/packages"
	"crossbook/interp/split"
	"crossbook/interp/symbols"
	"crossbook/interp/syntax"
	"crossbook/interp/world"
)

// specialise takes a cell up to the step and writes what is not generic in it.
func specialise(code string) (string, error) {
	fset := token.NewFileSet()
	w := world.New(fset, packages.NewImporter(symbols.Library(), fset), nil)
	read, err := cell.Read(w, split.NewSource(1, code), w.Importer.Import)
	if err != nil {
		return "", err
	}
	c := &check.Checked{Cell: read}
	if err := c.Check(); err != nil {
		return "", err
	}
	if err := generics.Specialise(c); err != nil {
		return "", err
	}
	var b strings.Builder
	for _, d := range c.Decls {
		if !c.IsGeneric(d) {
			b.WriteString(syntax.Text(d) + "\n")
		}
	}
	for _, it := range c.Body {
		if it.Stmt != nil {
			b.WriteString(syntax.Text(it.Stmt) + "\n")
		}
	}
	return renumbered(strings.Join(strings.Fields(b.String()), " ")), nil
}

// renumbered counts the marks of copies, which are numbered throughout the process,
// from 1.
func renumbered(text string) string {
	mark := regexp.MustCompile(`(__[gl])([0-9]+)`)
	least := math.MaxInt
	for _, m := range mark.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[2])
		least = min(least, n)
	}
	return mark.ReplaceAllStringFunc(text, func(s string) string {
		m := mark.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2])
		return m[1] + strconv.Itoa(n-least+1)
	})
}

func TestSpecialise(t *testing.T) {
	for _, c := range []struct {
		code string
		want []string
		not  string
	}{
		{
			"func pair[T any](a, b T) []T { return []T{a, b} }\npair(1, 2)\npair(\"a\", \"b\")\npair(3, 4)",
			[]string{"func pair__g1(a, b int) []int { return []int{a, b} }", "func pair__g2(a, b string) []string { return []string{a, b} }", "pair__g1(1, 2)", "pair__g1(3, 4)"},
			"pair__g3",
		},
		{
			"type List[T any] struct { head T; tail *List[T] }\nfunc (l *List[E]) Push(e E) *List[E] { return &List[E]{e, l} }\nvar l *List[bool]\nl.Push(true)",
			[]string{"type List__g1 struct { head bool tail *List__g1 }", "func (l *List__g1) Push(e bool) *List__g1 { return &List__g1{e, l} }", "var l *List__g1"},
			"[bool]",
		},
		{ // instances that need instances
			"func id[T any](x T) T { return x }\nfunc twice[T any](x T) T { return id(id(x)) }\ntwice(1)",
			[]string{"func twice__g1(x int) int { return id__g2(id__g2(x)) }", "func id__g2(x int) int { return x }"},
			"id__g3",
		},
		{ // of the standard library, from its own source here
			"import \"slices\"\nslices.Max([]int{1})",
			[]string{"func Max__g1(", "Max__g1([]int{1})"},
			"slices.Max(",
		},
		{ // local types
			"func f() any { type p struct{ a int }; const k = 2; return p{k} }",
			[]string{"type p__l1 struct{ a int }", "return p__l1{k}"},
			"type p struct",
		},
	} {
		got, err := specialise(c.code)
		if err != nil {
			t.Errorf("%q: %v", c.code, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%q\nis   %s\nwant %s", c.code, got, want)
			}
		}
		if strings.Contains(got, c.not) {
			t.Errorf("%q\nis %s\nwith %s", c.code, got, c.not)
		}
	}
}

func TestEndless(t *testing.T) {
	_, err := specialise("type P[T any] struct{ t T }\nfunc f[T any](n int, t T) { if n > 0 { f(n-1, P[T]{t}) } }\nf(3, 1)")
	if err == nil || !strings.Contains(err.Error(), "instantiation cycle") && !strings.Contains(err.Error(), "without end") {
		t.Errorf("instances without end: %v", err)
	}
}
