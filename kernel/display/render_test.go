package display

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// figure gives whatever bundle a test wants.
type figure struct{ data, metadata map[string]any }

func (f figure) MIMEBundle() (data, metadata map[string]any) { return f.data, f.metadata }

// named is a figure with a text of its own.
type named struct{ figure }

func (named) String() string { return "a named figure" }

type badFigure struct{ x int }

func (f *badFigure) MIMEBundle() (data, metadata map[string]any) { panic("no ink") }

type badStringer struct{}

func (badStringer) String() string { panic("no words") }

func testPNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 6, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRenderDisplayer(t *testing.T) {
	raw := testPNG(t)
	size := map[string]any{"image/png": map[string]any{"width": 6, "height": 4}}
	for _, test := range []struct {
		name string
		v    any
		want Bundle
	}{
		{
			"bytes become base64, text stays text",
			figure{data: map[string]any{"image/png": raw, "image/svg+xml": []byte("<svg/>"), "text/plain": "p"}},
			Bundle{Data: map[string]any{"image/png": base64.StdEncoding.EncodeToString(raw), "image/svg+xml": "<svg/>", "text/plain": "p"}, Metadata: size},
		},
		{
			"its own size wins",
			figure{map[string]any{"image/png": raw, "text/plain": "p"}, map[string]any{"image/png": "own"}},
			Bundle{Data: map[string]any{"image/png": base64.StdEncoding.EncodeToString(raw), "text/plain": "p"}, Metadata: map[string]any{"image/png": "own"}},
		},
		{
			"text from the HTML",
			figure{data: map[string]any{"text/html": "<table><tr><td>1</td><td>2</td></tr><tr><td>a&amp;b</td></tr></table>"}},
			Bundle{Data: map[string]any{"text/html": "<table><tr><td>1</td><td>2</td></tr><tr><td>a&amp;b</td></tr></table>", "text/plain": "1  2\na&b"}, Metadata: map[string]any{}},
		},
		{
			"text from its String method",
			named{figure{data: map[string]any{"image/svg+xml": "<svg/>"}}},
			Bundle{Data: map[string]any{"image/svg+xml": "<svg/>", "text/plain": "a named figure"}, Metadata: map[string]any{}},
		},
		{
			"text from its type",
			figure{data: map[string]any{"application/vnd.vega.v5+json": map[string]any{"a": 1}}},
			Bundle{Data: map[string]any{"application/vnd.vega.v5+json": json.RawMessage(`{"a":1}`), "text/plain": "<display.figure>"}, Metadata: map[string]any{}},
		},
		{"nothing to show", figure{}, Bundle{Data: map[string]any{}, Metadata: map[string]any{}}},
		{"a bundle", Bundle{Data: map[string]any{"text/plain": "x"}}, Bundle{Data: map[string]any{"text/plain": "x"}, Metadata: map[string]any{}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Render(test.v)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRenderCanAlwaysBeSent: a bundle goes through encoding/json whatever a
// Displayer put in.
func TestRenderCanAlwaysBeSent(t *testing.T) {
	bad := figure{
		map[string]any{"application/json": math.NaN(), "text/html": 3.5, "image/png": func() {}, "text/plain": "\xff"},
		map[string]any{"x": func() {}},
	}
	bundle := Render(bad)
	if _, err := json.Marshal(bundle); err != nil {
		t.Fatal(err)
	}
	text := bundle.Data["text/plain"].(string)
	for _, want := range []string{"application/json left out: ", "image/png left out: "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
	if bundle.Data["text/html"] != "3.5" {
		t.Errorf("html %v", bundle.Data["text/html"])
	}
}

func TestRenderImage(t *testing.T) {
	bundle := Render(image.NewRGBA(image.Rect(0, 0, 3, 2)))
	raw, err := base64.StdEncoding.DecodeString(bundle.Data["image/png"].(string))
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(raw))
	if err != nil || decoded.Bounds().Dx() != 3 {
		t.Errorf("decoded %v, %v", decoded, err)
	}
	if diff := cmp.Diff(map[string]any{"image/png": map[string]any{"width": 3, "height": 2}}, bundle.Metadata); diff != "" {
		t.Error(diff)
	}
	if got := Render(image.NewRGBA(image.Rectangle{})).Data; got["image/png"] != nil || got["text/plain"] == "" {
		t.Errorf("an empty image: %v", got)
	}
}

func TestRenderNeverPanics(t *testing.T) {
	for _, test := range []struct {
		v    any
		want string
	}{
		{&badFigure{1}, "(*display.badFigure: showing it panicked: no ink)"},
		{(*badFigure)(nil), "<nil>"},
		{badStringer{}, "(display.badStringer: showing it panicked: no words)"},
		{[]badStringer{{}}, "[(display.badStringer: showing it panicked: no words)]"},
		{(*image.RGBA)(nil), "<nil>"},
		{figure{data: map[string]any{"text/html": badStringer{}}}, "(display.badStringer: showing it panicked: no words)"},
	} {
		if got := Render(test.v).Data["text/plain"]; got != test.want {
			t.Errorf("%T: %q, want %q", test.v, got, test.want)
		}
	}
}

func TestRenderErrorAndStringer(t *testing.T) {
	if got := Render(errors.New("bad")).Data["text/plain"]; got != "bad" {
		t.Errorf("error: %q", got)
	}
	if got := Render(named{}).Data; len(got) != 0 {
		t.Errorf("a Displayer with nothing to show: %v", got)
	}
}
