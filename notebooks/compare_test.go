package notebooks

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"crossbook/kernel/display"
)

func printed(text string) Output {
	return Output{Type: StreamOutput, Stream: "stdout", Text: text}
}

func displayed(data map[string]any) Output {
	return Output{Type: DisplayOutput, Bundle: display.Bundle{Data: data}}
}

func plain(text string) Output { return displayed(map[string]any{"text/plain": text}) }

// drawn is a picture of 100 x 100 with a number of black pixels.
func drawn(t *testing.T, black int) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 100, 100))
	for i := range img.Pix {
		if i >= black {
			img.Pix[i] = 255
		}
	}
	img.SetGray(99, 99, color.Gray{Y: 250}) // a shade that nobody sees
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func vega(value float64) map[string]any {
	return map[string]any{"data": []any{map[string]any{"x": 1, "y": value}}}
}

const vegaType = "application/vnd.vegalite.v5+json"

// want is a part of the only difference; "" wants none.
type comparison struct {
	name       string
	tag        string
	old, again []Output
	want       string
}

func TestCompare(t *testing.T) {
	two := []Output{printed("a\n"), plain("b")}
	for _, c := range []comparison{
		{"same", "", two, two, ""},
		{"nothing", "", nil, []Output{}, ""},
		{"close number", "", []Output{plain("loss 0.12345678 J")}, []Output{plain("loss   0.12345679 J")}, ""},
		{"far number", "", []Output{plain("x\nloss 0.5 J")}, []Output{plain("x\nloss 0.25 J")}, "output 1, text/plain:\n    line 2: 0.5 became"},
		{"far number, why", "", []Output{plain("84.5 %")}, []Output{plain("80.0 %")}, "84.5 became 80.0, a difference of 0.053 (allowed 1e-06)\n    - 84.5 %\n    + 80.0 %"},
		{"sign", "", []Output{plain("−1.5")}, []Output{plain("1.5")}, "became"},
		{"hash", "", []Output{plain("spec a1f2")}, []Output{plain("spec a2f2")}, "the text differs"},
		{"word", "", []Output{plain("BP wins")}, []Output{plain("DFA wins")}, "the text differs"},
		{"not a number", "", []Output{plain("y = NaN")}, []Output{plain("y = 1")}, "the text differs"},
		{"more lines", "", []Output{plain("a\nb")}, []Output{plain("a\nc\nd")}, "2 lines became 3\n    from line 2 on:\n    - b\n    + c\n    + d"},
		{"another type", "", []Output{plain("a")}, []Output{printed("a")}, "display_data became stream stdout"},
		{"one less", "", two, two[:1], "2 (stream, display_data) became 1 (stream)"},
		{"all gone", "", two, nil, "2 (stream, display_data) became no output"},
		{"type gone", "", []Output{plain("a")}, []Output{displayed(nil)}, "text/plain: is gone"},
		{"type new", "", []Output{displayed(nil)}, []Output{plain("a")}, "text/plain: is new"},
		{
			"interleaved", "",
			[]Output{printed("a\n"), {Type: StreamOutput, Stream: "stderr", Text: "e"}, printed("b\n")},
			[]Output{{Type: StreamOutput, Stream: "stderr", Text: "e"}, printed("a\nb\n")},
			"",
		},
		{"error", "", []Output{{Type: ErrorOutput, Error: "Panic", Message: "a"}}, []Output{{Type: ErrorOutput, Error: "Panic", Message: "b"}}, "error:\n    line 1: the text differs"},
		{
			"html style", "",
			[]Output{displayed(map[string]any{"text/html": "<p style='a'>x <b>1.0</b></p>"})},
			[]Output{displayed(map[string]any{"text/html": "<p>x <b>1</b></p>\n"})},
			"",
		},
		{
			"html text", "",
			[]Output{displayed(map[string]any{"text/html": "<tr><td>a</td><td>1</td></tr><tr><td>b</td></tr>"})},
			[]Output{displayed(map[string]any{"text/html": "<tr><td>a</td><td>2</td></tr><tr><td>b</td></tr>"})},
			"- a 1\n    + a 2",
		},
		{"json", "", []Output{displayed(map[string]any{vegaType: vega(1)})}, []Output{displayed(map[string]any{vegaType: vega(1 + 1e-9)})}, ""},
		{"json apart", "", []Output{displayed(map[string]any{vegaType: vega(1)})}, []Output{displayed(map[string]any{vegaType: vega(2)})}, "data[0].y: 1 became 2"},
		{"picture", "", []Output{displayed(map[string]any{"image/png": drawn(t, 0)})}, []Output{displayed(map[string]any{"image/png": drawn(t, 5)})}, ""},
		{
			"picture apart", "",
			[]Output{displayed(map[string]any{"image/png": drawn(t, 0)})},
			[]Output{displayed(map[string]any{"image/png": drawn(t, 50)})},
			"0.5 % of the pixels differ (allowed 0.1 %), all within (0,0)-(50,1)",
		},
		{
			"picture with data", "",
			[]Output{displayed(map[string]any{"image/png": drawn(t, 0), vegaType: vega(1)})},
			[]Output{displayed(map[string]any{"image/png": drawn(t, 50), vegaType: vega(1)})},
			"",
		},
		{"bad picture", "", []Output{displayed(map[string]any{"image/png": "AAAA"})}, []Output{displayed(map[string]any{"image/png": drawn(t, 0)})}, "the stored picture cannot be read"},
		{"skip", "check-skip", two, nil, ""},
		{"numbers", "check-numbers", []Output{plain("BP 1.5 in\n3 s")}, []Output{plain("DFA 1.5\nin 3 s")}, ""},
		{"numbers apart", "check-numbers", []Output{plain("BP 1.5")}, []Output{plain("BP 2.5")}, "1.5 became 2.5"},
		{"numbers less", "check-numbers", []Output{plain("BP 1.5")}, []Output{plain("BP")}, "1 numbers became 0"},
		{"exact", "check-exact", []Output{plain("a  1.0")}, []Output{plain("a 1")}, "the text differs"},
		{"tolerance", "check-tolerance=0.1", []Output{plain("84.5 %")}, []Output{plain("80.0 %")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) { compareOne(t, c) })
	}
}

