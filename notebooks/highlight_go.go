package notebooks

import (
	"go/scanner"
	"go/token"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// predeclared are the names that Go declares itself, by the class they are shown
// in.
var predeclared = func() map[string]chroma.TokenType {
	class := map[string]chroma.TokenType{}
	for names, c := range map[string]chroma.TokenType{
		"true false nil iota": chroma.KeywordConstant,
		"any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 " +
			"int64 rune string uint uint8 uint16 uint32 uint64 uintptr": chroma.KeywordType,
		"append cap clear close complex copy delete imag len make max min new panic print println " +
			"real recover": chroma.NameBuiltin,
	} {
		for name := range strings.FieldsSeq(names) {
			class[name] = c
		}
	}
	return class
}()

// goTokens splits Go as Go's own scanner does; code that is no Go comes out whole
// all the same.
func goTokens(source string) []chroma.Token {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(source))
	s.Init(file, []byte(source), nil, scanner.ScanComments)
	var tokens []chroma.Token
	add := func(class chroma.TokenType, text string) {
		if text != "" {
			tokens = append(tokens, chroma.Token{Type: class, Value: text})
		}
	}
	done := 0
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			break
		}
		begin := file.Offset(pos)
		end := begin + len(spelling(tok, literal))
		if end > len(source) || tok == token.SEMICOLON && literal != ";" || begin < done {
			continue // a semicolon that is not written, a carriage return left out
		}
		add(chroma.TextWhitespace, source[done:begin])
		add(classOf(tok, source[begin:end], source[end:]), source[begin:end])
		done = end
	}
	add(chroma.TextWhitespace, source[done:])
	return tokens
}

func spelling(tok token.Token, literal string) string {
	if tok.IsLiteral() || tok == token.COMMENT || tok == token.ILLEGAL || tok.IsKeyword() {
		return literal
	}
	return tok.String()
}

// classOf is the class of a token with what follows it.
func classOf(tok token.Token, text, rest string) chroma.TokenType {
	switch tok {
	case token.COMMENT:
		if strings.HasPrefix(text, "/*") {
			return chroma.CommentMultiline
		}
		return chroma.CommentSingle
	case token.STRING:
		return chroma.LiteralString
	case token.CHAR:
		return chroma.LiteralStringChar
	case token.INT, token.FLOAT, token.IMAG:
		return chroma.LiteralNumber
	case token.PACKAGE, token.IMPORT:
		return chroma.KeywordNamespace
	case token.FUNC, token.VAR, token.CONST, token.TYPE, token.STRUCT, token.INTERFACE, token.MAP, token.CHAN:
		return chroma.KeywordDeclaration
	case token.IDENT:
		if class, ok := predeclared[text]; ok {
			return class
		}
		if strings.HasPrefix(rest, "(") {
			return chroma.NameFunction
		}
		return chroma.NameOther
	case token.LPAREN, token.RPAREN, token.LBRACK, token.RBRACK, token.LBRACE, token.RBRACE,
		token.COMMA, token.SEMICOLON, token.PERIOD, token.COLON:
		return chroma.Punctuation
	}
	if tok.IsKeyword() {
		return chroma.Keyword
	}
	return chroma.Operator
}
