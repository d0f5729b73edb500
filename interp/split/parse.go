package split

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"path"
	"strconv"
	"strings"
)

// Source is a cell as it was typed, with what the messages about it need.
type Source struct {
	Count int // of the cell, in messages
	Text  string
	File  string // of a package: its name; "" for a cell

	Compile bool   // the cell is to be compiled
	Unknown string // a directive that there is not
}

// NewSource normalises the line ends of a cell and takes its directive out.
func NewSource(count int, code string) Source {
	text, compile, unknown := CutDirective(strings.ReplaceAll(code, "\r\n", "\n"))
	return Source{Count: count, Text: text, Compile: compile, Unknown: unknown}
}

// Name is the file name of the cell in positions and messages.
func (s Source) Name() string {
	if s.File != "" {
		return s.File
	}
	return "cell [" + strconv.Itoa(s.Count) + "]"
}

// Line returns a line of the cell, counted from 1, "" outside.
func (s Source) Line(n int) string {
	lines := strings.Split(s.Text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// Place returns the line and column of an offset.
func (s Source) Place(offset int) (line, column int) {
	before := s.Text[:offset]
	return 1 + strings.Count(before, "\n"), offset - strings.LastIndex(before, "\n")
}

// OffsetOf returns the offset of a line and column; it is the inverse of Source.Place.
func OffsetOf(text string, line, column int) int {
	offset := 0
	for range line - 1 {
		n := strings.IndexByte(text[offset:], '\n')
		if n < 0 {
			return len(text)
		}
		offset += n + 1
	}
	return min(offset+max(column-1, 0), len(text))
}

// Lines returns the offsets at which the lines of a text begin.
func Lines(text string) []int {
	starts := make([]int, 1, 1+strings.Count(text, "\n"))
	for at := range len(text) {
		if text[at] == '\n' {
			starts = append(starts, at+1)
		}
	}
	return starts
}

// Parsed is the syntax of one chunk.
type Parsed struct {
	Decls []ast.Decl
	Stmts []ast.Stmt
	Bound []*ast.Ident // names of something local, where names were resolved
}

// Parse parses a chunk with the positions that it has in the cell.
func Parse(fset *token.FileSet, src Source, c Chunk) (Parsed, error) {
	return parseMode(fset, src, c, parser.SkipObjectResolution)
}

// ParseResolved parses a chunk and finds out which of its names are local.
func ParseResolved(fset *token.FileSet, src Source, c Chunk) (Parsed, error) {
	p, err := parseMode(fset, src, c, 0)
	forget := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Obj != nil {
			id.Obj = nil // which would keep trees alive
			p.Bound = append(p.Bound, id)
		}
		return true
	}
	for _, d := range p.Decls {
		ast.Inspect(d, forget)
	}
	for _, st := range p.Stmts {
		ast.Inspect(st, forget)
	}
	return p, err
}

func parseMode(fset *token.FileSet, src Source, c Chunk, mode parser.Mode) (Parsed, error) {
	line, column := src.Place(c.Start) // the line directive adds the file's folder, so that has none
	directive := fmt.Sprintf("/*line %s:%d:%d*/", src.Name(), line, column)
	text := strings.TrimRight(src.Text[c.Start:c.End], " \t\n;")
	if c.Kind == Statements {
		f, err := parser.ParseFile(fset, path.Base(src.Name()), "package main; func _() {"+directive+text+"\n}", mode)
		if err != nil {
			return Parsed{}, err
		}
		if len(f.Decls) != 1 { // a stray } closed the function
			return Parsed{}, scanner.ErrorList{{Pos: fset.Position(f.Decls[1].Pos()), Msg: "unexpected }"}}
		}
		bareCalls(f)
		return Parsed{Stmts: f.Decls[0].(*ast.FuncDecl).Body.List}, nil
	}
	f, err := parser.ParseFile(fset, path.Base(src.Name()), "package main; "+directive+text+"\n", mode)
	if err != nil {
		return Parsed{}, err
	}
	bareCalls(f)
	return Parsed{Decls: f.Decls}, nil
}

// bareCalls takes what is called out of its parentheses, where it is a name or a
// literal: all that follows looks for these.
func bareCalls(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			switch x := ast.Unparen(call.Fun).(type) {
			case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr, *ast.FuncLit:
				call.Fun = x
			}
		}
		return true
	})
}