func compareOne(t *testing.T, c comparison) {
	t.Helper()
	old, again := notebook("x"), notebook("x")
	old.Cells[0].Outputs, again.Cells[0].Outputs = c.old, c.again
	if c.tag != "" {
		old.Cells[0].Metadata["tags"] = []any{c.tag}
	}
	got, err := Compare(old, again, Tolerance{})
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case c.want == "" && len(got) == 0:
	case c.want == "" || len(got) != 1:
		t.Errorf("differences %v, want %q", got, c.want)
	case !strings.Contains(got[0].String(), c.want):
		t.Errorf("difference %q, want %q", got[0], c.want)
	}
}

func TestCompareRefuses(t *testing.T) {
	nb := notebook("x")
	for _, tag := range []string{"check-numbrs", "check-tolerance=much", "check-tolerance=2"} {
		nb.Cells[0].Metadata["tags"] = []any{tag}
		if _, err := Compare(nb, nb, Tolerance{}); err == nil || !strings.Contains(err.Error(), "cell 1 (c1): the tag \""+tag) {
			t.Errorf("%s: %v", tag, err)
		}
	}
	if _, err := Compare(notebook("x"), notebook(), Tolerance{}); err == nil {
		t.Error("notebooks of different length are compared")
	}
	if _, err := Compare(nb, nb, Tolerance{Number: math.NaN(), Pixels: 2}); err == nil ||
		!strings.Contains(err.Error(), "Tolerance.Number: is NaN") || !strings.Contains(err.Error(), "Tolerance.Pixels: is 2, must be 0 to 1") {
		t.Errorf("tolerances out of range: %v", err)
	}
}
