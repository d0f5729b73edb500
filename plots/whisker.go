package plots

import (
	"errors"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var whiteInk = color.NRGBA{0xff, 0xff, 0xff, 0xff}

// ErrorBars shows the spread of repeats as error bars, for figures made by
// [Lines] and [Bars]: the 95 % confidence interval of the mean by Student's t, or
// from minimum to maximum where there are only two. A note says which.
func (f *Figure) ErrorBars() *Figure {
	switch data := f.data.(type) {
	case *tableData:
		data.style.drawn, data.style.whiskers = true, true
	case *barData:
		data.errors = true
	default:
		return f.fail("ErrorBars", errors.New("only a figure made by Lines or Bars has repeats"))
	}
	return f
}

// whisker draws an error bar with ends, from the lower point to as high as the
// other, cut off at the canvas.
func whisker(c draw.Canvas, bottom vg.Point, high vg.Length, ink color.Color) {
	const half = vg.Length(3)
	x, low := bottom.X, bottom.Y
	sty := draw.LineStyle{Color: ink, Width: 1}
	if x < c.Min.X || x > c.Max.X || high < c.Min.Y || low > c.Max.Y {
		return
	}
	c.StrokeLine2(sty, x, max(low, c.Min.Y), x, min(high, c.Max.Y))
	for _, y := range []vg.Length{low, high} {
		if y >= c.Min.Y && y <= c.Max.Y {
			c.StrokeLine2(sty, x-half, y, x+half, y)
		}
	}
}

// whiskers draws the bands of a line's points as error bars.
type whiskers struct {
	series
	index int
}

// Plot draws the error bars.
func (w whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, pt := range w.points {
		if pt.banded() {
			whisker(c, vg.Point{X: x(pt.x), Y: y(max(pt.low, p.Y.Min))}, y(pt.high), palette[w.index%len(palette)])
		}
	}
}
