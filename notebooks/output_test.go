package notebooks

import (
	"encoding/json"
	"strings"
	"testing"

	"crossbook/kernel/display"
)

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func TestBundleHTML(t *testing.T) {
	for _, c := range []struct {
		name string
		data map[string]any
		want string
	}{
		{"nothing", nil, ""},
		{"plain", map[string]any{"text/plain": "a<b"}, `<pre class="plain">a&lt;b</pre>`},
		{"html before plain", map[string]any{"text/plain": "p", "text/html": "<b>h</b>"}, `<div class="html"><b>h</b></div>`},
		{"html of a script only", map[string]any{"text/plain": "p", "text/html": "<script>x</script>"}, `<pre class="plain">p</pre>`},
		{"a picture before html", map[string]any{"image/png": pixel + "\n", "text/html": "h", "text/plain": "a \"fig\""}, `<img src="data:image/png;base64,` + pixel + `" alt="a &#34;fig&#34;">`},
		{"svg before png", map[string]any{"image/png": pixel, "image/svg+xml": "<svg><script>x</script></svg>"}, `<img src="data:image/svg+xml;base64,PHN2Zz48c2NyaXB0Png8L3NjcmlwdD48L3N2Zz4=" alt="">`},
		{"a picture that is none", map[string]any{"image/png": `x" onerror="y`, "text/plain": "p"}, `<pre class="plain">p</pre>`},
		{"markdown", map[string]any{"text/markdown": "*m*", "text/plain": "p"}, "<div class=\"html\"><p><em>m</em></p>\n</div>"},
		{"unknown types", map[string]any{"application/x-<y>": "z"}, `<p class="note">An output of type application/x-&lt;y&gt; is not shown here.</p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := newProsePage().bundleHTML(display.Bundle{Data: c.data}); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestLatexOutput(t *testing.T) {
	for _, text := range []string{"$x$", "$$x$$", "x", " $x$\n"} {
		got := newProsePage().bundleHTML(display.Bundle{Data: map[string]any{"text/latex": text}})
		if !strings.Contains(got, "<mi>x</mi>") || strings.Contains(got, "$") {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func TestJSONOutput(t *testing.T) {
	got := newProsePage().bundleHTML(display.Bundle{Data: map[string]any{"application/json": map[string]any{"a<": 1}}})
	if !strings.HasPrefix(got, `<pre class="plain">`) || strings.Contains(got, "a<") {
		t.Errorf("got %s", got)
	}
}

// A picture has the size that its metadata asks for, from a file or a cell.
func TestImageSize(t *testing.T) {
	for _, width := range []any{json.Number("640"), 640, 640.0} {
		b := display.Bundle{
			Data:     map[string]any{"image/png": pixel},
			Metadata: map[string]any{"image/png": map[string]any{"width": width, "height": "high"}},
		}
		if got := newProsePage().bundleHTML(b); !strings.Contains(got, ` width="640"`) || strings.Contains(got, "height") {
			t.Errorf("width %v: %s", width, got)
		}
	}
}

func TestOtherOutputs(t *testing.T) {
	p := newProsePage()
	for _, c := range []struct {
		output Output
		want   string
	}{
		{Output{Type: StreamOutput, Stream: "stdout", Text: "<a>"}, `<pre class="stream stdout">&lt;a&gt;</pre>`},
		{Output{Type: StreamOutput, Stream: `"><x`, Text: "a"}, `<pre class="stream stdout">a</pre>`},
		{Output{Type: StreamOutput, Stream: "stderr", Text: "a"}, `<pre class="stream stderr">a</pre>`},
		{Output{Type: ErrorOutput, Error: "E", Message: "m"}, `<pre class="error">E: m</pre>`},
		{Output{Type: ErrorOutput, Traceback: []string{"a", "\x1b[31mb"}}, "<pre class=\"error\">a\n<span style=\"color:var(--ansi-1)\">b</span></pre>"},
	} {
		if got := p.outputHTML(&c.output); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
