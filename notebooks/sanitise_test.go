package notebooks

import (
	"strings"
	"testing"
)

func TestSanitise(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"script", `a<script>x</script>b`, "ab"},
		{"style sheet", `<style>body{display:none}</style>a`, "a"},
		{"frame", `<iframe src="https://example.org"></iframe>a`, "a"},
		{"form", `<form action="x"><input type="text" name="a"></form>`, ""},
		{"svg", `<svg onload="x()"><script>y</script></svg>a`, "a"},
		{"handler", `<div onmouseover="x()">a</div>`, "<div>a</div>"},
		{"table with inline styles", `<table class="t"><tr><td style="text-align:right;color:#123456">1</td></tr></table>`, `<table class="t"><tbody><tr><td style="text-align: right; color: #123456">1</td></tr></tbody></table>`},
		{"style that fetches", `<p style="background:url(https://example.org/x)">a</p>`, "<p>a</p>"},
		{"style that covers the page", `<p style="position:fixed;top:0">a</p>`, "<p>a</p>"},
		{"progress", `<progress value="3" max="10"></progress>`, `<progress value="3" max="10"></progress>`},
		{"details", `<details open=""><summary>s</summary>a</details>`, `<details open=""><summary>s</summary>a</details>`},
		{"own picture", `<img src="data:image/png;base64,` + pixel + `" width="10">`, `<img src="data:image/png;base64,` + pixel + `" width="10"/>`},
		{"data page", `<a href="data:text/html,x">a</a>`, "a"},
		{"link", `<a href="https://example.org/?a=1&amp;b">a</a>`, `<a href="https://example.org/?a=1&amp;b">a</a>`},
		{"picture from elsewhere", `<img src="https://example.org/c.png" width="3">`, `<a href="https://example.org/c.png">https://example.org/c.png</a>`},
		{"picture from elsewhere with words", `<img alt="chip" src="//example.org/c.png">`, `<a href="//example.org/c.png">chip</a>`},
		{"open elements", `<div><b>a`, `<div><b>a</b></div>`},
		{"stray ends", `a</div></section>b`, `ab`},
		{"link in the page", `<a href="#here">a</a>`, `<a href="#here">a</a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sanitise(c.html, newProsePage().finder(&Cell{})); strings.TrimSpace(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSlots(t *testing.T) {
	s := &slots{}
	text := s.clean("x\uE0000\uE001") + s.keep("<one>") + s.keep("<two>")
	if got := s.fill(text); got != "x\uFFFD0\uFFFD<one><two>" {
		t.Errorf("got %q", got)
	}
	if got := s.fill("\uE0007\uE001"); got != "" {
		t.Errorf("a slot that nobody keeps becomes %q", got)
	}
}
