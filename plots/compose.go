package plots

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// drawing is a figure with everything measured and placed.
type drawing struct {
	width, height vg.Length
	title         []string // lines
	legend        legend
	notes         []string // as they are told
	footer        []string // as they are broken into lines
	all           []series
	labels        [2]string // of the axes, without powers of ten
	axes          [2]scale
	axisText      [2]string // labels as drawn: with powers of ten, broken into lines
}

// compose measures the figure. Heights add up from the margins inward, and what
// is left belongs to the plot.
func (f *Figure) compose() (*drawing, error) {
	all, notes, err := f.usable()
	if err != nil {
		return nil, err
	}
	d := &drawing{all: all, notes: notes}
	if d.labels, err = f.data.axes(f.labels); err != nil {
		return nil, err
	}
	d.addGlyphNote(f.title)
	d.width = pixels(f.width)
	if f.width == 0 {
		d.width = pixels(defaultWidth)
	}
	inner := d.width - 2*margin
	d.title = wrap(f.title, titleStyle(), inner)
	d.legend = newLegend(all, inner)
	d.footer = wrap(strings.Join(d.notes, " "), textStyle(noteSize, noteInk), inner)
	if err := d.fit(f.height); err != nil {
		return nil, err
	}
	return d, d.scaleAxes(f)
}

func pixels(n int) vg.Length { return vg.Length(n) * pointsPerPixel }

// addGlyphNote looks at all text that the user gave.
func (d *drawing) addGlyphNote(title string) {
	texts := append([]string{title}, d.labels[:]...)
	for _, s := range d.all {
		texts = append(texts, s.name)
	}
	if note := glyphNote(texts); note != "" {
		d.notes = append(d.notes, note)
	}
}

// fit finds the figure's height, or checks that the one asked for leaves the
// plot enough room. Whole pixels keep a raster's edges sharp.
func (d *drawing) fit(height int) error {
	around := d.top() + d.bottom()
	if height == 0 {
		needed := float64((around + pixels(defaultPlot)) / pointsPerPixel)
		d.height = pixels(int(math.Ceil(needed)))
		return nil
	}
	d.height = pixels(height)
	if left := d.height - around; left < pixels(smallestPlot) {
		least := int(math.Ceil(float64((around + pixels(smallestPlot)) / pointsPerPixel)))
		return fmt.Errorf("plots: Size: %d pixels are too low for this title, legend and notes; at this width the figure needs %d", height, least)
	}
	return nil
}

// top is the height of what lies above the plot, bottom of what lies below it.
func (d *drawing) top() vg.Length {
	return margin + blockHeight(d.title, titleStyle()) + d.legend.height()
}

func (d *drawing) bottom() vg.Length {
	return margin + blockHeight(d.footer, textStyle(noteSize, noteInk))
}

// blockHeight is the height of lines of text with a gap to what follows.
func blockHeight(lines []string, sty text.Style) vg.Length {
	if len(lines) == 0 {
		return 0
	}
	return sty.Height(strings.Join(lines, "\n")) + gap
}

// scaleAxes chooses ranges and ticks, first up the y axis, because the width of
// its labels decides how much is left for x.
func (d *drawing) scaleAxes(f *Figure) error {
	var spans [2]span
	for dim := range spans {
		s, err := spanOf(d.all, dim, f)
		if err != nil {
			return err
		}
		spans[dim] = s
	}
	sty := textStyle(tickSize, ink)
	line := textStyle(labelSize, ink).Height("x")
	plotHeight := d.height - d.top() - d.bottom() - 3*line
	d.axes[1] = spans[1].ticked(within(int(plotHeight/26), 2, 10))
	d.wrapLabel(1, plotHeight)

	plotWidth := d.width - 2*margin - widest(d.axes[1], sty) - labelHeight(d.axisText[1]) - line
	for most := within(int(plotWidth/36), 2, 12); ; most-- {
		d.axes[0] = spans[0].ticked(most)
		if most == 2 || apart(d.axes[0], sty, plotWidth) {
			break
		}
	}
	d.wrapLabel(0, plotWidth)
	// A long label below leaves less for the one at the side than was thought.
	d.wrapLabel(1, plotHeight+2*line-labelHeight(d.axisText[0]))
	return nil
}

// wrapLabel breaks an axis's label, with its power of ten, into lines.
func (d *drawing) wrapLabel(dim int, length vg.Length) {
	label := withPower(d.labels[dim], d.axes[dim].power)
	d.axisText[dim] = strings.Join(wrap(label, textStyle(labelSize, ink), length), "\n")
}

func within(n, low, high int) int { return max(low, min(high, n)) }

