package plots

import (
	"image/color"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/recorder"
)

func TestLacking(t *testing.T) {
	for text, want := range map[string]string{
		"plain μσΩ −×±≤≥≈∞°% é\n": "",
		"10⁻³ x₁": "", // drawn as scripts
		"漢a漢字":    "字漢",
		"🙂":       "🙂",
	} {
		if got := string(lacking([]string{text})); got != want {
			t.Errorf("%q lacks %q, want %q", text, got, want)
		}
	}
	if got, want := glyphNote([]string{"🙂", "漢"}), "□ stands for characters that the font lacks: U+6F22, U+1F642."; got != want {
		t.Errorf("note %q, want %q", got, want)
	}
}

// Every name that labels understand must have a glyph.
func TestSymbolsHaveGlyphs(t *testing.T) {
	for name, r := range symbols {
		if !hasGlyph(r) {
			t.Errorf(`\%s is %c, which the font lacks`, name, r)
		}
	}
	for _, r := range []rune{noGlyph, '−', '…', '×'} {
		if !hasGlyph(r) {
			t.Errorf("the font lacks %c, which figures use themselves", r)
		}
	}
}

// Outlines stand where text would stand.
func TestOutlinedText(t *testing.T) {
	face := labels.fonts.Lookup(sans, 20)
	c := &recorder.Canvas{}
	(&outlined{Canvas: c}).FillString(face, vg.Point{X: 100, Y: 50}, "iμAVi")
	left, right, n := math.Inf(1), math.Inf(-1), 0
	for _, a := range c.Actions {
		fill, ok := a.(*recorder.Fill)
		if !ok {
			continue
		}
		n++
		for _, p := range fill.Path {
			if p.Type != vg.CloseComp {
				left, right = math.Min(left, float64(p.Pos.X)), math.Max(right, float64(p.Pos.X))
			}
		}
	}
	if n != 5 {
		t.Errorf("%d glyphs are drawn, want 5", n)
	}
	// An i has about 1.3 points of space at each side at this size.
	if end := 100 + float64(face.Width("iμAVi")); math.Abs(left-101.3) > 0.3 || math.Abs(right-(end-1.3)) > 0.3 {
		t.Errorf("outlines from %g to %g, the text from 100 to %g", left, right, end)
	}
}

// coloured keeps the last colour as the PDF's canvas takes it.
type coloured struct {
	vg.Canvas
	r, g, b, a uint32
}

func (c *coloured) SetColor(clr color.Color) { c.r, c.g, c.b, c.a = clr.RGBA() }

// A band in a PDF has the colour of its line, at its opacity.
func TestTransparentColors(t *testing.T) {
	c := &coloured{}
	(&outlined{Canvas: c}).SetColor(bandColor(0))
	want := palette[0]
	if uint8(c.r>>8) != want.R || uint8(c.g>>8) != want.G || uint8(c.b>>8) != want.B || uint8(c.a>>8) != bandOver {
		t.Errorf("%x %x %x %x, want %v at %x", c.r>>8, c.g>>8, c.b>>8, c.a>>8, want, bandOver)
	}
	(&outlined{Canvas: c}).SetColor(color.RGBA{0x10, 0x20, 0x40, 0x80}) // already multiplied
	if c.r>>8 != 0x1f || c.b>>8 != 0x7f || c.a>>8 != 0x80 {
		t.Errorf("%x %x %x %x", c.r>>8, c.g>>8, c.b>>8, c.a>>8)
	}
}
