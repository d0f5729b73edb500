package symbols

import (
	"reflect"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// Composed returns, for interfaces of a package by name, wrappers that have
// further methods which compiled code looks for by type assertion, the richest
// first: a plotter that says its range, its glyphs or its thumbnail.
func (s *Set) Composed(path string) map[string][]reflect.Type {
	if path != "gonum.org/v1/plot" {
		return nil
	}
	return map[string][]reflect.Type{"Plotter": {
		reflect.TypeFor[plotterRangeGlyphsThumbnail](),
		reflect.TypeFor[plotterRangeGlyphs](),
		reflect.TypeFor[plotterRangeThumbnail](),
		reflect.TypeFor[plotterGlyphsThumbnail](),
		reflect.TypeFor[plotterRange](),
		reflect.TypeFor[plotterGlyphs](),
		reflect.TypeFor[plotterThumbnail](),
	}}
}

// The fields of these structs have the form that yaegi looks for: the value,
// then a function for each method under the method's name after a W.

type plotterRange struct {
	IValue     any
	WPlot      func(draw.Canvas, *plot.Plot)
	WDataRange func() (xmin, xmax, ymin, ymax float64)
}

func (w plotterRange) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterRange) DataRange() (xmin, xmax, ymin, ymax float64) { return w.WDataRange() }

type plotterGlyphs struct {
	IValue      any
	WPlot       func(draw.Canvas, *plot.Plot)
	WGlyphBoxes func(*plot.Plot) []plot.GlyphBox
}

func (w plotterGlyphs) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterGlyphs) GlyphBoxes(p *plot.Plot) []plot.GlyphBox { return w.WGlyphBoxes(p) }

type plotterThumbnail struct {
	IValue     any
	WPlot      func(draw.Canvas, *plot.Plot)
	WThumbnail func(*draw.Canvas)
}

func (w plotterThumbnail) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterThumbnail) Thumbnail(c *draw.Canvas) { w.WThumbnail(c) }

type plotterRangeGlyphs struct {
	IValue      any
	WPlot       func(draw.Canvas, *plot.Plot)
	WDataRange  func() (xmin, xmax, ymin, ymax float64)
	WGlyphBoxes func(*plot.Plot) []plot.GlyphBox
}

func (w plotterRangeGlyphs) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterRangeGlyphs) DataRange() (xmin, xmax, ymin, ymax float64) { return w.WDataRange() }

func (w plotterRangeGlyphs) GlyphBoxes(p *plot.Plot) []plot.GlyphBox { return w.WGlyphBoxes(p) }

type plotterRangeThumbnail struct {
	IValue     any
	WPlot      func(draw.Canvas, *plot.Plot)
	WDataRange func() (xmin, xmax, ymin, ymax float64)
	WThumbnail func(*draw.Canvas)
}

func (w plotterRangeThumbnail) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterRangeThumbnail) DataRange() (xmin, xmax, ymin, ymax float64) { return w.WDataRange() }

func (w plotterRangeThumbnail) Thumbnail(c *draw.Canvas) { w.WThumbnail(c) }

type plotterGlyphsThumbnail struct {
	IValue      any
	WPlot       func(draw.Canvas, *plot.Plot)
	WGlyphBoxes func(*plot.Plot) []plot.GlyphBox
	WThumbnail  func(*draw.Canvas)
}

func (w plotterGlyphsThumbnail) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterGlyphsThumbnail) GlyphBoxes(p *plot.Plot) []plot.GlyphBox { return w.WGlyphBoxes(p) }

func (w plotterGlyphsThumbnail) Thumbnail(c *draw.Canvas) { w.WThumbnail(c) }

type plotterRangeGlyphsThumbnail struct {
	IValue      any
	WPlot       func(draw.Canvas, *plot.Plot)
	WDataRange  func() (xmin, xmax, ymin, ymax float64)
	WGlyphBoxes func(*plot.Plot) []plot.GlyphBox
	WThumbnail  func(*draw.Canvas)
}

func (w plotterRangeGlyphsThumbnail) Plot(c draw.Canvas, p *plot.Plot) { w.WPlot(c, p) }

func (w plotterRangeGlyphsThumbnail) DataRange() (xmin, xmax, ymin, ymax float64) {
	return w.WDataRange()
}

func (w plotterRangeGlyphsThumbnail) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	return w.WGlyphBoxes(p)
}

func (w plotterRangeGlyphsThumbnail) Thumbnail(c *draw.Canvas) { w.WThumbnail(c) }
