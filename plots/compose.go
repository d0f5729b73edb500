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
	*picture
	width, height vg.Length
	plotHeight    vg.Length // of the plot with its axes, when the content decides
	zoom          float64   // of the page to what was measured; 0 means 1
	title         []string  // lines
	legend        legend
	footer        []string  // notes as they are broken into lines
	labels        [2]string // of the axes, without powers of ten
	axes          [2]scale
	axisText      [2]string // labels as drawn: with powers of ten, broken into lines
	panels        []panel   // small multiples instead of a plot
}

// frame is the room for a figure: zero means by the content.
type frame struct {
	width, height vg.Length
	plotHeight    vg.Length
	zoom          float64
}

// room is what the user asked for.
func (f *Figure) room() frame {
	if f.print > 0 {
		width := vg.Length(f.print) * vg.Millimeter / printZoom
		return frame{width: width, plotHeight: width * printAspect, zoom: printZoom}
	}
	r := frame{width: pixels(defaultWidth), height: pixels(f.height), plotHeight: pixels(defaultPlot)}
	if f.width > 0 {
		r.width = pixels(f.width)
	}
	return r
}

// compose measures the figure.
func (f *Figure) compose() (*drawing, error) { return f.composeIn(f.room()) }

// composeIn measures the figure for that room. Heights add up from the margins
// inward, and what is left belongs to the plot.
func (f *Figure) composeIn(room frame) (*drawing, error) {
	content, err := f.content()
	if err != nil {
		return nil, err
	}
	d := &drawing{picture: content, width: room.width, plotHeight: room.plotHeight, zoom: room.zoom}
	if d.labels, err = f.data.axes(f.labels); err != nil {
		return nil, err
	}
	d.addGlyphNote(f.title)
	inner := d.width - 2*margin
	if d.aspect > 0 { // neither too flat for its names nor higher than a screen
		d.plotHeight = max(pixels(smallestPlot), min(inner*vg.Length(d.aspect)+scaleBarRoom, 1.6*d.plotHeight))
	}
	d.title = wrap(f.title, titleStyle(), inner)
	if !f.bare {
		d.legend = newLegend(d.entries, inner)
		d.footer = wrap(strings.Join(d.notes, " "), textStyle(noteSize, noteInk), inner)
	}
	if multiples, ok := f.data.(*gridData); ok {
		return d, multiples.arrange(d, room)
	}
	if err := d.fit(room.height); err != nil {
		return nil, err
	}
	return d, d.scaleAxes(f)
}

func pixels(n int) vg.Length { return vg.Length(n) * pointsPerPixel }

// addGlyphNote looks at all text that the user gave.
func (d *drawing) addGlyphNote(title string) {
	texts := append([]string{title}, d.labels[:]...)
	for _, e := range d.entries {
		texts = append(texts, e.name)
	}
	texts = append(append(texts, d.names[0]...), d.names[1]...)
	if d.bar != nil {
		texts = append(texts, d.bar.label)
	}
	if note := glyphNote(texts); note != "" {
		d.notes = append(d.notes, note)
	}
}

// fit finds the figure's height, or checks that the one asked for leaves the
// plot enough room. Whole pixels keep a raster's edges sharp.
func (d *drawing) fit(height vg.Length) error {
	around := d.top() + d.bottom()
	if height == 0 {
		d.height = wholePixels(around + d.plotHeight)
		return nil
	}
	d.height = height
	if height-around < pixels(smallestPlot) {
		least := wholePixels(around+pixels(smallestPlot)) / pointsPerPixel
		return fmt.Errorf("plots: Size: %.0f pixels are too low for this title, legend and notes; at this width the figure needs %.0f",
			height/pointsPerPixel, least)
	}
	return nil
}

// wholePixels rounds up.
func wholePixels(l vg.Length) vg.Length {
	return pixels(int(math.Ceil(float64(l / pointsPerPixel))))
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
		s, err := d.spanOf(dim, f)
		if err != nil {
			return err
		}
		spans[dim] = s
	}
	sty := textStyle(tickSize, ink)
	line := textStyle(labelSize, ink).Height("x")
	plotHeight := d.height - d.top() - d.bottom() - 3*line
	d.bar.ticked(within(int(plotHeight/26), 2, 10))
	d.bar.wrap(plotHeight)
	d.axes[1] = d.ticked(1, spans[1], plotHeight)
	d.wrapLabel(1, plotHeight)

	plotWidth := d.width - 2*margin - widest(d.axes[1], sty) - labelHeight(d.axisText[1]) - line - d.bar.width()
	d.axes[0] = d.ticked(0, spans[0], plotWidth)
	d.wrapLabel(0, plotWidth)
	// A long label below leaves less for the one at the side than was thought.
	plotHeight += 2*line - labelHeight(d.axisText[0])
	if d.names[0] != nil { // so do names of several lines, and those that are turned
		d.shorten(plotHeight * 0.4)
		plotHeight += line - highest(d.axes[0], sty)
		d.axes[1] = d.ticked(1, spans[1], plotHeight)
	}
	d.wrapLabel(1, plotHeight)
	d.bar.wrap(plotHeight)
	return nil
}

// ticked is an axis of that length with as many ticks as keep their labels
// apart.
func (d *drawing) ticked(dim int, s span, length vg.Length) scale {
	if d.names[dim] != nil {
		return categories(d.names[dim], s, dim, length)
	}
	if dim == 1 {
		return s.ticked(within(int(length/26), 2, 10))
	}
	for most := within(int(length/36), 4, 12); ; most-- {
		axis := s.ticked(most)
		if most == 2 || apart(axis, textStyle(tickSize, ink), length) {
			return axis
		}
	}
}

// wrapLabel breaks an axis's label, with its power of ten, into lines.
func (d *drawing) wrapLabel(dim int, length vg.Length) {
	label := d.labels[dim]
	if !d.noAxes {
		label = withPower(label, d.axes[dim].power)
	}
	d.axisText[dim] = wrapped(label, length)
}

// wrapped breaks an axis's label into lines of that length.
func wrapped(label string, length vg.Length) string {
	return strings.Join(wrap(label, textStyle(labelSize, ink), length), "\n")
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

// highest is the height of an axis's highest tick label.
func highest(s scale, sty text.Style) vg.Length {
	var h vg.Length
	for _, t := range s.ticks {
		h = max(h, sty.Rectangle(t.Label).Size().Y)
	}
	return h
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
func (d *drawing) spanOf(dim int, f *Figure) (span, error) {
	s := span{low: math.Inf(1), high: math.Inf(-1), log: f.log[dim], whole: dim == 0 || d.whole}
	for _, v := range d.reach[dim] {
		s.include(v)
	}
	if asked := f.ranges[dim]; asked != nil {
		if f.log[dim] && asked.low <= 0 {
			return s, fmt.Errorf("plots: %s: from %g to %g: a logarithmic axis starts above 0", []string{"XRange", "YRange"}[dim], asked.low, asked.high)
		}
		s.low, s.high = asked.low, asked.high
		s.whole = s.whole && s.high-s.low >= 2 // else there may be no whole number in it
		return s, nil
	}
	if d.tight[dim] && s.high > s.low {
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
