package plots

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// source is what a figure draws, before it is known where.
type source interface {
	// picture is what the axes can show; log says which are logarithmic.
	picture(log [2]bool) (*picture, error)
	// axes are the labels of the axes, where given has none.
	axes(given [2]string) ([2]string, error)
}

// picture is the content of a figure.
type picture struct {
	all     []series       // the lines of a figure of lines
	layers  []plot.Plotter // from the bottom up
	entries []entry        // of the legend
	notes   []string       // shown under the figure
	told    []string       // lines of text that tell the same as the picture
	head    string         // what the figure is in text; "": y against x

	reach    [2][]float64 // values that the axes must show
	tight    [2]bool      // the axis ends at the outermost of these
	names    [2][]string  // of categories at 0, 1, 2 ...; nil: an axis of numbers
	whole    bool         // values of y are whole numbers
	noGrid   bool
	noAxes   bool
	aspect   float64 // height over width that suits the content; 0: any
	downward bool    // the y axis runs down
	bar      *colorBar

	rows func() [][]string // the data as a table, names first
}

// include widens an axis to the values.
func (p *picture) include(dim int, values ...float64) {
	p.reach[dim] = append(p.reach[dim], values...)
}

// sample is the kind of sign that a legend shows.
type sample int

const (
	lineSample sample = iota // a line with its mark
	boxSample                // a filled box
	dotSample                // a mark
	bareSample               // a line without marks
)

// entry is a name in the legend with its sign.
type entry struct {
	name  string
	index int // of the style
	kind  sample
}

// draw draws the sign from the point to the right.
func (e entry) draw(c *draw.Canvas, at vg.Point) {
	center := vg.Point{X: at.X + sampleWidth/2, Y: at.Y}
	if e.kind == lineSample || e.kind == bareSample {
		c.StrokeLine2(lineStyle(e.index), at.X, at.Y, at.X+sampleWidth, at.Y)
	}
	switch e.kind {
	case lineSample, dotSample:
		c.DrawGlyphNoClip(markStyle(e.index), center)
	case boxSample:
		const half = vg.Length(4)
		box := vg.Rectangle{Min: vg.Point{X: at.X + 2, Y: at.Y - half}, Max: vg.Point{X: at.X + sampleWidth - 2, Y: at.Y + half}}
		c.SetColor(fillColor(e.index))
		c.Fill(box.Path())
	}
}

// entriesOf names groups in one kind of sign; none when there is nothing to
// tell apart.
func entriesOf(names []string, kind sample) []entry {
	if len(names) == 1 && names[0] == "" {
		return nil
	}
	entries := make([]entry, len(names))
	for i, name := range names {
		entries[i] = entry{name, i, kind}
	}
	return entries
}

// linePicture draws series as lines. With none left to draw it gives the error.
func linePicture(raw []series, notes []string, log [2]bool, empty error) (*picture, error) {
	p := &picture{notes: notes}
	for i, s := range raw {
		if s.name == "" && len(raw) > 1 {
			s.name = fmt.Sprintf("curve %d", i+1)
		}
		s = s.drawable(log[0], log[1])
		if note := s.note(log[0] || log[1]); note != "" {
			p.notes = append(p.notes, note)
		}
		if len(s.points) > 0 {
			p.all = append(p.all, s)
		}
	}
	if len(p.all) == 0 {
		return nil, empty
	}
	names := make([]string, len(p.all))
	for i, s := range p.all {
		names[i] = s.name
		p.told = append(p.told, s.tell())
		for _, pt := range s.points {
			p.include(0, pt.x)
			p.include(1, pt.y)
			if pt.banded() {
				p.include(1, pt.low, pt.high)
			}
		}
		p.layers = append(p.layers, band{s, i})
	}
	for i, s := range p.all {
		p.layers = append(p.layers, line{series: s, index: i, of: len(p.all)})
	}
	p.entries = entriesOf(names, lineSample)
	p.rows = func() [][]string { return lineRows(p.all) }
	return p, nil
}

// tell is a line of text on a series: its number of points, its range and its
// last value.
func (s series) tell() string {
	start := ""
	if s.name != "" {
		start = s.name + ": "
	}
	low, high := s.points[0].y, s.points[0].y
	for _, p := range s.points {
		low, high = min(low, p.y), max(high, p.y)
	}
	last := s.points[len(s.points)-1]
	if len(s.points) == 1 {
		return fmt.Sprintf("%s1 point, %.4g at %.4g", start, last.y, last.x)
	}
	return fmt.Sprintf("%s%d points, from %.4g to %.4g, last %.4g at %.4g", start, len(s.points), low, high, last.y, last.x)
}

// tint is the colour mixed with white: 0 leaves it, 1 makes it white.
func tint(c color.NRGBA, white float64) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8(float64(v) + white*(255-float64(v)) + 0.5) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), c.A}
}

// fillColor is the colour of an area: the palette, then lighter ones.
func fillColor(i int) color.NRGBA {
	round := i / len(palette)
	return tint(palette[i%len(palette)], min(0.8, 0.55*float64(round)))
}
