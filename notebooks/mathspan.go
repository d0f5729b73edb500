package notebooks

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"crossbook/notebooks/texmath"
)

// formula is a piece of TeX in Markdown, inside a line or as a block.
type formula struct {
	ast.BaseInline
	tex     string
	display bool
}

var kindFormula = ast.NewNodeKind("Formula")

func (*formula) Kind() ast.NodeKind              { return kindFormula }
func (f *formula) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }

// formulaBlock is a displayed formula that begins a line: $$ ... $$ or an
// environment. It may hold blank lines and what else Markdown would act on.
type formulaBlock struct {
	ast.BaseBlock
	end    string // what ends it
	closed bool
}

var kindFormulaBlock = ast.NewNodeKind("FormulaBlock")

func (*formulaBlock) Kind() ast.NodeKind              { return kindFormulaBlock }
func (f *formulaBlock) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }
func (*formulaBlock) IsRaw() bool                     { return true }

// tex is the formula's source without its dollar signs.
func (f *formulaBlock) tex(source []byte) string {
	all := strings.TrimSpace(string(f.Lines().Value(source)))
	if f.end == "$$" {
		all = strings.TrimSuffix(strings.TrimPrefix(all, "$$"), "$$")
	}
	return strings.TrimSpace(all)
}

// spanParser finds $...$ and $$...$$ inside paragraphs. A dollar sign before a
// space, or a closing one before a digit, is money.
type spanParser struct{}

func (spanParser) Trigger() []byte { return []byte{'$'} }

func (spanParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	mark := "$"
	if bytes.HasPrefix(line, []byte("$$")) {
		mark = "$$"
	}
	startLine, start := block.Position()
	block.Advance(len(mark))
	var tex strings.Builder
	for {
		line, _ := block.PeekLine()
		if line == nil {
			break
		}
		if end := closing(line, mark); end >= 0 {
			tex.Write(line[:end])
			if !isFormula(tex.String(), mark, line[end+len(mark):]) {
				break
			}
			block.Advance(end + len(mark))
			return &formula{tex: tex.String(), display: mark == "$$"}
		}
		tex.Write(line)
		block.AdvanceLine()
	}
	block.SetPosition(startLine, start)
	return nil
}

// closing is where the mark stands that ends a formula, -1 if it does not. A
// backslash takes the meaning from a dollar sign.
func closing(line []byte, mark string) int {
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
		} else if bytes.HasPrefix(line[i:], []byte(mark)) {
			return i
		}
	}
	return -1
}

func isFormula(tex, mark string, after []byte) bool {
	if strings.TrimSpace(tex) == "" {
		return false
	}
	if mark == "$$" {
		return true
	}
	spaced := strings.TrimSpace(tex) != tex
	digit := len(after) > 0 && '0' <= after[0] && after[0] <= '9'
	return !spaced && !digit
}

// blockParser finds displayed formulas.
type blockParser struct{}

func (blockParser) Trigger() []byte { return []byte{'$', '\\'} }

func (blockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	line = bytes.TrimSpace(line)
	f := &formulaBlock{}
	switch {
	case bytes.HasPrefix(line, []byte("$$")):
		f.end = "$$"
		line = line[2:]
	case bytes.HasPrefix(line, []byte(`\begin{`)):
		name, _, _ := bytes.Cut(line[len(`\begin{`):], []byte("}"))
		f.end = `\end{` + string(name) + "}"
	default:
		return nil, parser.NoChildren
	}
	if at := bytes.Index(line, []byte(f.end)); at >= 0 {
		if len(bytes.TrimSpace(line[at+len(f.end):])) > 0 {
			return nil, parser.NoChildren // text follows: a span of a paragraph
		}
		f.closed = true
	}
	f.add(reader)
	return f, parser.NoChildren
}

func (f *formulaBlock) add(reader text.Reader) {
	_, segment := reader.PeekLine()
	f.Lines().Append(segment)
	reader.AdvanceToEOL()
}

func (blockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	f := node.(*formulaBlock)
	if f.closed {
		return parser.Close
	}
	line, _ := reader.PeekLine()
	f.closed = bytes.Contains(line, []byte(f.end))
	f.add(reader)
	return parser.Continue | parser.NoChildren
}

func (blockParser) Close(ast.Node, text.Reader, parser.Context) {}
func (blockParser) CanInterruptParagraph() bool                 { return true }
func (blockParser) CanAcceptIndentedLine() bool                 { return false }

// mathHTML is a formula for the page: drawn by the browser, or its source when
// the translator does not know all of it.
func mathHTML(tex string, display bool) string {
	if markup, ok := texmath.MathML(tex, display); ok {
		return markup
	}
	source := html.EscapeString(strings.TrimSpace(tex))
	if display {
		return `<pre class="tex">` + source + "</pre>"
	}
	return `<code class="tex">` + source + "</code>"
}
