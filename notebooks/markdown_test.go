package notebooks

import (
	"strings"
	"testing"
)

func markdown(source string) string {
	return strings.TrimSpace(newProsePage().html(source, &Cell{}))
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"emphasis", "*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <del>c</del></p>"},
		{"money", "It costs $5 and $10.", "<p>It costs $5 and $10.</p>"},
		{"escaped dollar", `\$x\$`, "<p>$x$</p>"},
		{"dollar in code", "`$x$`", "<p><code>$x$</code></p>"},
		{"unknown TeX stays readable", `$\unknown{a<b}$`, `<p><code class="tex">\unknown{a&lt;b}</code></p>`},
		{"a script goes", "a<script>alert(1)</script>b", "<p>ab</p>"},
		{"an event handler goes", `<b onclick="x()">a</b>`, "<p><b>a</b></p>"},
		{"a script address goes", `[a](javascript:x)`, "<p>a</p>"},
		{"a picture from elsewhere is a link", "![chip](https://example.org/c.png)", `<p><a href="https://example.org/c.png">chip</a></p>`},
		{"raw picture from elsewhere", `<img src="https://example.org/c.png">`, `<a href="https://example.org/c.png">https://example.org/c.png</a>`},
		{"characters for private use", "a\uE0000\uE001b $x$", ""},
		{"unclosed formula", "$$x", `<div><math display="block">`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := markdown(c.source)
			if c.want == "" {
				if strings.Count(got, "<math") != 1 || !strings.Contains(got, "a\uFFFD0\uFFFDb") {
					t.Errorf("got %s", got)
				}
				return
			}
			if got != c.want && !(strings.HasSuffix(c.want, `">`) && strings.HasPrefix(got, c.want)) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Formulas keep what Markdown would act on: underscores, stars, blank lines.
func TestMarkdownFormulas(t *testing.T) {
	for _, c := range []struct {
		source  string
		display bool
		tex     string
	}{
		{"a $x_1*y_2*z$ b", false, "x_1*y_2*z"},
		{"$a\n= b$", false, "a\n= b"},
		{"text $$x^2$$ text", true, "x^2"},
		{"$$\na\n\n- b\n$$", true, "a\n\n- b"},
		{"para\n$$ y = 1 $$", true, "y = 1"},
		{"\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}", true, "\\begin{aligned}\na &amp;= b \\\\\n&amp;= c\n\\end{aligned}"},
		{"> $$x$$", true, "x"},
		{"- item\n  $$\n  x\n  $$", true, "x"},
	} {
		got := markdown(c.source)
		mode := `display="inline"`
		if c.display {
			mode = `display="block"`
		}
		if strings.Count(got, "<math "+mode) != 1 || !strings.Contains(got, `x-tex">`+c.tex+"</annotation>") {
			t.Errorf("%q\n got %s\nwant one formula %s of %s", c.source, got, mode, c.tex)
		}
		if strings.Contains(got, "<em>") || strings.Contains(got, "$") {
			t.Errorf("%q\n got %s", c.source, got)
		}
	}
}

func TestMarkdownTableAndTasks(t *testing.T) {
	got := markdown("| a | b |\n|:--|--:|\n| 1 | 2 |\n\n- [x] done\n")
	for _, want := range []string{"<table>", `<th style="text-align: right">b</th>`, `<input checked="" disabled="" type="checkbox"`} {
		if !strings.Contains(got, want) && !strings.Contains(got, strings.ReplaceAll(want, ": ", ":")) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

func TestMarkdownCodeIsHighlighted(t *testing.T) {
	got := markdown("```go\nfunc f() {} // <x>\n```")
	if !strings.Contains(got, `<span class="kd">func</span>`) || !strings.Contains(got, "&lt;x&gt;") {
		t.Errorf("got %s", got)
	}
}

// Anchors are Jupyter's, and stay apart over all cells.
func TestHeadings(t *testing.T) {
	p := newProsePage()
	first := p.html("# The *device*, again\n\n## Ω\n\n## !", &Cell{})
	second := p.html("# The device, again", &Cell{})
	for _, want := range []string{`<h1 id="The-device-again">`, `href="#The-device-again"`, `<h2 id="Ω">`, `<h2 id="section">`} {
		if !strings.Contains(first, want) {
			t.Errorf("%s is not in\n%s", want, first)
		}
	}
	if !strings.Contains(second, `<h1 id="The-device-again-2">`) {
		t.Errorf("the second heading is %s", second)
	}
	if p.title != "The device, again" {
		t.Errorf("the title is %q", p.title)
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, source := range []string{"# a\n$$x", "`$a$` $b$\n> $$\nc\n$$", "<script>x</script>", "\\begin{a}\n\\end{a}", "[a](b) ![c](d)", "\uE0001\uE001$x$"} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		got := strings.ToLower(markdown(source))
		if strings.Contains(got, "<script") || strings.ContainsRune(got, slotOpen) {
			t.Errorf("%q\n%s", source, got)
		}
	})
}
