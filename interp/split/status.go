package split

import (
	"errors"
	"go/scanner"
	"go/token"
	"strings"
)

// Status says whether code can run as it stands: "complete", "incomplete" with the
// indent of the next line, or "invalid". It looks only at the syntax.
func Status(code string) (status, indent string) {
	src := NewSource(0, code)
	cut := Cut(src.Text)
	if cut.open || cut.depth > 0 {
		return "incomplete", strings.Repeat("\t", max(cut.depth, 0))
	}
	if len(cut.Errs) > 0 || cut.depth < 0 {
		return "invalid", ""
	}
	for i, c := range cut.Chunks {
		if c.Kind == PackageName {
			continue
		}
		_, err := Parse(token.NewFileSet(), src, c)
		if err == nil {
			continue
		}
		if i == len(cut.Chunks)-1 && failsAtEnd(src, err) {
			return "incomplete", ""
		}
		return "invalid", ""
	}
	return "complete", ""
}

// failsAtEnd tells whether the first error lies behind the last token, where
// more code may mend it.
func failsAtEnd(src Source, err error) bool {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return false
	}
	line, column := src.Place(len(strings.TrimRight(src.Text, " \t\n;")))
	pos := list[0].Pos
	return pos.Line > line || pos.Line == line && pos.Column >= column
}
