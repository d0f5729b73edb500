package interp

import (
	"errors"
	"go/scanner"
	"go/token"
	"strings"
)

// IsComplete says whether code can run as it stands: "complete", "incomplete"
// with the indent of the next line, or "invalid". It looks only at the syntax
// and may be called while a cell runs.
func (s *Session) IsComplete(code string) (status, indent string) {
	src := newSource(0, code)
	if src.unknown != "" {
		return "invalid", ""
	}
	cut := split(src.text)
	if cut.open || cut.depth > 0 {
		return "incomplete", strings.Repeat("\t", max(cut.depth, 0))
	}
	if len(cut.errs) > 0 || cut.depth < 0 {
		return "invalid", ""
	}
	for i, c := range cut.chunks {
		if c.kind == packageName {
			continue
		}
		_, err := parseChunk(token.NewFileSet(), src, c)
		if err == nil {
			continue
		}
		if i == len(cut.chunks)-1 && failsAtEnd(src, err) {
			return "incomplete", ""
		}
		return "invalid", ""
	}
	return "complete", ""
}

// failsAtEnd tells whether the first error lies behind the last token, where
// more code may mend it.
func failsAtEnd(src source, err error) bool {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return false
	}
	line, column := src.place(len(strings.TrimRight(src.text, " \t\n;")))
	pos := list[0].Pos
	return pos.Line > line || pos.Line == line && pos.Column >= column
}
