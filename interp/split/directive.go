package split

import (
	"go/token"
	"regexp"
	"strings"
)

// CompileDirective is the first line of a cell that is to be compiled.
const CompileDirective = "%compile"

// CutDirective blanks the directive in the first line of a cell. unknown is a
// directive that there is not.
func CutDirective(text string) (rest string, compile bool, unknown string) {
	if !strings.HasPrefix(text, "%") {
		return text, false, ""
	}
	line, _, _ := strings.Cut(text, "\n")
	rest = strings.Repeat(" ", len(line)) + text[len(line):]
	if strings.TrimRight(line, " \t") != CompileDirective {
		return rest, false, line
	}
	return rest, true, ""
}

// Directives of the compiler, in comments. Most of those that a notebook has mean
// nothing to an interpreter, but in a file of Go they must stand where they can mean
// something: before a function, or with "build" before the package clause.
var (
	ofFunction = regexp.MustCompile(`^//go:(noescape|norace|nosplit|noinline|nocheckptr|uintptrkeepalive|uintptrescapes|registerparams)\b`)
	ofFile     = regexp.MustCompile(`^//go:build\b`)
)

// directives collects the places of those that stand elsewhere.
type directives struct {
	waiting   []token.Pos // of those for a function, should one follow
	misplaced []token.Pos
	packaged  bool      // the package clause was there
	latest    token.Pos // of a token
}

// comment looks at a comment; inside tells that it is in the middle of a piece.
func (d *directives) comment(file *token.File, at token.Pos, text string, inside bool) {
	switch {
	case ofFile.MatchString(text) && d.packaged:
		d.misplaced = append(d.misplaced, at)
	case !ofFunction.MatchString(text):
	case inside || d.latest.IsValid() && file.Line(at) == file.Line(d.latest):
		d.misplaced = append(d.misplaced, at)
	default:
		d.waiting = append(d.waiting, at)
	}
}

// token looks at a token, which may be the first of a piece.
func (d *directives) token(tok token.Token, at token.Pos, first bool) {
	d.latest = at
	d.packaged = d.packaged || tok == token.PACKAGE
	if !first {
		return
	}
	if tok != token.FUNC {
		d.misplaced = append(d.misplaced, d.waiting...)
	}
	d.waiting = nil
}
