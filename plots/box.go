package plots

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Box draws how the values of column y are spread at every value of column x,
// text or numbers, such as accuracies of trainings with other seeds: a box from
// the lower to the upper quartile with a line at the median, whiskers to the
// outermost values within 1.5 times the box's height, and what lies beyond as
// circles (J. Tukey, Exploratory Data Analysis, 1977). Up to 20 values are drawn
// as dots too; of fewer than five, dots and the median are all. [Figure.By] sets
// boxes of a third column side by side.
func Box(table Table, x, y string) *Figure { return newBox("Box", table, x, y) }

// Violin draws how the values of column y are spread as [Box] does, but as their
// estimated density to both sides: a sum of normal curves as wide as B.
// Silverman's rule says (Density Estimation, 1986, equation 3.31), cut off at the
// outermost values. All violins are equally wide. A bar shows the quartiles, a
// white dot the median.
func Violin(table Table, x, y string) *Figure { return newBox("Violin", table, x, y) }

func newBox(kind string, table Table, x, y string) *Figure {
	f := &Figure{}
	d := &boxData{tabled: newTabled(f, kind, table, x, y), kind: kind, x: x, y: y}
	d.values = d.floats(f, kind, y)
	if d.tabled != nil {
		var err error
		if d.at, d.names, err = keyed(table, x); err != nil {
			f.fail(kind, err)
		} else if len(d.names) > mostCategories {
			f.fail(kind, fmt.Errorf("column %q has %d values; a figure holds boxes at no more than %d", x, len(d.names), mostCategories))
		}
	}
	f.data = d
	return f
}

// boxData is what Box and Violin draw.
type boxData struct {
	*tabled
	kind, x, y string
	values     []float64
	at         []int
	names      []string
}

func (d *boxData) axes(given [2]string) ([2]string, error) {
	return labelled(given, d.label(d.x), d.label(d.y)), nil
}

// Limits of what a number of values can show.
const (
	fewestForBox = 5
	mostDots     = 20
)

// spreadOf is the spread of the values at one place.
type spreadOf struct {
	at, group int
	middle    float64 // on the axis of categories
	half      float64 // of its width there
	values    []float64
	quartiles [3]float64
	whiskers  [2]float64
}

func (d *boxData) picture(log [2]bool) (*picture, error) {
	if log[0] {
		return nil, fmt.Errorf("plots: LogX: the x axis of a %s figure has names and cannot be logarithmic", d.kind)
	}
	p := &picture{names: [2][]string{d.names}, tight: [2]bool{true}}
	places, gone := d.places(log[1])
	if len(places) == 0 {
		return nil, fmt.Errorf("plots: %s: no finite value of %q in %d rows", d.kind, d.y, d.rows)
	}
	p.include(0, -0.5, float64(len(d.names))-0.5)
	few := 0
	for _, s := range places {
		p.include(1, s.values[0], s.values[len(s.values)-1])
		p.told = append(p.told, d.tell(s))
		if len(s.values) < fewestForBox {
			few++
		}
		if d.kind == "Violin" {
			p.layers = append(p.layers, violinLayer{s})
		} else {
			p.layers = append(p.layers, boxLayer{s})
		}
	}
	p.entries = entriesOf(d.groups, boxSample)
	p.notes = append(leftOut(gone, d.rows, log[1]), d.note(places))
	if few > 0 {
		p.notes = append(p.notes, fmt.Sprintf("Fewer than %d values at %d of %d places: only dots and the median.", fewestForBox, few, len(places)))
	}
	p.rows = func() [][]string { return d.rowsOf(places) }
	return p, nil
}

func (d *boxData) note(places []spreadOf) string {
	least, most := len(places[0].values), 0
	for _, s := range places {
		least, most = min(least, len(s.values)), max(most, len(s.values))
	}
	n := fmt.Sprintf("%d values", most)
	if least < most {
		n = fmt.Sprintf("%d to %d values", least, most)
	}
	if d.kind == "Violin" {
		return "Violins: density of " + n + ". Bars: quartiles. Dots: median."
	}
	return "Boxes: quartiles and median of " + n + ". Whiskers: outermost within 1.5 box heights."
}

// places are the spreads, by category and group.
func (d *boxData) places(log bool) (out []spreadOf, gone int) {
	values := map[[2]int][]float64{}
	for i, v := range d.values {
		if !finite(v) || log && v < smallest {
			gone++
			continue
		}
		key := [2]int{d.at[i], d.in[i]}
		values[key] = append(values[key], v)
	}
	width := boxSpan / float64(len(d.groups))
	for at := range d.names {
		for g := range d.groups {
			if v := values[[2]int{at, g}]; len(v) > 0 {
				s := summary(v)
				s.at, s.group = at, g
				s.middle = float64(at) - boxSpan/2 + width*(float64(g)+0.5)
				s.half = min(0.42*width, 0.22)
				out = append(out, s)
			}
		}
	}
	return out, gone
}

// summary are quartiles and whiskers.
func summary(values []float64) spreadOf {
	s := spreadOf{values: slices.Clone(values)}
	slices.Sort(s.values)
	for i := range s.quartiles {
		s.quartiles[i] = quantile(s.values, 0.25*float64(i+1))
	}
	reach := 1.5 * (s.quartiles[2] - s.quartiles[0])
	s.whiskers = [2]float64{s.quartiles[0], s.quartiles[2]}
	for _, v := range s.values {
		if v >= s.quartiles[0]-reach && v <= s.quartiles[2]+reach {
			s.whiskers[0], s.whiskers[1] = math.Min(s.whiskers[0], v), math.Max(s.whiskers[1], v)
		}
	}
	return s
}

