package notebooks

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"

	"crossbook/kernel/display"
)

// outputHTML is one output of a code cell as safe HTML.
func (p *prosePage) outputHTML(o *Output) string {
	switch o.Type {
	case StreamOutput:
		return `<pre class="stream ` + streamClass(o.Stream) + `">` + ansiHTML(o.Text) + "</pre>"
	case ErrorOutput:
		text := strings.Join(o.Traceback, "\n")
		if text == "" {
			text = o.Error + ": " + o.Message
		}
		return `<pre class="error">` + ansiHTML(text) + "</pre>"
	}
	return p.bundleHTML(o.Bundle)
}

func streamClass(name string) string {
	if name == "stderr" {
		return "stderr"
	}
	return "stdout"
}

// bundleHTML shows the richest representation that is safe and not empty.
func (p *prosePage) bundleHTML(b display.Bundle) string {
	for _, mime := range []string{"image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"} {
		if data, ok := b.Data[mime].(string); ok {
			if address := imageAddress(mime, data); address != "" {
				return imageHTML(address, mime, b)
			}
		}
	}
	if text, ok := b.Data["text/html"].(string); ok {
		if safe := sanitise((&slots{}).clean(text), p.finder(&Cell{})); strings.TrimSpace(plainHTML(safe)) != "" || strings.Contains(safe, "<img") {
			return `<div class="html">` + safe + "</div>"
		}
	}
	if text, ok := b.Data["text/markdown"].(string); ok {
		return `<div class="html">` + p.html(text, &Cell{}) + "</div>"
	}
	if text, ok := b.Data["text/latex"].(string); ok {
		return `<div class="latex">` + latexHTML(text) + "</div>"
	}
	if text, ok := b.Data["text/plain"].(string); ok {
		return `<pre class="plain">` + ansiHTML(text) + "</pre>"
	}
	return otherHTML(b)
}

// plainHTML is HTML less its tags, near enough to see whether anything is left.
func plainHTML(s string) string {
	var b strings.Builder
	for s != "" {
		before, rest, _ := strings.Cut(s, "<")
		b.WriteString(before)
		_, s, _ = strings.Cut(rest, ">")
	}
	return b.String()
}

// imageHTML shows a picture in the size that its metadata asks for.
func imageHTML(address, mime string, b display.Bundle) string {
	size := ""
	meta, _ := b.Metadata[mime].(map[string]any)
	for _, side := range []string{"width", "height"} {
		if n, ok := pixels(meta[side]); ok {
			size += fmt.Sprintf(` %s="%g"`, side, n)
		}
	}
	words, _ := b.Data["text/plain"].(string)
	return `<img src="` + address + `"` + size + ` alt="` + html.EscapeString(plainANSI(words)) + `">`
}

func pixels(v any) (float64, bool) {
	var n float64
	switch v := v.(type) {
	case json.Number:
		n, _ = v.Float64()
	case int:
		n = float64(v)
	case float64:
		n = v
	}
	return n, n > 0 && n < 1e5
}

// latexHTML shows TeX with or without dollar signs.
func latexHTML(text string) string {
	tex := strings.TrimSpace(text)
	for _, mark := range []string{"$$", "$"} {
		if inner, ok := strings.CutPrefix(tex, mark); ok && len(tex) > 2*len(mark) {
			return mathHTML(strings.TrimSuffix(inner, mark), true)
		}
	}
	return mathHTML(tex, true)
}

// otherHTML shows JSON as such, and names what a page cannot show.
func otherHTML(b display.Bundle) string {
	if value, ok := b.Data["application/json"]; ok {
		if data, err := json.MarshalIndent(value, "", "  "); err == nil {
			return `<pre class="plain">` + highlight(string(data), "json") + "</pre>"
		}
	}
	types := slices.Sorted(maps.Keys(b.Data))
	if len(types) == 0 {
		return ""
	}
	return `<p class="note">An output of type ` + html.EscapeString(strings.Join(types, ", ")) + ` is not shown here.</p>`
}
