package interp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"path"
	"strings"
)

// source is a cell as it was typed, with what the messages about it need.
type source struct {
	count int
	text  string
	file  string // of a package: its name; "" for a cell

	compile bool   // the cell is to be compiled
	unknown string // a directive that there is not
}

// newSource normalises the line ends of a cell.
func newSource(count int, code string) source {
	text, compile, unknown := cutDirective(strings.ReplaceAll(code, "\r\n", "\n"))
	return source{count: count, text: text, compile: compile, unknown: unknown}
}

// name is the file name of the cell in positions and messages.
func (s source) name() string {
	if s.file != "" {
		return s.file
	}
	return fmt.Sprintf("cell [%d]", s.count)
}

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
	bound []*ast.Ident // names of something local, where names were resolved
}

// parseChunk parses a chunk with the positions that it has in the cell.
func parseChunk(fset *token.FileSet, src source, c chunk) (parsed, error) {
	return parseMode(fset, src, c, parser.SkipObjectResolution)
}

// parseResolved parses a chunk and finds out which of its names are local.
func parseResolved(fset *token.FileSet, src source, c chunk) (parsed, error) {
	p, err := parseMode(fset, src, c, 0)
	forget := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Obj != nil {
			id.Obj = nil // which would keep trees alive
			p.bound = append(p.bound, id)
		}
		return true
	}
	for _, d := range p.decls {
		ast.Inspect(d, forget)
	}
	for _, st := range p.stmts {
		ast.Inspect(st, forget)
	}
	return p, err
}

func parseMode(fset *token.FileSet, src source, c chunk, mode parser.Mode) (parsed, error) {
	line, column := src.place(c.start) // the line directive adds the file's folder, so that has none
	directive := fmt.Sprintf("/*line %s:%d:%d*/", src.name(), line, column)
	text := strings.TrimRight(src.text[c.start:c.end], " \t\n;")
	if c.kind == statements {
		f, err := parser.ParseFile(fset, path.Base(src.name()), "package main; func _() {"+directive+text+"\n}", mode)
		if err != nil {
			return parsed{}, err
		}
		if len(f.Decls) != 1 { // a stray } closed the function
			return parsed{}, scanner.ErrorList{{Pos: fset.Position(f.Decls[1].Pos()), Msg: "unexpected }"}}
		}
		return parsed{stmts: f.Decls[0].(*ast.FuncDecl).Body.List}, nil
	}
	f, err := parser.ParseFile(fset, path.Base(src.name()), "package main; "+directive+text+"\n", mode)
	if err != nil {
		return parsed{}, err
	}
	return parsed{decls: f.Decls}, nil
}
