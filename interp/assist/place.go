package assist

import (
	"go/scanner"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeKind tells what surrounds a cursor.
type placeKind int

const (
	inCode    placeKind = iota // a name, or where one may stand
	inImport                   // the string of an import
	inIndex                    // a string that begins right after [
	inLiteral                  // another string, a number, a comment: nothing to say
)

// place is where a cursor stands.
type cursorPlace struct {
	kind       placeKind
	start, end int // the word or the inside of the string, as far as it is there
	operand    int // inIndex: where the [ is
}

// lexeme is a token with its extent.
type lexeme struct {
	tok        token.Token
	start, end int
	open       bool // a string or comment that does not end
}

// lex returns the tokens of a text, comments among them, automatic semicolons
// not.
func lex(text string) []lexeme {
	var out []lexeme
	file := token.NewFileSet().AddFile("", -1, len(text))
	var scan scanner.Scanner
	open := false
	scan.Init(file, []byte(text), func(_ token.Position, msg string) {
		open = open || strings.Contains(msg, "not terminated")
	}, scanner.ScanComments)
	for {
		pos, tok, lit := scan.Scan()
		if tok == token.EOF {
			return out
		}
		start := file.Offset(pos)
		size := len(lit)
		if size == 0 {
			size = len(tok.String())
		}
		if tok != token.SEMICOLON || lit == ";" {
			out = append(out, lexeme{tok, start, min(start+size, len(text)), open})
		}
		open = false
	}
}

// placeOf finds out where a cursor stands.
func placeOf(code string, at int) cursorPlace {
	before := lex(code[:at])
	if n := len(before); n > 0 {
		last := before[n-1]
		switch {
		case last.tok == token.STRING && last.open:
			return stringPlace(code, at, before)
		case last.tok == token.COMMENT && (last.open || strings.HasPrefix(code[last.start:], "//") && last.end == at):
			return cursorPlace{kind: inLiteral}
		case last.open, last.tok.IsLiteral() && last.tok != token.IDENT && last.end == at:
			return cursorPlace{kind: inLiteral}
		}
	}
	start, end := wordAt(code, at)
	if start == at {
		end = at
	}
	return cursorPlace{kind: inCode, start: start, end: end}
}

// stringPlace is the place inside the string with which before ends.
func stringPlace(code string, at int, before []lexeme) cursorPlace {
	last := before[len(before)-1]
	p := cursorPlace{kind: inLiteral, start: last.start + 1, end: at}
	quote := code[last.start]
	if n := strings.IndexAny(code[at:], "\n"+string(rune(quote))); n >= 0 && code[at+n] == quote {
		p.end = at + n
	}
	before = before[:len(before)-1]
	if n := len(before); n > 0 && before[n-1].tok == token.LBRACK {
		p.kind, p.operand = inIndex, before[n-1].start
		return p
	}
	for i := len(before) - 1; i >= 0; i-- {
		switch before[i].tok {
		case token.IMPORT:
			p.kind = inImport
			return p
		case token.LPAREN, token.IDENT, token.PERIOD, token.STRING, token.SEMICOLON, token.COMMENT:
		default:
			return p
		}
	}
	return p
}

// wordAt returns the extent of the identifier or number that touches an offset;
// empty if there is none.
func wordAt(code string, at int) (start, end int) {
	start, end = at, at
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(code[:start])
		if !wordRune(r) {
			break
		}
		start -= size
	}
	for end < len(code) {
		r, size := utf8.DecodeRuneInString(code[end:])
		if !wordRune(r) {
			break
		}
		end += size
	}
	return start, end
}

func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// clamp moves an offset into a text, to the beginning of a character.
func clamp(code string, at int) int {
	at = min(max(at, 0), len(code))
	for range utf8.UTFMax - 1 {
		if at == 0 || at == len(code) || utf8.RuneStart(code[at]) {
			break
		}
		at--
	}
	return at
}
