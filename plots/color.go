package plots

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// viridis are ten colours of the map of that name by S. van der Walt and N.
// Smith, 2015, https://bids.github.io/colormap/ (CC0), evenly spaced from the
// lowest value to the highest: equal steps of a value look equal, also to
// colour-blind people and in grey.
var viridis = []color.NRGBA{
	{0x44, 0x01, 0x54, 0xff},
	{0x48, 0x28, 0x78, 0xff},
	{0x3e, 0x4a, 0x89, 0xff},
	{0x31, 0x68, 0x8e, 0xff},
	{0x26, 0x82, 0x8e, 0xff},
	{0x1f, 0x9e, 0x89, 0xff},
	{0x35, 0xb7, 0x79, 0xff},
	{0x6e, 0xce, 0x58, 0xff},
	{0xb5, 0xde, 0x2b, 0xff},
	{0xfd, 0xe7, 0x25, 0xff},
}

// diverging goes from the palette's blue over white to its vermilion, for values
// of both signs.
var diverging = []color.NRGBA{
	{0x00, 0x3f, 0x66, 0xff},
	{0x00, 0x72, 0xb2, 0xff},
	{0x8f, 0xbf, 0xdc, 0xff},
	{0xf7, 0xf7, 0xf7, 0xff},
	{0xee, 0xb7, 0x8f, 0xff},
	{0xd5, 0x5e, 0x00, 0xff},
	{0x7a, 0x35, 0x00, 0xff},
}

// noValue is the colour of a cell without a value: a grey that no map holds.
var noValue = color.NRGBA{0xd9, 0xd9, 0xd9, 0xff}

// colorAt is the colour of a map at 0 to 1, between neighbours by share.
func colorAt(table []color.NRGBA, at float64) color.NRGBA {
	at = math.Max(0, math.Min(1, at)) * float64(len(table)-1)
	i := min(int(at), len(table)-2)
	share := at - float64(i)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + share*(float64(b)-float64(a)) + 0.5) }
	a, b := table[i], table[i+1]
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

// inkOn is black or white, whichever is better read on the colour (relative
// luminance of WCAG 2, in its simple form).
func inkOn(c color.NRGBA) color.NRGBA {
	if 0.2126*float64(c.R)+0.7152*float64(c.G)+0.0722*float64(c.B) > 140 {
		return ink
	}
	return color.NRGBA{0xff, 0xff, 0xff, 0xff}
}

// colorBar says what the colours mean, at the right of the plot. A nil one is
// none.
type colorBar struct {
	colors []color.NRGBA
	span   span
	label  string
	levels []float64 // of contours, drawn across the bar
	axis   scale
	text   string // label as drawn
}

const (
	barGap   = vg.Length(8)
	barWidth = vg.Length(11)
	barTick  = vg.Length(3)
	barSteps = 128 // pieces of the bar's gradient
)

// color is that of a value.
func (b *colorBar) color(v float64) color.NRGBA {
	if !finite(v) || b.span.log && v < smallest {
		return noValue
	}
	return colorAt(b.colors, scale{low: b.span.low, high: b.span.high, log: b.span.log}.normal(v))
}

// ticked chooses the bar's ticks.
func (b *colorBar) ticked(most int) {
	if b != nil {
		b.axis = b.span.ticked(most)
	}
}

// wrap breaks the bar's label into lines of that length.
func (b *colorBar) wrap(length vg.Length) {
	if b != nil {
		b.text = wrapped(withPower(b.label, b.axis.power), length)
	}
}

// width is what the bar takes beside the plot.
func (b *colorBar) width() vg.Length {
	if b == nil {
		return 0
	}
	return barGap + barWidth + barTick + 2 + widest(b.axis, textStyle(tickSize, ink)) + labelHeight(b.text)
}

// draw puts the bar at the right of the plot's data, as high as it. c is what
// plot and bar have together.
func (b *colorBar) draw(c draw.Canvas, data vg.Rectangle) {
	if b == nil {
		return
	}
	left := c.Max.X - b.width() + barGap
	box := vg.Rectangle{Min: vg.Point{X: left, Y: data.Min.Y}, Max: vg.Point{X: left + barWidth, Y: data.Max.Y}}
	step := box.Size().Y / barSteps
	for i := range barSteps {
		piece := box
		piece.Min.Y += vg.Length(i) * step // to the top: the next covers the rest, and no seam shows
		c.SetColor(colorAt(b.colors, (float64(i)+0.5)/barSteps))
		c.Fill(piece.Path())
	}
	frame := draw.LineStyle{Color: axisInk, Width: 0.75}
	at := func(v float64) vg.Length { return box.Min.Y + box.Size().Y*vg.Length(b.axis.normal(v)) }
	for _, level := range b.levels {
		c.StrokeLine2(contourStyle, box.Min.X, at(level), box.Max.X, at(level))
	}
	c.SetLineStyle(frame)
	c.Stroke(box.Path())
	sty := textStyle(tickSize, ink)
	sty.YAlign = draw.YCenter
	for _, t := range b.axis.ticks {
		y := at(t.Value)
		c.StrokeLine2(frame, box.Max.X, y, box.Max.X+barTick, y)
		c.FillText(sty, vg.Point{X: box.Max.X + barTick + 2, Y: y + sty.FontExtents().Descent}, t.Label)
	}
	if b.text != "" {
		sty := textStyle(labelSize, ink)
		sty.Rotation, sty.XAlign = math.Pi/2, draw.XCenter
		c.FillText(sty, vg.Point{X: c.Max.X - sty.Height(b.text) - sty.FontExtents().Descent, Y: (box.Min.Y + box.Max.Y) / 2}, b.text)
	}
}

// contourStyle is the line of equal values, light and dark enough on all of
// viridis but its ends.
var contourStyle = draw.LineStyle{Color: color.NRGBA{0xff, 0xff, 0xff, 0xff}, Width: 1}
