package split

import (
	"go/token"
	"testing"
)

// TestParsePositions looks where the pieces of a cell are said to stand.
func TestParsePositions(t *testing.T) {
	src := NewSource(3, "import \"fmt\"\r\nx := 1; y := 2\nfunc f() {\n\tfmt.Println(x)\n}\n")
	fset := token.NewFileSet()
	var got []string
	for _, chunk := range Cut(src.Text).Chunks {
		p, err := Parse(fset, src, chunk)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range p.Decls {
			got = append(got, fset.Position(d.Pos()).String())
		}
		for _, s := range p.Stmts {
			got = append(got, fset.Position(s.Pos()).String())
		}
	}
	want := []string{"cell [3]:1:1", "cell [3]:2:1", "cell [3]:2:9", "cell [3]:3:1"}
	if len(got) != len(want) {
		t.Fatalf("positions %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("piece %d at %s, want %s", i, got[i], want[i])
		}
	}
}

// TestParseResolved tells local names from those of the session.
func TestParseResolved(t *testing.T) {
	src := NewSource(1, "func f(a int) int { b := a; return b + c }")
	p, err := ParseResolved(token.NewFileSet(), src, Cut(src.Text).Chunks[0])
	if err != nil {
		t.Fatal(err)
	}
	bound := map[string]bool{}
	for _, id := range p.Bound {
		bound[id.Name] = true
	}
	if !bound["a"] || !bound["b"] || bound["c"] || bound["int"] {
		t.Errorf("local names %v, want a and b", bound)
	}
}

func TestOffsetOf(t *testing.T) {
	src := NewSource(1, "a := 1\n\nbé := 2\n")
	for offset := range len(src.Text) {
		line, column := src.Place(offset)
		if got := OffsetOf(src.Text, line, column); got != offset {
			t.Errorf("offset %d is %d:%d, which is offset %d", offset, line, column, got)
		}
	}
}
