package display

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMedia(t *testing.T) {
	for _, test := range []struct {
		bundle Bundle
		want   map[string]any
	}{
		{HTML("<p>a <b>b</b></p><script>x<y</script>"), map[string]any{"text/html": "<p>a <b>b</b></p><script>x<y</script>", "text/plain": "a b"}},
		{Markdown("# T"), map[string]any{"text/markdown": "# T", "text/plain": "# T"}},
		{Latex("$x$"), map[string]any{"text/latex": "$x$", "text/plain": "$x$"}},
		{SVG("<svg/>"), map[string]any{"image/svg+xml": "<svg/>", "text/plain": "SVG drawing"}},
		{JSON([]int{1}), map[string]any{"application/json": json.RawMessage("[1]"), "text/plain": "[\n  1\n]"}},
		{JSON(math.NaN()), map[string]any{"text/plain": "json: unsupported value: NaN"}},
	} {
		if diff := cmp.Diff(test.want, Render(test.bundle).Data); diff != "" {
			t.Error(diff)
		}
	}
}

func TestPNG(t *testing.T) {
	bundle := PNG(testPNG(t))
	if diff := cmp.Diff(map[string]any{"image/png": map[string]any{"width": 6, "height": 4}}, bundle.Metadata); diff != "" {
		t.Error(diff)
	}
	if got := PNG([]byte("no image")).Metadata; len(got) != 0 {
		t.Errorf("metadata of what is no PNG: %v", got)
	}
}