// widest is the width of an axis's widest tick label.
func widest(s scale, sty text.Style) vg.Length {
	var w vg.Length
	for _, t := range s.ticks {
		w = max(w, sty.Width(t.Label))
	}
	return w
}

// apart tells whether the labels of an axis of that length keep a space between
// them.
func apart(s scale, sty text.Style, length vg.Length) bool {
	end := vg.Length(math.Inf(-1))
	for _, t := range s.ticks {
		if t.Label == "" {
			continue
		}
		half := sty.Width(t.Label) / 2
		at := length * vg.Length(s.normal(t.Value))
		if at-half < end {
			return false
		}
		end = at + half + sty.Width("00")
	}
	return true
}

// normal is how far along the axis a value lies, 0 to 1.
func (s scale) normal(v float64) float64 {
	if s.log {
		return math.Log(v/s.low) / math.Log(s.high/s.low)
	}
	return (v - s.low) / (s.high - s.low)
}

// spanOf is the range of an axis: what the user asked for, or the data and a
// little air at both ends.
func spanOf(all []series, dim int, f *Figure) (span, error) {
	s := span{low: math.Inf(1), high: math.Inf(-1), log: f.log[dim], whole: dim == 0}
	for _, line := range all {
		for _, p := range line.points {
			s.include([2]float64{p.x, p.y}[dim])
			if dim == 1 && p.banded() {
				s.include(p.low)
				s.include(p.high)
			}
		}
	}
	if asked := f.ranges[dim]; asked != nil {
		if f.log[dim] && asked.low <= 0 {
			return s, fmt.Errorf("plots: %s: from %g to %g: a logarithmic axis starts above 0", []string{"XRange", "YRange"}[dim], asked.low, asked.high)
		}
		s.low, s.high = asked.low, asked.high
		s.whole = s.whole && s.high-s.low >= 2 // else there may be no whole number in it
		return s, nil
	}
	if s.log {
		return s.airLog(), nil
	}
	s = s.air()
	if !finite(s.high - s.low) {
		return s, errors.New("plots: values reach beyond what can be drawn (about 1e300)")
	}
	return s, nil
}

// include widens the range to a value; a band's end that a logarithmic axis
// cannot show is cut off at the axis.
func (s *span) include(v float64) {
	if s.log && v < smallest {
		return
	}
	s.low, s.high = math.Min(s.low, v), math.Max(s.high, v)
	s.whole = s.whole && v == math.Trunc(v) && math.Abs(v) < 1e9
}

// air widens a linear range by a little, but not across zero: an accuracy has no
// negative values, and its axis should not suggest them.
func (s span) air() span {
	wide := s
	size := math.Max(math.Abs(s.low), math.Abs(s.high))
	pad := 0.04 * (s.high - s.low)
	if s.high-s.low <= 1e-12*size || s.high-s.low < 1e-290 { // one value
		pad = 0.1 * size
		if s.whole || size < 1e-290 {
			pad = 1
		}
		return span{low: s.low - pad, high: s.high + pad, whole: s.whole}
	}
	wide.low, wide.high = s.low-pad, s.high+pad
	if s.low >= 0 {
		wide.low = math.Max(0, wide.low)
	}
	if s.high <= 0 {
		wide.high = math.Min(0, wide.high)
	}
	return wide
}

// airLog widens a logarithmic range.
func (s span) airLog() span {
	factor := math.Exp(0.03 * (math.Log(s.high) - math.Log(s.low)))
	if s.high <= s.low*(1+1e-9) {
		factor = 3
	}
	// Neither zero nor infinity has a place on the axis.
	s.low, s.high = math.Max(s.low/factor, smallest/1e6), math.Min(s.high*factor, math.MaxFloat64)
	return s
}

// wrap breaks a text into lines that fit the width, at spaces outside braces. A
// word that is too long alone is shortened.
func wrap(txt string, sty text.Style, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range words(txt) {
		word = elide(word, sty, width)
		switch joined := line + " " + word; {
		case line == "":
			line = word
		case sty.Width(joined) <= width:
			line = joined
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// words splits at white space outside braces.
func words(txt string) []string {
	depth := 0
	return strings.FieldsFunc(txt, func(r rune) bool {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		case ' ', '\n', '\t':
			return depth <= 0
		}
		return false
	})
}

// elide shortens a text that is wider than the width and shows that it did.
func elide(txt string, sty text.Style, width vg.Length) string {
	if sty.Width(txt) <= width {
		return txt
	}
	runes := []rune(txt)
	for n := len(runes) - 1; n > 0; n-- {
		if short := string(runes[:n]) + "…"; sty.Width(short) <= width {
			return short
		}
	}
	return "…"
}
