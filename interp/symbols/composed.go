package symbols

import (
	"reflect"

	"crossbook/neurosim/nn"
	"crossbook/neurosim/train"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// Composed returns, for interfaces of a package by name, wrappers that have
// further methods which compiled code looks for by type assertion, the richest
// first: a plotter that says its range, its glyphs or its thumbnail.
func (s *Set) Composed(path string) map[string][]reflect.Type {
	switch path {
	case "crossbook/neurosim/train":
		return map[string][]reflect.Type{"Rule": {reflect.TypeFor[ruleItself]()}}
	case "gonum.org/v1/plot":
	default:
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

// ruleItself is a rule that is a struct of a cell, which Self returns: package train
// stores it.
type ruleItself struct {
	IValue    any
	WName     func() string
	WSchedule func([]nn.Shape) nn.Schedule
	WStart    func(*nn.Network, uint64) train.Backward
	WSelf__   func() any
}

func (w ruleItself) Name() string { return w.WName() }

func (w ruleItself) Schedule(shapes []nn.Shape) nn.Schedule { return w.WSchedule(shapes) }

func (w ruleItself) Start(net *nn.Network, seed uint64) train.Backward { return w.WStart(net, seed) }

func (w ruleItself) Self() any { return w.WSelf__() }

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
