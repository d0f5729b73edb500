package notebooks

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// TestHighlightKeepsTheText holds for every language, code that is not whole
// included.
func TestHighlightKeepsTheText(t *testing.T) {
	tags := regexp.MustCompile(`<[^>]*>`)
	for _, source := range []string{
		"func f(x int) string { return `raw\n\"` + \"s\\n\" // end\n}\n/* more */\nx := 'c'\n",
		"a := 1\r\nb := `x\r\ny`\r\n", "\"unfinished", "x @ # \x00 \xff y", "", "\n\n  \n", "/* open",
		`{"a": [1, null, true]}`, "def f(x):\n    return f'{x}'\n", "if [ -f x ]; then echo \"$y\"; fi\n", "fünf := π < 3 && 5 > 4",
	} {
		for _, language := range []string{"go", "json", "python", "sh", "", "none"} {
			shown := html.UnescapeString(tags.ReplaceAllString(highlight(source, language), ""))
			if normal(shown) != normal(source) {
				t.Errorf("%s: %q comes out as %q", language, source, shown)
			}
		}
	}
}

// normal is text without what a browser does not show either: carriage returns,
// bytes that are no UTF-8, a last newline.
func normal(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r", ""), "\ufffd")
	return strings.TrimSuffix(text, "\n")
}

func TestHighlightGo(t *testing.T) {
	got := highlight("var x = fmt.Sprint(nil, 1.5, \"s\") // note", "go")
	for _, want := range []string{
		`<span class="kd">var</span>`, `<span class="nf">Sprint</span>`, `<span class="kc">nil</span>`,
		`<span class="m">1.5</span>`, `<span class="s">&#34;s&#34;</span>`, `<span class="c1">// note</span>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
}
