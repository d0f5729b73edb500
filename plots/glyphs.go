package plots

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"unicode"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// sans is the font of every label. Arial and Helvetica have the same widths.
var sans = font.Font{Typeface: "Liberation", Variant: "Sans"}

var labels = mathText{fonts: font.NewCache(liberation.Collection())}

// noGlyph stands for a character that the font lacks. The font's own reaction is
// to draw nothing, which turns 10⁻³ into 10³.
const noGlyph = '□'

func hasGlyph(r rune) bool {
	var buf sfnt.Buffer
	index, err := labels.fonts.Lookup(sans, 1).Face.GlyphIndex(&buf, r)
	return err == nil && index != 0
}

// lacking lists the characters of the texts that the font cannot draw.
func lacking(texts []string) []rune {
	var out []rune
	for _, t := range texts {
		for _, r := range t {
			if _, _, script := unicodeScript(r); !script && !unicode.IsSpace(r) && !hasGlyph(r) {
				out = append(out, r)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// glyphNote tells about characters drawn as □; "" when there are none.
func glyphNote(texts []string) string {
	missing := lacking(texts)
	if len(missing) == 0 {
		return ""
	}
	names := make([]string, len(missing))
	for i, r := range missing {
		names[i] = fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%c stands for characters that the font lacks: %s.", noGlyph, strings.Join(names, ", "))
}

// outlined draws text as filled outlines. PDF needs it: gonum's canvas writes
// the bytes of a UTF-8 string in code page 1252, so that μ comes out as Î¼.
type outlined struct {
	vg.Canvas
	buf sfnt.Buffer
}

// SetColor undoes what gonum's canvas does wrong: it takes the parts of a colour
// as they are multiplied with its opacity, and then makes it transparent again,
// so that light bands come out dark.
func (o *outlined) SetColor(c color.Color) {
	if c == nil {
		c = color.Black
	}
	o.Canvas.SetColor(straight(color.NRGBAModel.Convert(c).(color.NRGBA)))
}

// straight is a colour whose parts are not multiplied with its opacity.
type straight color.NRGBA

// RGBA has the parts as they are.
func (s straight) RGBA() (r, g, b, a uint32) {
	wide := func(v uint8) uint32 { return 0x101 * uint32(v) }
	return wide(s.R), wide(s.G), wide(s.B), wide(s.A)
}

// FillString fills the outlines of the glyphs.
func (o *outlined) FillString(face font.Face, pt vg.Point, s string) {
	em := fixed.Int26_6(face.Face.UnitsPerEm())
	scale := face.Font.Size / vg.Length(em)
	var previous sfnt.GlyphIndex
	for _, r := range s {
		index, err := face.Face.GlyphIndex(&o.buf, r)
		if err != nil {
			continue
		}
		// Kerning as Face.Width counts it; most pairs have none.
		if kern, err := face.Face.Kern(&o.buf, previous, index, em, stdfont.HintingNone); err == nil && previous != 0 {
			pt.X += scale * vg.Length(kern)
		}
		if segments, err := face.Face.LoadGlyph(&o.buf, index, em, nil); err == nil && len(segments) > 0 {
			o.Fill(outline(segments, pt, scale))
		}
		if advance, err := face.Face.GlyphAdvance(&o.buf, index, em, stdfont.HintingNone); err == nil {
			pt.X += scale * vg.Length(advance)
		}
		previous = index
	}
}

// outline is a glyph's contours at a point; a font's y axis points down.
func outline(segments sfnt.Segments, at vg.Point, scale vg.Length) vg.Path {
	var path vg.Path
	point := func(p fixed.Point26_6) vg.Point {
		return vg.Point{X: at.X + scale*vg.Length(p.X), Y: at.Y - scale*vg.Length(p.Y)}
	}
	for i, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				path.Close()
			}
			path.Move(point(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			path.Line(point(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			path.QuadTo(point(s.Args[0]), point(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			path.CubeTo(point(s.Args[0]), point(s.Args[1]), point(s.Args[2]))
		}
	}
	path.Close()
	return path
}
