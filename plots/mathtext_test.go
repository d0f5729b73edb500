package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

// spell writes runs as text with their level: 10<^−3> for a superscript.
func spell(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.shift > 0:
			fmt.Fprintf(&b, "<^%s>", r.text)
		case r.shift < 0:
			fmt.Fprintf(&b, "<_%s>", r.text)
		default:
			b.WriteString(r.text)
		}
	}
	return b.String()
}

func TestParseMath(t *testing.T) {
	for in, want := range map[string]string{
		"plain":               "plain",
		"":                    "",
		"G_{max}":             "G<_max>",
		"x_1":                 "x<_1>",
		"x_12 and y":          "x<_12> and y",
		"x^2":                 "x<^2>",
		"10^-3":               "10<^−3>",
		"10^{-3}":             "10<^−3>",
		"10⁻³":                "10<^−3>",
		"H₂O":                 "H<_2>O",
		"x_i^2":               "x<_i><^2>",
		"train_loss":          "train_loss",
		"cycle_2_cycle":       "cycle_2_cycle",
		"run_1e3":             "run_1e3",
		"G_max":               "G_max",
		"_private":            "_private",
		"a _1":                "a _1",
		"x_":                  "x_",
		"x^{open":             "x^{open",
		"x_-":                 "x_-",
		`\mu`:                 "μ",
		`conductance (\mu{}S`: "conductance (μS",
		`\muS`:                "μS",
		`\sigma_{c2c}`:        "σ<_c2c>",
		`x_\alpha`:            "x<_α>",
		`\Omega\times 3`:      "Ω× 3",
		`\nosuch`:             `\nosuch`,
		`C:\`:                 `C:\`,
		`a\_1`:                "a_1",
		"85.3 % of $5":        "85.3 % of $5",
		"a\tb":                "a b",
		"漢字":                  "□□",
	} {
		if got := spell(parseMath(in)); got != want {
			t.Errorf("%q is parsed as %q, want %q", in, got, want)
		}
	}
}

func TestNestedScriptsShrink(t *testing.T) {
	runs := parseMath("a^{b^{c}}")
	if len(runs) != 3 || runs[2].scale >= runs[1].scale || runs[2].shift <= runs[1].shift {
		t.Errorf("runs %+v: each level must be smaller and higher", runs)
	}
}

// Whatever a user types: no panic, no character without a glyph, and none lost.
func TestParseMathProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.RuneFrom([]rune(`ab12_^{}\%⁻₂μ漢 -`))).Draw(t, "in")
		out := ""
		for _, r := range parseMath(in) {
			out += r.text
			if r.scale <= 0 || r.scale > 1 {
				t.Fatalf("scale %g", r.scale)
			}
		}
		for _, r := range out {
			if !hasGlyph(r) {
				t.Fatalf("%q gives %q, which the font lacks", in, r)
			}
		}
		for _, r := range "ab12" {
			if strings.Count(out, string(r)) < strings.Count(in, string(r)) {
				t.Fatalf("%q lost a %q: %q", in, r, out)
			}
		}
	})
}

// What Draw fills is what Rectangle promises; layout relies on it.
func TestDrawFillsRectangle(t *testing.T) {
	for _, rotation := range []float64{0, math.Pi / 2} {
		for _, align := range []struct{ x, y float64 }{{0, 0}, {-0.5, -0.5}, {-1, -1}, {-0.5, -1}} {
			for _, txt := range []string{"abc", "G_{max} and 10^{-3}", "two\nlines_{x}"} {
				sty := textStyle(10, ink)
				sty.XAlign, sty.YAlign = textX(align.x), textY(align.y)
				sty.Rotation = rotation
				s := newSurvey()
				at := vg.Point{X: 100, Y: 100}
				labels.Draw(s, txt, sty, at)
				want, got := sty.Rectangle(txt).Add(at), s.bounds()
				// A line's box counts its ascent even where letters are low.
				const slack = 0.01
				if got.Min.X < want.Min.X-slack || got.Max.X > want.Max.X+slack || got.Min.Y < want.Min.Y-slack || got.Max.Y > want.Max.Y+slack {
					t.Errorf("%q aligned %v turned %.2f fills %v, Rectangle says %v", txt, align, rotation, got, want)
				}
			}
		}
	}
}
