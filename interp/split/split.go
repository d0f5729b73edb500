package split

import (
	"fmt"
	"go/scanner"
	"go/token"
	"regexp"
)

// Kind tells how a piece of a cell is parsed.
type Kind int

const (
	Statements  Kind = iota // one or more statements
	Declaration             // import, type, const, var, func
	PackageName             // a package clause, which is ignored
)

// Chunk is a piece of a cell: one declaration, or the statements between two.
type Chunk struct {
	Kind  Kind
	Start int // offset in the cell
	End   int
}

// Pieces is the outcome of cutting a cell.
type Pieces struct {
	Chunks []Chunk
	depth  int               // brackets left open at the end
	Silent bool              // the cell ends with a semicolon: it shows no value
	open   bool              // the cell ends inside a string or a comment
	Errs   scanner.ErrorList // what the scanner rejects
}

// splitter walks the tokens of a cell.
type splitter struct {
	Pieces
	start  int           // offset of the current piece; -1 before its first token
	tokens []token.Token // of the current piece, as many as classify looks at
	file   *token.File
	header bool // inside the header of a for, if or switch at depth 0
	directives
}

// Cut cuts a cell into declarations and statements, which Go does not allow
// side by side at one level: automatic semicolons outside all brackets end a
// piece, those in the header of a for, an if or a switch do not.
func Cut(src string) Pieces {
	s := splitter{start: -1}
	s.file = token.NewFileSet().AddFile("", -1, len(src))
	file := s.file
	var scan scanner.Scanner
	scan.Init(file, []byte(src), s.fail, scanner.ScanComments)
	for {
		pos, tok, lit := scan.Scan()
		offset := file.Offset(pos)
		if tok == token.EOF {
			s.finish(len(src))
			s.misplaced = append(s.misplaced, s.waiting...)
			s.placeErrors()
			return s.Pieces
		}
		if tok == token.COMMENT {
			s.comment(file, pos, lit, s.start >= 0)
			if msg := refused(lit); msg != "" {
				s.Errs.Add(file.Position(pos), msg)
			}
			continue
		}
		s.directives.token(tok, pos, s.start < 0 && tok != token.SEMICOLON)
		s.token(offset, tok, lit)
	}
}

// placeErrors reports directives that a file of Go has in a wrong place.
func (s *splitter) placeErrors() {
	for _, pos := range s.misplaced {
		if s.packaged {
			s.Errs.Add(s.file.Position(pos), "misplaced compiler directive")
		}
	}
}

func (s *splitter) fail(pos token.Position, msg string) {
	s.Errs.Add(pos, msg)
	switch msg {
	case "raw string literal not terminated", "comment not terminated":
		s.open = true
	}
}

func (s *splitter) token(offset int, tok token.Token, lit string) {
	if tok == token.SEMICOLON && s.depth <= 0 {
		if s.header && lit == ";" {
			return
		}
		if lit == ";" {
			s.Silent = true
		}
		s.finish(offset)
		return
	}
	s.Silent = false
	if s.start < 0 {
		s.start = offset
	}
	s.nest(tok)
	const enough = 4096
	if len(s.tokens) < enough {
		s.tokens = append(s.tokens, tok)
	}
}

// nest follows brackets and the headers of statements that own a block.
func (s *splitter) nest(tok token.Token) {
	switch tok {
	case token.FOR, token.IF, token.SWITCH:
		s.header = s.header || s.depth == 0
	case token.LBRACE:
		if s.depth == 0 {
			s.header = false
		}
		s.depth++
	case token.LPAREN, token.LBRACK:
		s.depth++
	case token.RPAREN, token.RBRACE, token.RBRACK:
		s.depth--
	}
}

// finish ends the current piece; adjacent statements become one piece.
func (s *splitter) finish(end int) {
	s.header = false
	if s.start < 0 {
		return
	}
	kind := classify(s.tokens)
	if kind == PackageName && !packageClause(s.tokens) {
		s.Errs.Add(s.file.Position(s.file.Pos(s.start)), "package name must be an identifier")
	}
	if n := len(s.Chunks); kind == Statements && n > 0 && s.Chunks[n-1].Kind == Statements {
		s.Chunks[n-1].End = end
	} else {
		s.Chunks = append(s.Chunks, Chunk{kind, s.start, end})
	}
	s.start, s.tokens = -1, s.tokens[:0]
}

// classify tells from its first tokens what a piece is.
func classify(tokens []token.Token) Kind {
	switch tokens[0] {
	case token.PACKAGE:
		return PackageName
	case token.IMPORT, token.TYPE, token.CONST, token.VAR:
		return Declaration
	case token.FUNC:
		if len(tokens) > 1 && (tokens[1] == token.IDENT || methodHead(tokens)) {
			return Declaration
		}
	}
	return Statements
}

// methodHead tells a method, func (r T) Name(, from a function literal.
func methodHead(tokens []token.Token) bool {
	depth := 0
	for i, tok := range tokens {
		switch tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			if depth--; depth == 0 {
				return i+2 < len(tokens) && tokens[i+1] == token.IDENT && tokens[i+2] == token.LPAREN
			}
		}
	}
	return false
}

// packageClause tells whether tokens are one.
func packageClause(tokens []token.Token) bool {
	return len(tokens) == 2 && tokens[1] == token.IDENT
}

// directive matches comments that tell the compiler what a cell cannot have.
var directive = regexp.MustCompile(`^//go:(embed|linkname|wasmexport|wasmimport|cgo_\w+|nowritebarrier\w*|yeswritebarrierrec|systemstack|notinheap)\b`)

// refused returns the error about a compiler directive that begins a comment.
func refused(comment string) string {
	found := directive.FindString(comment)
	if found == "" {
		return ""
	}
	return fmt.Sprintf("a notebook has no %s", found)
}
