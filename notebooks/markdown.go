package notebooks

import (
	"fmt"
	"html"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	rendererhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// prosePage turns the Markdown of one notebook into HTML; headings keep their
// anchors apart over all cells.
type prosePage struct {
	anchors anchors
	images  func(address string, cell *Cell) string // where an image is found, "" nowhere
	title   string                                  // text of the first heading
}

func newProsePage() *prosePage {
	return &prosePage{anchors: anchors{}, images: func(address string, cell *Cell) string { return findImage("", address, cell) }}
}

// html renders one piece of Markdown, safe for the page.
func (p *prosePage) html(source string, cell *Cell) string {
	kept := &slots{}
	raw := []byte(kept.clean(source))
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithInlineParsers(util.Prioritized(spanParser{}, 150)),
			parser.WithBlockParsers(util.Prioritized(blockParser{}, 150)),
		),
		goldmark.WithRendererOptions(
			rendererhtml.WithUnsafe(), // the sanitiser comes after
			renderer.WithNodeRenderers(util.Prioritized(&proseRenderer{prosePage: p, kept: kept, cell: cell}, 100)),
		),
	)
	document := md.Parser().Parse(text.NewReader(raw), parser.WithContext(parser.NewContext(parser.WithIDs(p.anchors))))
	if p.title == "" {
		p.title = firstHeading(document, raw)
	}
	var b strings.Builder
	if err := md.Renderer().Render(&b, raw, document); err != nil {
		return "<pre>" + html.EscapeString(source) + "</pre>"
	}
	return kept.fill(sanitise(b.String(), p.finder(cell)))
}

// finder finds the pictures of one cell.
func (p *prosePage) finder(cell *Cell) func(address string) string {
	return func(address string) string { return p.images(address, cell) }
}

func firstHeading(document ast.Node, source []byte) string {
	for n := document.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindHeading {
			return plainText(n, source)
		}
	}
	return ""
}

// plainText is the text of a node without its markup.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(source))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *formula:
			b.WriteString(n.tex)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// anchors hands out the ids of headings as Jupyter does: the heading with
// hyphens for spaces, so that links written for it lead there.
type anchors map[string]bool

func (a anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	base := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return '-'
		case unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("_.:-", r):
			return r
		}
		return -1
	}, strings.TrimSpace(string(value)))
	if base == "" {
		base = "section"
	}
	id := base
	for n := 2; a[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	a[id] = true
	return []byte(id)
}

func (a anchors) Put(value []byte) { a[string(value)] = true }

// proseRenderer renders what goldmark's own renderer does not do as we want.
type proseRenderer struct {
	*prosePage
	kept *slots
	cell *Cell
}

func (r *proseRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindFormula, r.formula)
	reg.Register(kindFormulaBlock, r.formulaBlock)
	reg.Register(ast.KindFencedCodeBlock, r.codeBlock)
	reg.Register(ast.KindImage, r.image)
	reg.Register(ast.KindHeading, r.heading)
}

func (r *proseRenderer) formula(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if f := n.(*formula); entering {
		_, _ = w.WriteString(r.kept.keep(mathHTML(f.tex, f.display)))
	}
	return ast.WalkContinue, nil
}

func (r *proseRenderer) formulaBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if f := n.(*formulaBlock); entering {
		_, _ = w.WriteString("<div>" + r.kept.keep(mathHTML(f.tex(source), true)) + "</div>\n")
	}
	return ast.WalkContinue, nil
}

func (r *proseRenderer) codeBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if block := n.(*ast.FencedCodeBlock); entering {
		code := highlight(string(block.Lines().Value(source)), string(block.Language(source)))
		_, _ = w.WriteString("<pre>" + r.kept.keep("<code class=\"chroma\">"+code+"</code>") + "</pre>\n")
	}
	return ast.WalkSkipChildren, nil
}

func (r *proseRenderer) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	h := n.(*ast.Heading)
	id, _ := n.AttributeString("id")
	name, _ := id.([]byte)
	if entering {
		_, _ = fmt.Fprintf(w, `<h%d id="%s">`, h.Level, html.EscapeString(string(name)))
		return ast.WalkContinue, nil
	}
	link := fmt.Sprintf(`<a class="anchor" href="#%s" aria-label="link to this heading">#</a>`, html.EscapeString(string(name)))
	_, _ = fmt.Fprintf(w, "%s</h%d>\n", r.kept.keep(link), h.Level)
	return ast.WalkContinue, nil
}

// image leaves the picture to the sanitiser, which finds pictures in HTML too.
func (r *proseRenderer) image(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		address, words := string(n.(*ast.Image).Destination), plainText(n, source)
		_, _ = fmt.Fprintf(w, `<img src="%s" alt="%s">`, html.EscapeString(address), html.EscapeString(words))
	}
	return ast.WalkSkipChildren, nil
}
