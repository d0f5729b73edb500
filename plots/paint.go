package plots

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// paint draws everything on a canvas of the drawing's size.
func (d *drawing) paint(canvas vg.Canvas) {
	c := draw.NewCanvas(canvas, d.width, d.height)
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())

	sty := titleStyle()
	top := d.height - margin
	if len(d.title) > 0 {
		c.FillText(sty, vg.Point{X: margin, Y: top + sty.FontExtents().Descent}, strings.Join(d.title, "\n"))
		top -= blockHeight(d.title, sty)
	}
	d.legend.draw(&c, vg.Point{X: margin, Y: top})

	sty = textStyle(noteSize, noteInk)
	if len(d.footer) > 0 {
		block := strings.Join(d.footer, "\n")
		c.FillText(sty, vg.Point{X: margin, Y: margin + sty.Height(block) + sty.FontExtents().Descent}, block)
	}
	if d.panels != nil {
		d.paintPanels(canvas)
		return
	}
	d.paintPlot(draw.Crop(c, margin, -margin, d.bottom(), -d.top()))
}

// paintPlot draws the axes' labels at the edges of c and the plot between.
func (d *drawing) paintPlot(c draw.Canvas) {
	p := d.plot()
	inner := draw.Crop(c, labelHeight(d.axisText[1]), -d.bar.width(), labelHeight(d.axisText[0]), 0)
	p.Draw(inner)
	data := p.DataCanvas(inner) // what the ticks left of it
	d.bar.draw(c, data.Rectangle)

	sty := textStyle(labelSize, ink)
	sty.XAlign = draw.XCenter
	descent := sty.FontExtents().Descent
	if label := d.axisText[0]; label != "" {
		c.FillText(sty, vg.Point{X: data.Center().X, Y: c.Min.Y + sty.Height(label) + descent}, label)
	}
	if label := d.axisText[1]; label != "" {
		sty.Rotation = math.Pi / 2 // what is up in the text is left on the page
		c.FillText(sty, vg.Point{X: c.Min.X - descent, Y: data.Center().Y}, label)
	}
}

// labelHeight is what an axis's label takes beside the axis.
func labelHeight(label string) vg.Length {
	if label == "" {
		return 0
	}
	return textStyle(labelSize, ink).Height(label) + labelGap
}

// plot is the inner part: axes and content.
func (d *drawing) plot() *plot.Plot {
	p := newPlot()
	for dim, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Min, axis.Max = d.axes[dim].low, d.axes[dim].high
		axis.Tick.Marker = plot.ConstantTicks(d.axes[dim].ticks)
		switch {
		case d.axes[dim].log:
			axis.Scale = plot.LogScale{}
		case dim == 1 && d.downward:
			axis.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
		}
	}
	sty := &p.X.Tick.Label
	for dim, axis := range []*plot.Axis{&p.X, &p.Y} {
		if d.names[dim] != nil {
			axis.Tick.LineStyle.Color = color.White // a category is no point of the axis
		}
	}
	if d.axes[0].turned {
		sty.Rotation, sty.XAlign, sty.YAlign = math.Pi/2, draw.XRight, draw.YCenter
	}
	if !d.noGrid {
		p.Add(grid{skip: [2]bool{d.names[0] != nil, d.names[1] != nil}})
	}
	if d.noAxes {
		p.HideAxes()
	}
	p.Add(d.layers...)
	return p
}

// grid draws a light line at every labelled tick but those on the axes
// themselves, which it would paint over.
type grid struct{ skip [2]bool }

// Plot draws the grid.
func (g grid) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	sty := draw.LineStyle{Color: gridInk, Width: 0.75}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if at := x(t.Value); !g.skip[0] && !t.IsMinor() && at > c.Min.X+1 && at <= c.Max.X {
			c.StrokeLine2(sty, at, c.Min.Y, at, c.Max.Y)
		}
	}
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		if at := y(t.Value); !g.skip[1] && !t.IsMinor() && at > c.Min.Y+1 && at <= c.Max.Y {
			c.StrokeLine2(sty, c.Min.X, at, c.Max.X, at)
		}
	}
}

// band fills the area between low and high of neighbouring points.
type band struct {
	series
	index int
}

// Plot draws the band.
func (b band) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var upper, lower []vg.Point
	fill := func() {
		for i := len(lower) - 1; i >= 0; i-- {
			upper = append(upper, lower[i])
		}
		if len(upper) > 2 {
			c.FillPolygon(bandColor(b.index), c.ClipPolygonXY(upper))
		}
		upper, lower = nil, nil
	}
	for _, pt := range b.points {
		if pt.gap || !pt.banded() {
			fill()
		}
		if pt.banded() {
			upper = append(upper, vg.Point{X: x(pt.x), Y: y(pt.high)})
			// A logarithmic axis has no place for an end at or below zero.
			lower = append(lower, vg.Point{X: x(pt.x), Y: y(math.Max(pt.low, p.Y.Min))})
		}
	}
	fill()
}

// line draws a series with marks, on all points when they are few.
type line struct {
	series
	index, of int
	bare      bool // without marks
}

// Up to fewMarks points, each gets its mark; longer lines get about someMarks.
const (
	fewMarks  = 26
	someMarks = 10
)

// Plot draws the line and its marks.
func (l line) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var pieces [][]vg.Point
	for i, pt := range l.points {
		if i == 0 || pt.gap {
			pieces = append(pieces, nil)
		}
		last := len(pieces) - 1
		pieces[last] = append(pieces[last], vg.Point{X: x(pt.x), Y: y(pt.y)})
	}
	c.StrokeLines(lineStyle(l.index), c.ClipLinesXY(pieces...)...)
	if l.bare {
		return
	}
	n := 0
	for _, piece := range pieces {
		for _, at := range piece {
			if l.marked(n) || len(piece) == 1 {
				c.DrawGlyph(markStyle(l.index), at)
			}
			n++
		}
	}
}

// marked spreads the marks of long lines so that those of different lines do
// not fall together.
func (l line) marked(i int) bool {
	if len(l.points) <= fewMarks {
		return true
	}
	stride := len(l.points) / someMarks
	return i%stride == l.index*stride/l.of
}

// paintPanels draws small multiples.
func (d *drawing) paintPanels(canvas vg.Canvas) {
	for _, p := range d.panels {
		canvas.Push()
		canvas.Translate(p.at)
		p.paint(canvas)
		canvas.Pop()
	}
}

// bareLine draws a series without marks.
type bareLine struct {
	series
	index int
}

// Plot draws the line.
func (l bareLine) Plot(c draw.Canvas, p *plot.Plot) {
	line{series: series{points: l.points}, index: l.index, of: 1, bare: true}.Plot(c, p)
}

// dots draws a series as marks only.
type dots struct {
	series
	index int
}

// Plot draws the marks.
func (d dots) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, pt := range d.points {
		c.DrawGlyph(markStyle(d.index), vg.Point{X: x(pt.x), Y: y(pt.y)})
	}
}

// faint draws one of many repeats behind their mean.
type faint struct {
	series
	index int
}

// Plot draws the line.
func (f faint) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	var at []vg.Point
	for _, pt := range f.points {
		at = append(at, vg.Point{X: x(pt.x), Y: y(pt.y)})
	}
	sty := draw.LineStyle{Color: tint(palette[f.index%len(palette)], 0.65), Width: 0.6}
	c.StrokeLines(sty, c.ClipLinesXY(at)...)
}