// quantile interpolates between sorted values (definition 7 of R. Hyndman and Y.
// Fan, Sample quantiles in statistical packages, American Statistician 50, 1996).
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-1)
	if i == len(sorted)-1 {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

func (d *boxData) name(s spreadOf) string {
	if d.groups[s.group] == "" {
		return d.names[s.at]
	}
	return d.names[s.at] + ", " + d.groups[s.group]
}

func (d *boxData) tell(s spreadOf) string {
	return fmt.Sprintf("%s: median %.4g, quartiles %.4g and %.4g, from %.4g to %.4g (%d values)", d.name(s),
		s.quartiles[1], s.quartiles[0], s.quartiles[2], s.values[0], s.values[len(s.values)-1], len(s.values))
}

func (d *boxData) rowsOf(places []spreadOf) [][]string {
	rows := [][]string{{xColumn, "group", yColumn}}
	for _, s := range places {
		for _, v := range s.values {
			rows = append(rows, []string{d.names[s.at], d.groups[s.group], cell(v)})
		}
	}
	return trimmed(rows)
}

// boxLayer draws one box.
type boxLayer struct{ spreadOf }

// Plot draws the box.
func (l boxLayer) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	left, middle, right := x(l.middle-l.half), x(l.middle), x(l.middle+l.half)
	sty := draw.LineStyle{Color: palette[l.group%len(palette)], Width: 1.1}
	if len(l.values) >= fewestForBox {
		up, down := y(l.quartiles[2]), y(l.quartiles[0])
		box := clipped(c, vg.Rectangle{Min: vg.Point{X: left, Y: down}, Max: vg.Point{X: right, Y: up}})
		c.SetColor(tint(palette[l.group%len(palette)], 0.7))
		c.Fill(box.Path())
		c.SetLineStyle(sty)
		c.Stroke(box.Path())
		for i, end := range l.whiskers {
			from, to := y(end), y(l.quartiles[2*i])
			c.StrokeLines(sty, c.ClipLinesXY([]vg.Point{{X: middle, Y: from}, {X: middle, Y: to}})...)
			half := (right - left) / 4
			c.StrokeLines(sty, c.ClipLinesXY([]vg.Point{{X: middle - half, Y: from}, {X: middle + half, Y: from}})...)
		}
	}
	dots := draw.GlyphStyle{Color: sty.Color, Radius: 1.7, Shape: mark{}}
	for _, v := range l.values {
		beyond := v < l.whiskers[0] || v > l.whiskers[1]
		dots.Shape = mark{hollow: beyond}
		if beyond || len(l.values) <= mostDots {
			c.DrawGlyph(dots, vg.Point{X: middle, Y: y(v)})
		}
	}
	median := y(l.quartiles[1])
	sty.Width = 2
	c.StrokeLines(sty, c.ClipLinesXY([]vg.Point{{X: left, Y: median}, {X: right, Y: median}})...)
}

// clipped is the part of a rectangle on the canvas.
func clipped(c draw.Canvas, r vg.Rectangle) vg.Rectangle {
	within := func(v, low, high vg.Length) vg.Length { return max(low, min(high, v)) }
	return vg.Rectangle{
		Min: vg.Point{X: within(r.Min.X, c.Min.X, c.Max.X), Y: within(r.Min.Y, c.Min.Y, c.Max.Y)},
		Max: vg.Point{X: within(r.Max.X, c.Min.X, c.Max.X), Y: within(r.Max.Y, c.Min.Y, c.Max.Y)},
	}
}

// violinLayer draws one density.
type violinLayer struct{ spreadOf }

// Plot draws the violin, or dots where there are too few values for one.
func (l violinLayer) Plot(c draw.Canvas, p *plot.Plot) {
	low, high := l.values[0], l.values[len(l.values)-1]
	if len(l.values) < fewestForBox || high <= low {
		boxLayer(l).Plot(c, p)
		return
	}
	x, y := p.Transforms(&c)
	const steps = 60
	heights, densities, most := make([]float64, steps+1), make([]float64, steps+1), 0.0
	for i := range heights {
		heights[i] = low + (high-low)*float64(i)/steps
		densities[i] = density(l.values, heights[i])
		most = math.Max(most, densities[i])
	}
	var outline []vg.Point
	for i, h := range heights {
		outline = append(outline, vg.Point{X: x(l.middle + l.half*densities[i]/most), Y: y(h)})
	}
	for i := steps; i >= 0; i-- {
		outline = append(outline, vg.Point{X: x(l.middle - l.half*densities[i]/most), Y: y(heights[i])})
	}
	ink := palette[l.group%len(palette)]
	outline = c.ClipPolygonXY(outline)
	if len(outline) < 3 {
		return
	}
	c.FillPolygon(tint(ink, 0.6), outline)
	c.StrokeLines(draw.LineStyle{Color: ink, Width: 1}, append(outline, outline[0]))
	bar := vg.Length(2)
	box := vg.Rectangle{Min: vg.Point{X: x(l.middle) - bar, Y: y(l.quartiles[0])}, Max: vg.Point{X: x(l.middle) + bar, Y: y(l.quartiles[2])}}
	c.SetColor(ink)
	c.Fill(clipped(c, box).Path())
	c.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 2.4, Shape: mark{hollow: true}}, vg.Point{X: x(l.middle), Y: y(l.quartiles[1])})
}

// density is the kernel estimate at a value, but for a factor that all values
// have in common.
func density(sorted []float64, at float64) float64 {
	width := stat.StdDev(sorted, nil)
	if iqr := (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34; iqr > 0 {
		width = math.Min(width, iqr)
	}
	width *= 0.9 * math.Pow(float64(len(sorted)), -0.2)
	sum := 0.0
	for _, v := range sorted {
		sum += math.Exp(-(at - v) * (at - v) / (2 * width * width))
	}
	return sum
}
