package notebooks

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// policy says which HTML of a notebook reaches the page: what prose, tables and
// figures need, never scripts, forms, frames or addresses outside the page.
var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "section", "article", "details", "summary", "figure", "figcaption",
		"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "kbd", "samp", "var", "b", "strong", "i",
		"em", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "q", "cite", "abbr", "dfn", "center", "tt")
	p.AllowLists()
	p.AllowTables()
	p.AllowAttrs("border", "cellpadding", "cellspacing").Matching(bluemonday.Integer).OnElements("table")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").OnElements("input")
	p.AllowAttrs("value", "max").Matching(bluemonday.Number).OnElements("progress", "meter")
	p.AllowElements("progress", "meter")

	p.AllowStandardURLs()
	p.RequireNoFollowOnLinks(false)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("src").Matching(dataImage).OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.NumberOrPercent).OnElements("img", "progress", "td", "th", "col")
	p.AllowDataURIImages()

	p.AllowAttrs("title", "lang", "dir").Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[\p{L}\p{N}_.:-]+$`)).Globally()
	p.AllowAttrs("class").Matching(bluemonday.SpaceSeparatedTokens).Globally()
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("p", "div", "h1", "h2", "h3", "img")
	allowStyles(p)
	return p
}

// allowStyles permits inline styles that colour, space and align; none that
// fetch, nor any that place a box over the rest of the page.
func allowStyles(p *bluemonday.Policy) {
	safe := func(value string) bool {
		return !strings.ContainsAny(value, `\@{}<>"`) && !strings.Contains(value, "url")
	}
	p.AllowStyles("color", "background", "background-color", "opacity",
		"font-size", "font-weight", "font-style", "font-family", "font-variant", "font-variant-numeric", "line-height",
		"text-align", "text-decoration", "text-indent", "vertical-align", "white-space", "letter-spacing",
		"width", "height", "min-width", "max-width", "max-height", "display", "overflow", "overflow-x", "gap",
		"flex", "flex-direction", "flex-wrap", "align-items", "justify-content", "grid-template-columns",
		"margin", "margin-top", "margin-right", "margin-bottom", "margin-left",
		"padding", "padding-top", "padding-right", "padding-bottom", "padding-left",
		"border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-style",
		"border-width", "border-radius", "border-collapse", "border-spacing").MatchingHandler(safe).Globally()
}

// sanitise returns the safe part of somebody's HTML, with every element closed,
// so that it stays where it is put. Pictures are found by images; one that it
// does not find becomes a link.
func sanitise(source string, images func(address string) string) string {
	place := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}
	nodes, err := html.ParseFragment(strings.NewReader(source), place)
	if err != nil {
		return html.EscapeString(source)
	}
	var b strings.Builder
	for _, n := range nodes {
		place.AppendChild(n)
	}
	placePictures(place, images)
	for n := range place.ChildNodes() {
		if err := html.Render(&b, n); err != nil {
			return html.EscapeString(source)
		}
	}
	return policy.Sanitize(b.String())
}

// placePictures gives every picture under a node its data.
func placePictures(place *html.Node, images func(address string) string) {
	for n := range place.Descendants() {
		if n.DataAtom != atom.Img {
			continue
		}
		for i := range n.Attr {
			a := &n.Attr[i]
			if a.Key != "src" {
				continue
			}
			if found := images(a.Val); found != "" {
				a.Val = found
				continue
			}
			a.Key, n.Data, n.DataAtom = "href", "a", atom.A
		}
		if n.DataAtom == atom.A {
			n.AppendChild(&html.Node{Type: html.TextNode, Data: pictureName(n)})
		}
	}
}

// pictureName is what to call a picture that is not shown.
func pictureName(n *html.Node) string {
	name := "picture"
	for _, a := range n.Attr {
		if a.Key == "alt" && a.Val != "" {
			return a.Val
		}
		if a.Key == "href" {
			name = a.Val
		}
	}
	return name
}

// slots holds markup of our own (highlighted code, formulas) out of the
// sanitiser's reach: its place in the text is kept by characters for private
// use, which nobody's text contains because clean takes them out first.
type slots struct{ kept []string }

const slotOpen, slotClose = '\uE000', '\uE001'

var slotPattern = regexp.MustCompile(`\x{E000}(\d+)\x{E001}`)

// clean takes the characters that mark slots out of a text.
func (s *slots) clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r == slotOpen || r == slotClose {
			return '\uFFFD'
		}
		return r
	}, text)
}

// keep stores trusted markup and returns what stands for it.
func (s *slots) keep(markup string) string {
	s.kept = append(s.kept, markup)
	return fmt.Sprintf("%c%d%c", slotOpen, len(s.kept)-1, slotClose)
}

// fill puts the markup back in place.
func (s *slots) fill(text string) string {
	return slotPattern.ReplaceAllStringFunc(text, func(mark string) string {
		var i int
		if _, err := fmt.Sscanf(mark, string(slotOpen)+"%d", &i); err != nil || i >= len(s.kept) {
			return ""
		}
		return s.kept[i]
	})
}
