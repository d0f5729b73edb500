package display

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// HTML is a piece of HTML that shows itself; its text is what remains without
// the tags.
func HTML(source string) Bundle {
	return media(textHTML, source, stripTags(source))
}

// Markdown is text in Markdown that shows itself, formulas between dollar signs
// included.
func Markdown(source string) Bundle { return media("text/markdown", source, source) }

// Latex is a formula that shows itself: "$E = \\frac{1}{2} C V^2$", or an
// environment such as equation.
func Latex(source string) Bundle { return media("text/latex", source, source) }

// SVG is a drawing that shows itself.
func SVG(source string) Bundle { return media("image/svg+xml", source, "SVG drawing") }

// PNG is an encoded image that shows itself, at its size in pixels.
func PNG(encoded []byte) Bundle {
	return complete(nil, map[string]any{imagePNG: encoded, textPlain: "PNG image"}, nil)
}

// JSON shows any value as the tree of its JSON form; its text is that form,
// indented. What encoding/json refuses, a NaN among them, shows the reason.
func JSON(v any) Bundle {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return plain(err.Error())
	}
	return complete(nil, map[string]any{"application/json": json.RawMessage(text), textPlain: string(text)}, nil)
}

func media(mime, source, text string) Bundle {
	return complete(nil, map[string]any{mime: source, textPlain: text}, nil)
}

var (
	unseen   = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)>|<!--.*?-->`)
	rowEnd   = regexp.MustCompile(`(?i)</(tr|p|div|h[1-6]|li|table|pre)>|<br\s*/?>`)
	cellEnd  = regexp.MustCompile(`(?i)</t[dh]>`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	manyEnds = regexp.MustCompile(`[ \t]*\n\s*`)
)

// stripTags gives the readable text of a piece of HTML, a table row a line.
func stripTags(source string) string {
	text := unseen.ReplaceAllString(source, "")
	text = rowEnd.ReplaceAllString(text, "\n")
	text = cellEnd.ReplaceAllString(text, "  ")
	text = anyTag.ReplaceAllString(text, "")
	text = manyEnds.ReplaceAllString(text, "\n")
	return strings.TrimSpace(html.UnescapeString(text))
}
