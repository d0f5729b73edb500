package split

import (
	"go/token"
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	cases := []struct {
		src    string
		want   []string // d: a declaration, s: statements
		silent bool
	}{
		{"", nil, false},
		{"x := 1\ny := 2", []string{"s:x := 1\ny := 2"}, false},
		{"x := 1;", []string{"s:x := 1"}, true},
		{"x := 1; // shows nothing", []string{"s:x := 1"}, true},
		{"f(); g()", []string{"s:f(); g()"}, false},
		{"import \"fmt\"\nfmt.Println()", []string{"d:import \"fmt\"", "s:fmt.Println()"}, false},
		{"func f() {}\nf()", []string{"d:func f() {}", "s:f()"}, false},
		{"func (t T) M() {}\nt.M()", []string{"d:func (t T) M() {}", "s:t.M()"}, false},
		{"func (t *T[K]) M() (int, error) { return 0, nil }", []string{"d:func (t *T[K]) M() (int, error) { return 0, nil }"}, false},
		{"func() { f() }()", []string{"s:func() { f() }()"}, false},
		{"func(a int) (b int) { return a }(1)", []string{"s:func(a int) (b int) { return a }(1)"}, false},
		{"for i := 0; i < 3; i++ { f() }\nx", []string{"s:for i := 0; i < 3; i++ { f() }\nx"}, false},
		{"if x := f(); x > 0 {\n}", []string{"s:if x := f(); x > 0 {\n}"}, false},
		{"switch x := f(); x {\ncase 1:\n}\nvar y int", []string{"s:switch x := f(); x {\ncase 1:\n}", "d:var y int"}, false},
		{"type T struct{ a int }; x := T{}", []string{"d:type T struct{ a int }", "s:x := T{}"}, false},
		{"package main\nx := 1", []string{"p:package main", "s:x := 1"}, false},
		{"x := `a\n;b`\nvar y int", []string{"s:x := `a\n;b`", "d:var y int"}, false},
	}
	for _, c := range cases {
		got := Cut(c.src)
		var pieces []string
		for _, ch := range got.Chunks {
			pieces = append(pieces, string("sdp"[ch.Kind])+":"+strings.TrimSpace(c.src[ch.Start:ch.End]))
		}
		if !slices.Equal(pieces, c.want) || got.Silent != c.silent {
			t.Errorf("split(%q)\n got %q silent %v\nwant %q silent %v", c.src, pieces, got.Silent, c.want, c.silent)
		}
	}
}

// FuzzSplit checks that the pieces are in order, do not overlap and leave out
// nothing but space, comments and semicolons, and that parsing them does not
// panic.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"x := 1", "func f() {}\nf()", "for ;; {", "})", "`", "/*", "func (", "if x; y {}\nz", "\"\\", "type T[P any] struct{}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, code string) {
		src := NewSource(1, code)
		got := Cut(src.Text)
		end := 0
		for _, c := range got.Chunks {
			if c.Start < end || c.End <= c.Start || c.End > len(src.Text) {
				t.Fatalf("chunk %v after %d in %q", c, end, code)
			}
			if between := Cut(src.Text[end:c.Start]); len(got.Errs) == 0 && len(between.Chunks) > 0 {
				t.Fatalf("%q is in no chunk of %q", src.Text[end:c.Start], code)
			}
			end = c.End
			if _, err := Parse(token.NewFileSet(), src, c); err != nil {
				failsAtEnd(src, err)
			}
		}
	})
}
