package notebooks

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"
)

func page(t *testing.T, nb *Notebook) string {
	t.Helper()
	var b bytes.Buffer
	if err := (Page{Title: "file.ipynb"}).Write(&b, nb); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPage(t *testing.T) {
	nb := everything()
	got := page(t, nb)
	for _, want := range []string{
		"<title>T</title>", `<h1 id="T">`, `aria-label="In 7"`, `aria-label="Out 7"`, `<pre class="raw">raw</pre>`,
		"prefers-color-scheme: dark", "@media print", "Content-Security-Policy", "Run by Crossbook",
	} {
		if want == "Run by Crossbook" {
			nb.Metadata["crossbook"] = map[string]any{"version": "1.2.3", "go": "go9"}
			got, want = page(t, nb), "Run by Crossbook 1.2.3, go9"
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
}

// The page fetches nothing and runs nothing, whatever is in the notebook.
func TestPageIsSelfContained(t *testing.T) {
	nb := everything()
	nb.Cells[0].Source = "![x](https://example.org/x.png) <img src='//example.org/y.png'> <link rel=stylesheet href=https://example.org/z.css>"
	got := page(t, nb)
	for _, bad := range []string{`<script`, `src="http`, `src="//`, `<link`, `@import`, `url(`} {
		if strings.Contains(got, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
}

func TestPageTitle(t *testing.T) {
	plain := notebook("x := 1")
	if got := page(t, plain); !strings.Contains(got, "<title>file.ipynb</title>") {
		t.Error("the title of a notebook without a heading is not the file's name")
	}
	plain.Metadata["title"] = "Given & kept"
	if got := page(t, plain); !strings.Contains(got, "<title>Given &amp; kept</title>") {
		t.Error("the title in the metadata does not count")
	}
}

// Hidden sources fold away, hidden outputs and empty cells are left out.
func TestPageHides(t *testing.T) {
	nb := notebook("secret()", "shown()", "")
	out := []Output{{Type: StreamOutput, Stream: "stdout", Text: "printed"}}
	nb.Cells[0].Outputs, nb.Cells[1].Outputs = out, out
	nb.Cells[0].Metadata["jupyter"] = map[string]any{"source_hidden": true}
	nb.Cells[1].Metadata["tags"] = []any{"hide-output"}
	got := page(t, nb)
	if n := strings.Count(got, "<details>"); n != 1 {
		t.Errorf("%d folded sources, want 1", n)
	}
	if n := strings.Count(got, "printed"); n != 1 {
		t.Errorf("%d outputs, want 1", n)
	}
	if n := strings.Count(got, `class="cell"`); n != 2 {
		t.Errorf("%d code cells, want 2", n)
	}
}

// Tags are balanced: nothing in a notebook breaks the page around it.
func TestPageIsBalanced(t *testing.T) {
	nb := everything()
	nb.Cells[0].Source = "</section></main><div>\n\n<b>open"
	nb.Cells[1].Outputs[1].Bundle.Data = map[string]any{"text/html": "</div></div><table><tr>"}
	got := page(t, nb)
	for _, tag := range []string{"section", "main", "div", "b", "table"} {
		opened := len(regexp.MustCompile("<"+tag+`[ >]`).FindAllString(got, -1))
		closed := strings.Count(got, "</"+tag+">")
		if opened != closed {
			t.Errorf("%d <%s> and %d </%[2]s>", opened, tag, closed)
		}
	}
}

// A page of a normal notebook takes less than a tenth of a second.
func TestPageIsFast(t *testing.T) {
	nb := notebook()
	for range 30 {
		nb.Cells = append(nb.Cells,
			Cell{Type: Markdown, ID: "m", Source: "## Head\n\nText $x_1^2$ and `code`.\n\n$$\\frac{a}{b}$$\n"},
			Cell{Type: Code, ID: "c", Source: "for i := range 3 {\n\tfmt.Println(i)\n}", Outputs: everything().Cells[1].Outputs})
	}
	best := time.Hour
	for range 5 { // the machine may be busy elsewhere
		begin := time.Now()
		page(t, nb)
		best = min(best, time.Since(begin))
	}
	if best > 100*time.Millisecond {
		t.Errorf("a page of 60 cells takes %v", best)
	}
	t.Logf("60 cells: %v", best)
}

func BenchmarkPage(b *testing.B) {
	nb := everything()
	for b.Loop() {
		if err := (Page{}).Write(&bytes.Buffer{}, nb); err != nil {
			b.Fatal(err)
		}
	}
}
