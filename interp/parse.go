package interp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// source is a cell as it was typed, with what the messages about it need.
type source struct {
	count int
	text  string
}

// newSource normalises the line ends of a cell.
func newSource(count int, code string) source {
	return source{count, strings.ReplaceAll(code, "\r\n", "\n")}
}

// name is the file name of the cell in positions and messages.
func (s source) name() string { return fmt.Sprintf("cell [%d]", s.count) }

// line returns a line of the cell, counted from 1, "" outside.
func (s source) line(n int) string {
	lines := strings.Split(s.text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// place returns the line and column of an offset.
func (s source) place(offset int) (line, column int) {
	before := s.text[:offset]
	return 1 + strings.Count(before, "\n"), offset - strings.LastIndex(before, "\n")
}

// parsed is the syntax of one chunk.
type parsed struct {
	decls []ast.Decl
	stmts []ast.Stmt
}

// parseChunk parses a chunk with the positions that it has in the cell.
func parseChunk(fset *token.FileSet, src source, c chunk) (parsed, error) {
	line, column := src.place(c.start)
	directive := fmt.Sprintf("/*line %s:%d:%d*/", src.name(), line, column)
	text := strings.TrimRight(src.text[c.start:c.end], " \t\n;")
	if c.kind == statements {
		f, err := parser.ParseFile(fset, src.name(), "package main; func _() {"+directive+text+"\n}", parser.SkipObjectResolution)
		if err != nil {
			return parsed{}, err
		}
		if len(f.Decls) != 1 { // a stray } closed the function
			return parsed{}, scanner.ErrorList{{Pos: fset.Position(f.Decls[1].Pos()), Msg: "unexpected }"}}
		}
		return parsed{stmts: f.Decls[0].(*ast.FuncDecl).Body.List}, nil
	}
	f, err := parser.ParseFile(fset, src.name(), "package main; "+directive+text+"\n", parser.SkipObjectResolution)
	if err != nil {
		return parsed{}, err
	}
	return parsed{decls: f.Decls}, nil
}
