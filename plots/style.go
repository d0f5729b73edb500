package plots

import (
	"image/color"
	"math"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Lengths of the house style. A CSS pixel is 0.75 points, so 10 points are the
// size of a notebook's text.
const (
	pointsPerPixel = 0.75

	defaultWidth = 640 // CSS pixels
	defaultPlot  = 330 // height of the plot with its axes, CSS pixels
	smallestPlot = 110 // below it no curve can be read

	margin    = vg.Length(9) // at all four sides
	gap       = vg.Length(5) // between title, legend, plot and notes
	labelGap  = vg.Length(3) // between an axis and its label
	markSize  = vg.Length(2.6)
	lineWidth = vg.Length(1.6)

	titleSize  = vg.Length(12)
	labelSize  = vg.Length(10)
	tickSize   = vg.Length(9.5)
	legendSize = vg.Length(9.5)
	noteSize   = vg.Length(8.5)
)

var (
	ink      = color.NRGBA{0x22, 0x22, 0x22, 0xff}
	noteInk  = color.NRGBA{0x55, 0x55, 0x55, 0xff}
	axisInk  = color.NRGBA{0x44, 0x44, 0x44, 0xff}
	gridInk  = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}
	bandOver = uint8(0x30) // opacity of bands
)

// palette is Okabe and Ito's without yellow, which is too light for a line on
// white. Its length, that of dashes and that of marks have no common divisor, so
// that 7 x 5 x 6 lines differ.
var palette = []color.NRGBA{
	{0x00, 0x72, 0xb2, 0xff}, // blue
	{0xd5, 0x5e, 0x00, 0xff}, // vermilion
	{0x00, 0x9e, 0x73, 0xff}, // bluish green
	{0xcc, 0x79, 0xa7, 0xff}, // reddish purple
	{0xe6, 0x9f, 0x00, 0xff}, // orange
	{0x56, 0xb4, 0xe9, 0xff}, // sky blue
	{0x00, 0x00, 0x00, 0xff}, // black
}

var dashes = [][]vg.Length{
	nil,
	{6, 2.5},
	{1.6, 1.8},
	{8, 2, 1.6, 2},
	{3.5, 1.5},
}

var marks = []draw.GlyphDrawer{
	mark{},
	mark{corners: 4, turn: math.Pi / 4},
	mark{corners: 3, turn: math.Pi / 2},
	mark{corners: 4},
	mark{hollow: true},
	mark{corners: 4, turn: math.Pi / 4, hollow: true},
}

func lineStyle(i int) draw.LineStyle {
	return draw.LineStyle{Color: palette[i%len(palette)], Width: lineWidth, Dashes: dashes[i%len(dashes)]}
}

func markStyle(i int) draw.GlyphStyle {
	return draw.GlyphStyle{Color: palette[i%len(palette)], Radius: markSize, Shape: marks[i%len(marks)]}
}

func bandColor(i int) color.NRGBA {
	c := palette[i%len(palette)]
	c.A = bandOver
	return c
}

func textStyle(size vg.Length, ink color.Color) text.Style {
	return text.Style{Color: ink, Font: font.From(sans, size), Handler: labels, XAlign: draw.XLeft, YAlign: draw.YTop}
}

func titleStyle() text.Style {
	sty := textStyle(titleSize, ink)
	sty.Font.Weight = stdfont.WeightBold
	return sty
}

// newPlot is gonum's plot in the house style, without title, legend and axis
// labels. The figure draws these itself: gonum's legend covers curves, and its
// labels are measured at the wrong place on logarithmic axes.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.TextHandler = labels
	p.Title.TextStyle.Handler = labels
	p.Legend.TextStyle = textStyle(legendSize, ink)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.LineStyle = draw.LineStyle{Color: axisInk, Width: 0.75}
		axis.Padding = 0
		axis.Label.TextStyle = textStyle(labelSize, ink)
		style := textStyle(tickSize, ink)
		style.XAlign, style.YAlign = axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = style
		axis.Tick.LineStyle = axis.LineStyle
		axis.Tick.Length = 4
	}
	return p
}
