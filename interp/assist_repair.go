package interp

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"

	"crossbook/interp/naming"
	"crossbook/interp/split"
)

// draft is a cell that may be incomplete, arranged as one file around a word.
type draft struct {
	file *ast.File
	pos  token.Pos // of the word
	errs int       // of the syntax
}

// parseDraft parses code in which something may be missing: as it stands, or cut
// off behind the word with what would complete it, whichever has fewer errors.
func parseDraft(fset *token.FileSet, code string, start, end int) *draft {
	cut := split.Cut(code)
	at := -1
	for i, c := range cut.Chunks {
		if c.Start <= start && start < c.End {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	own := cut.Chunks[at]
	head := code[own.Start:end]
	closing := closers(head)
	texts := []string{code[own.Start:own.End], head + closing, head + "()" + closing, head + ":" + closing, head + closing + "()"}
	var best *draft
	for _, text := range texts {
		d := arrange(fset, code, cut.Chunks, piece{at, text, start - own.Start})
		if best == nil || d.errs < best.errs {
			best = d
		}
		if best.errs == 0 {
			break
		}
	}
	return best
}

// piece replaces the text of a chunk.
type piece struct {
	index  int
	text   string
	offset int // of the word in text
}

// arrange writes the chunks as a file: imports, declarations, then the
// statements as a function.
func arrange(fset *token.FileSet, code string, chunks []split.Chunk, own piece) *draft {
	var b strings.Builder
	word := 0
	write := func(i int) {
		text := code[chunks[i].Start:chunks[i].End]
		if i == own.index {
			text, word = own.text, b.Len()+own.offset
		}
		b.WriteString(text + "\n")
	}
	isImport := func(c split.Chunk) bool {
		return c.Kind == split.Declaration && strings.HasPrefix(code[c.Start:], "import")
	}
	b.WriteString("package main\n")
	for i, c := range chunks {
		if isImport(c) {
			write(i)
		}
	}
	for i, c := range chunks {
		if c.Kind == split.Declaration && !isImport(c) {
			write(i)
		}
	}
	b.WriteString("func " + naming.CellFunc + "() {\n")
	for i, c := range chunks {
		if c.Kind == split.Statements {
			write(i)
		}
	}
	b.WriteString("}\n")
	f, err := parser.ParseFile(fset, "", b.String(), parser.SkipObjectResolution|parser.AllErrors)
	d := &draft{file: f, pos: fset.File(f.FileStart).Pos(word)}
	if list, ok := err.(scanner.ErrorList); ok {
		d.errs = len(list)
	}
	if findWord(f, d.pos) == nil {
		const lost = 1000
		d.errs += lost
	}
	return d
}

// closers returns what closes the brackets that a text leaves open, and gives
// the statements whose header it ends in a body.
func closers(text string) string {
	var stack []token.Token
	pop := func() {
		if len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
	}
	top := func() token.Token {
		if len(stack) == 0 {
			return token.ILLEGAL
		}
		return stack[len(stack)-1]
	}
	for _, l := range lex(text) {
		switch l.tok {
		case token.FOR, token.IF, token.SWITCH, token.SELECT, token.LPAREN, token.LBRACK:
			stack = append(stack, l.tok)
		case token.LBRACE:
			if top().IsKeyword() {
				pop()
			}
			stack = append(stack, l.tok)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			pop()
		}
	}
	var b strings.Builder
	for i := len(stack) - 1; i >= 0; i-- {
		switch stack[i] {
		case token.LPAREN:
			b.WriteString(")")
		case token.LBRACK:
			b.WriteString("]")
		case token.LBRACE:
			b.WriteString("}")
		default:
			b.WriteString(" {}")
		}
	}
	return b.String()
}

// findWord returns the nodes from the file down to the identifier at a position;
// nil if there is none.
func findWord(f *ast.File, pos token.Pos) []ast.Node {
	var path, found []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		if found != nil {
			return false
		}
		path = append(path, n)
		if id, ok := n.(*ast.Ident); ok && id.Pos() == pos {
			found = append([]ast.Node{}, path...)
		}
		return true
	})
	return found
}
