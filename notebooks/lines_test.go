package notebooks

import (
	"slices"
	"testing"
)

func TestSplitLines(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{}},
		{"a", []string{"a"}},
		{"a\n", []string{"a\n"}},
		{"a\nb", []string{"a\n", "b"}},
		{"\n\n", []string{"\n", "\n"}},
		{"a\r\nb\rc", []string{"a\r\n", "b\r", "c"}},
		{"a\vb\fc\x1cd\u0085e\u2028f\u2029", []string{"a\v", "b\f", "c\x1c", "d\u0085", "e\u2028", "f\u2029"}},
	} {
		if got := splitLines(c.text); !slices.Equal(got, c.want) {
			t.Errorf("splitLines(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPosition(t *testing.T) {
	data := []byte("ab\né!\n")
	for _, c := range []struct{ offset, line, column int }{{0, 1, 1}, {2, 1, 3}, {3, 2, 1}, {5, 2, 2}, {99, 3, 1}, {-1, 1, 1}} {
		if line, column := position(data, c.offset); line != c.line || column != c.column {
			t.Errorf("position(%d) = %d, %d, want %d, %d", c.offset, line, column, c.line, c.column)
		}
	}
}
